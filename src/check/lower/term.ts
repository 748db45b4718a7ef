/**
 * Terms: names are resolved, ground composites become constants, nested calls are moved out.
 */
import type { Span } from '../../source/source.js'
import { numberOf } from '../../value/number.js'
import { RegoObject, RegoSet } from '../../value/value.js'
import type { ArrayTerm, ObjectTerm, ScalarTerm, SetTerm, Term } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { lowerCall } from './call.js'
import { lowerComprehension } from './comprehension.js'
import { type Lowering, constant, hoist } from './lowering.js'
import { lowerInfix, lowerMember } from './operator.js'
import { lowerRef, lowerVar } from './ref.js'
import { lowerTemplate } from './template.js'
import { compareTerms } from './term-order.js'

/** A term in a place where it is part of something: calls are moved out. */
export function lowerTerm(term: Term, at: Lowering): CoreTerm {
  const lowered = lowerOperand(term, at)
  return lowered.kind === 'call' ? hoist(lowered, at) : lowered
}

/** A term that is itself an expression, or a side of one: a call stays. */
export function lowerOperand(term: Term, at: Lowering): CoreTerm {
  switch (term.kind) {
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return lowerScalar(term)
    case 'var':
      return lowerVar(term, at)
    case 'ref':
      return lowerRef(term, at)
    case 'call':
      return lowerCall(term, at)
    case 'infix':
      return lowerInfix(term, at)
    case 'member':
      return lowerMember(term, at)
    case 'array':
      return lowerArray(term, at)
    case 'object':
      return lowerObject(term, at)
    case 'set':
      return lowerSet(term, at)
    case 'template':
      return lowerTemplate(term, at)
    default:
      return lowerComprehension(term, at)
  }
}

function lowerScalar(term: ScalarTerm): CoreTerm {
  if (term.kind === 'null') return constant(null, term.span)
  return constant(term.kind === 'number' ? numberOf(term.text) : term.value, term.span)
}

function lowerArray({ items, span }: ArrayTerm, at: Lowering): CoreTerm {
  return arrayTerm(
    items.map((item) => lowerTerm(item, at)),
    span,
  )
}

export function arrayTerm(items: readonly CoreTerm[], span: Span): CoreTerm {
  const values = constants(items)
  return values === undefined ? { kind: 'array', items, span } : constant(values, span)
}

function lowerSet({ items, span }: SetTerm, at: Lowering): CoreTerm {
  const lowered = items.map((item) => lowerTerm(item, at))
  const values = constants(lowered)
  if (values !== undefined) return constant(RegoSet.of(values), span)
  return { kind: 'set', items: lowered.sort(compareTerms), span }
}

function lowerObject({ entries, span }: ObjectTerm, at: Lowering): CoreTerm {
  const lowered = inOrder(withoutRepeated(entries)).map(({ key, value }) => {
    return { key: lowerTerm(key, at), value: lowerTerm(value, at) }
  })
  return objectTerm(
    lowered.sort((a, b) => compareTerms(a.key, b.key)),
    span,
  )
}

/** Entries whose keys are all scalars are evaluated in the order of these. */
function inOrder(entries: ObjectTerm['entries']): ObjectTerm['entries'] {
  const keyed = entries.flatMap((entry) => (isScalarTerm(entry.key) ? [{ entry, key: lowerScalar(entry.key) }] : []))
  return keyed.length < entries.length ? entries : keyed.sort((a, b) => compareTerms(a.key, b.key)).map(({ entry }) => entry)
}

function isScalarTerm(term: Term): term is ScalarTerm {
  return term.kind === 'null' || term.kind === 'boolean' || term.kind === 'number' || term.kind === 'string'
}

/** Of entries with the same constant or name for a key the last value counts; those before are not even looked at. */
function withoutRepeated(entries: ObjectTerm['entries']): ObjectTerm['entries'] {
  const kept = new Map<unknown, ObjectTerm['entries'][number]>()
  for (const entry of entries) {
    const identity = keyText(entry.key) ?? entry
    kept.set(identity, { key: kept.get(identity)?.key ?? entry.key, value: entry.value })
  }
  return [...kept.values()]
}

/** A text that equal constants share, and variables and references that are the same; undefined for other terms. */
function keyText(term: Term): string | undefined {
  if (term.kind === 'var') return term.name === '_' ? undefined : term.name
  if (term.kind !== 'ref' || term.head.kind !== 'var') return scalarText(term)
  const parts = term.path.map(({ term: part }) => (part.kind === 'var' ? keyText(part) : scalarText(part)))
  return parts.includes(undefined) ? undefined : `${term.head.name}[${parts.join('][')}]`
}

/** A text that equal constants share; undefined for other terms. */
function scalarText(term: Term): string | undefined {
  switch (term.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(term.value)
    case 'string':
      return JSON.stringify(term.value)
    case 'number': {
      const { digits, exponent } = numberOf(term.text).parts
      return `${digits}e${exponent}`
    }
    default:
      return undefined
  }
}

export function objectTerm(entries: readonly { readonly key: CoreTerm; readonly value: CoreTerm }[], span: Span): CoreTerm {
  const keys = constants(entries.map((entry) => entry.key))
  const values = constants(entries.map((entry) => entry.value))
  if (keys === undefined || values === undefined) return { kind: 'object', entries, span }
  return constant(RegoObject.of(keys.map((key, place) => [key, values[place] ?? null] as const)), span)
}

function constants(terms: readonly CoreTerm[]) {
  const values = []
  for (const term of terms) {
    if (term.kind !== 'const') return undefined
    values.push(term.value)
  }
  return values
}
