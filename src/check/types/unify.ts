/**
 * What expressions tell about the types of locals, and whether they can succeed at all.
 */
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'
import type { CoreLocal, CoreTerm } from '../core.js'
import { typeOfValue } from './constant.js'
import type { CompositeTerm, Environment } from './environment.js'
import { isComprehension } from '../order/locals.js'
import { canEqual } from './relate.js'
import { select } from './select.js'
import { type MaybeType, type RegoType, type TypeTable, staticKey } from './type.js'

/** The two sides of an equation. Locals of unknown type get one; false if the sides can never be equal. */
export function unifySides(left: CoreTerm, right: CoreTerm, env: Environment): boolean {
  const leftType = env.typeOf(left)
  const rightType = env.typeOf(right)
  const leftIsOpen = isOpen(leftType)
  const rightIsOpen = isOpen(rightType)
  if (!leftIsOpen && !rightIsOpen) return canEqual(leftType, rightType, env.types)
  if (leftIsOpen && !rightIsOpen) return accepts(left, rightType, env)
  if (rightIsOpen && !leftIsOpen) return accepts(right, leftType, env)
  return unifyOpen(left, right, env)
}

/**
 * A comprehension that is part of a pattern stands for a local: where it is not known entirely, what is known is compared. As
 * a side of an equation it is taken to differ from others.
 */
function unifyParts(left: CoreTerm, right: CoreTerm, env: Environment): boolean {
  const other = isComprehension(left) ? right : isComprehension(right) ? left : undefined
  if (other === undefined || (other.kind !== 'local' && !isComprehension(other))) return unifySides(left, right, env)
  const types = [env.typeOf(left), env.typeOf(right)] as const
  if (!types.every(isOpen)) return unifySides(left, right, env)
  if (other.kind === 'local' && env.typeOfLocal(other) === undefined) env.bind(other, env.types.any)
  return canEqual(...types, env.types)
}

/** Neither side is known entirely: patterns of one form are taken apart, a local takes the other side's type. */
function unifyOpen(left: CoreTerm, right: CoreTerm, env: Environment): boolean {
  const [a, b] = [asPattern(left), asPattern(right)]
  if (a.kind === 'array' && b.kind === 'array') {
    return a.items.length === b.items.length && a.items.every((item, at) => unifyParts(item, b.items[at] as CoreTerm, env))
  }
  if (a.kind === 'object' && b.kind === 'object') {
    return a.entries.length === b.entries.length && unifyEntries(a.entries, b.entries, env)
  }
  if (a.kind === 'local') return unifyLocal(a, b, env)
  return b.kind === 'local' && unifyLocal(b, a, env)
}

type EntryTerms = Extract<CoreTerm, { kind: 'object' }>['entries']

/** Entries with equal keys, as they are written. */
function unifyEntries(entries: EntryTerms, others: EntryTerms, env: Environment): boolean {
  const partners = new Map(others.map(({ key, value }) => [keyOfEntry(key), value]))
  return entries.every(({ key, value }) => {
    const partner = partners.get(keyOfEntry(key))
    return partner !== undefined && unifyParts(value, partner, env)
  })
}

function keyOfEntry(key: CoreTerm): CoreTerm | string | number {
  return key.kind === 'const' ? staticKey(key.value) : key.kind === 'local' ? key.id : key
}

function unifyLocal(local: CoreLocal, other: CoreTerm, env: Environment): boolean {
  switch (other.kind) {
    case 'local':
      for (const one of [local, other]) if (env.typeOfLocal(one) === undefined) env.bind(one, env.types.any)
      return true
    case 'ref':
    case 'call':
      return bindTo(local, env.types.any, env)
    case 'array':
    case 'object': {
      const type = settle(other, env)
      if (env.typeOfLocal(local) === undefined) env.bind(local, type)
      return true
    }
    default:
      return bindTo(local, env.typeOf(other), env)
  }
}

function bindTo(local: CoreLocal, type: MaybeType, env: Environment): boolean {
  if (env.typeOfLocal(local) !== undefined) return false
  env.bind(local, type)
  return true
}

/** The type of an array or object with open parts: what is looked up for it, known or not, may be anything. */
export function settle(term: CoreTerm, env: Environment): MaybeType {
  switch (term.kind) {
    case 'const':
      return env.typeOf(term)
    case 'array':
    case 'object':
    case 'set':
      return env.typeOfComposite(term, (part) => settle(part, env))
    case 'local':
      env.bind(term, env.types.any)
      return env.types.any
    default:
      return env.types.any
  }
}

/** The type of an array or object that tells nothing about its parts: those of which nothing is known may be anything. */
export function typeOfStandIn(term: CoreTerm, env: Environment): MaybeType {
  if (term.kind === 'array' || term.kind === 'object') return env.typeOfComposite(term, (part) => typeOfStandIn(part, env))
  const type = env.typeOf(term)
  return type === undefined || type.isOpen ? env.types.any : type
}

/**
 * Whether a term can have a value of the type. Locals without a type get it from there.
 *
 * Where the type is one of several that are tried in turn (`isChoice`), a local takes what each of them says.
 */
export function accepts(term: CoreTerm, type: MaybeType, env: Environment, isChoice = false): boolean {
  switch (term.kind) {
    case 'const':
      return acceptsValue(term.value, type, env.types)
    case 'local':
      return acceptsLocal(term, type, env, isChoice)
    case 'array':
    case 'object':
    case 'set':
      return acceptsComposite(term, type, env, isChoice)
    case 'ref': {
      const known = env.typeOf(term)
      return known !== undefined && canEqual(known, type, env.types)
    }
    default:
      return canEqual(env.typeOf(term), type, env.types)
  }
}

/** As `accepts`, for a term inside another: references there are looked up in front, and stand for locals. */
export function acceptsPart(term: CoreTerm, type: MaybeType, env: Environment, isChoice = false): boolean {
  if (term.kind !== 'ref') return accepts(term, type, env, isChoice)
  return isChoice || canEqual(env.typeOfPart(term), type, env.types)
}

function acceptsLocal(local: CoreLocal, type: MaybeType, env: Environment, isChoice: boolean): boolean {
  const known = env.typeOfLocal(local)
  if (isChoice) env.bind(local, env.types.union([known, type]))
  else if (known === undefined) env.bind(local, type)
  else return canEqual(known, type, env.types)
  return true
}

function acceptsComposite(term: CompositeTerm, type: MaybeType, env: Environment, isChoice: boolean): boolean {
  if (type === undefined) return false
  if (type.kind === 'any') {
    for (const part of partsOf(term)) acceptsPart(part, type, env, true)
    return true
  }
  if (type.kind === 'union') {
    let fits = false
    for (const one of type.of) fits = accepts(term, one, env, true) || fits
    return fits
  }
  if (type.kind !== term.kind) return false
  if (term.kind === 'set') return acceptsSet(term, type as Extract<RegoType, { kind: 'set' }>, env, isChoice)
  if (term.kind === 'array') return acceptsArray(term, type as Extract<RegoType, { kind: 'array' }>, env, isChoice)
  return acceptsObject(term, type as Extract<RegoType, { kind: 'object' }>, env, isChoice)
}

/** The empty set has no member like any of which something is known. */
function acceptsSet(
  { items }: Extract<CoreTerm, { kind: 'set' }>,
  { of }: Extract<RegoType, { kind: 'set' }>,
  env: Environment,
  isChoice: boolean,
): boolean {
  const takesKnown = isChoice || of !== undefined
  return items.every((item) => acceptsPart(item, of, env, isChoice) && (takesKnown || env.typeOfPart(item) === undefined))
}

function acceptsArray(
  { items }: Extract<CoreTerm, { kind: 'array' }>,
  type: Extract<RegoType, { kind: 'array' }>,
  env: Environment,
  isChoice: boolean,
): boolean {
  if (items.length !== type.static.length && type.dynamic === undefined) return false
  return items.every((item, at) => acceptsPart(item, at < type.static.length ? type.static[at] : type.dynamic, env, isChoice))
}

function acceptsObject(
  { entries }: Extract<CoreTerm, { kind: 'object' }>,
  type: Extract<RegoType, { kind: 'object' }>,
  env: Environment,
  isChoice: boolean,
): boolean {
  if (entries.length !== type.static.size && type.dynamic === undefined) return false
  return entries.every(({ key, value }) => {
    // Which entry a key that is no constant means is unknown, and so is the type of its value.
    if (key.kind !== 'const') return acceptsPart(value, env.types.any, env, isChoice)
    const found = select(type, key.value, env.types)
    return found !== undefined && acceptsPart(value, found.type, env, isChoice)
  })
}

function acceptsValue(value: RegoValue, type: MaybeType, types: TypeTable): boolean {
  if (type === undefined) return false
  if (type.kind === 'any') return true
  if (type.kind === 'union') return type.of.some((one) => acceptsValue(value, one, types))
  if (isArray(value)) {
    if (type.kind !== 'array' || (value.length !== type.static.length && type.dynamic === undefined)) return false
    return value.every((item, at) => acceptsValue(item, at < type.static.length ? type.static[at] : type.dynamic, types))
  }
  if (value instanceof RegoObject) {
    if (type.kind !== 'object' || (value.size !== type.static.size && type.dynamic === undefined)) return false
    return value.entries.every(([key, one]) => {
      const found = select(type, key, types)
      return found !== undefined && acceptsValue(one, found.type, types)
    })
  }
  if (value instanceof RegoSet) return type.kind === 'set' && value.items.every((item) => acceptsValue(item, type.of, types))
  return canEqual(typeOfValue(value, types), type, types)
}

function partsOf(term: CompositeTerm): readonly CoreTerm[] {
  return term.kind === 'object' ? term.entries.flatMap(({ key, value }) => [key, value]) : term.items
}

/** A constant array or object is a pattern too. */
function asPattern(term: CoreTerm): CoreTerm {
  if (term.kind !== 'const') return term
  const { value, span } = term
  if (isArray(value)) return { kind: 'array', items: value.map((item) => ({ kind: 'const', value: item, span })), span }
  if (!(value instanceof RegoObject)) return term
  const entries = value.entries.map(
    ([key, one]) => ({ key: { kind: 'const', value: key, span }, value: { kind: 'const', value: one, span } }) as const,
  )
  return { kind: 'object', entries, span }
}

function isOpen(type: MaybeType): boolean {
  return type === undefined || type.isOpen
}
