/** Two literals of one kind, part by part. */
import type { CoreTerm } from '../check/core.js'
import { writeValueText } from '../value/text.js'
import { RegoObject, type RegoValue, typeNameOf } from '../value/value.js'

type Pairs = readonly (readonly [CoreTerm, CoreTerm])[]

/**
 * The parts of two literals of which each must equal its counterpart; `unequal` if the literals cannot be equal. Undefined
 * where a side has to be computed first.
 */
export function pairUp(left: CoreTerm, right: CoreTerm): Pairs | 'unequal' | undefined {
  if (left.kind === 'const' && right.kind === 'const') return undefined
  const leftKind = literalKindOf(left)
  const rightKind = literalKindOf(right)
  if (leftKind === undefined || rightKind === undefined) return undefined
  if (leftKind !== rightKind) return 'unequal'
  return leftKind === 'array' ? pairItems(itemsOf(left), itemsOf(right)) : pairEntries(entriesOf(left), entriesOf(right))
}

/** `array` and `object` can be taken apart; other constants equal neither. */
function literalKindOf(term: CoreTerm): string | undefined {
  if (term.kind === 'array' || term.kind === 'object') return term.kind
  return term.kind === 'const' ? typeNameOf(term.value) : undefined
}

function pairItems(left: readonly CoreTerm[], right: readonly CoreTerm[]): Pairs | 'unequal' {
  if (left.length !== right.length) return 'unequal'
  return left.map((item, place) => [item, right[place] as CoreTerm] as const)
}

type Entries = ReadonlyMap<string, CoreTerm> | undefined

function pairEntries(left: Entries, right: Entries): Pairs | 'unequal' | undefined {
  if (left === undefined || right === undefined) return undefined
  if (left.size !== right.size) return 'unequal'
  const pairs: (readonly [CoreTerm, CoreTerm])[] = []
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined) return 'unequal'
    pairs.push([value, other])
  }
  return pairs
}

function itemsOf(term: CoreTerm): readonly CoreTerm[] {
  if (term.kind === 'array') return term.items
  if (term.kind !== 'const' || !Array.isArray(term.value)) return []
  return (term.value as readonly RegoValue[]).map((value) => ({ kind: 'const', value, span: term.span }))
}

/** The entries of an object by the text of their keys, if all keys are constants and no two are equal. */
function entriesOf(term: CoreTerm): Entries {
  const entries = new Map<string, CoreTerm>()
  if (term.kind === 'const' && term.value instanceof RegoObject) {
    for (const [key, value] of term.value.entries) entries.set(keyText(key), { kind: 'const', value, span: term.span })
    return entries
  }
  if (term.kind !== 'object') return undefined
  for (const { key, value } of term.entries) {
    if (key.kind !== 'const') return undefined
    entries.set(keyText(key.value), value)
  }
  return entries.size === term.entries.length ? entries : undefined
}

/** The text of a key; a number on its own has the same text in all its spellings. */
function keyText(key: RegoValue): string {
  const isNumber = typeof key === 'object' && key !== null && 'kind' in key && key.kind === 'number'
  return isNumber ? `${key.parts.digits}e${key.parts.exponent}` : writeValueText(key)
}
