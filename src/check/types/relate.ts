/**
 * Whether values of two types can be equal.
 *
 * What is not known can equal anything. Of objects that may have entries beyond the known ones, only the entries that both
 * are known to have are compared.
 */
import { typeOfValue } from './constant.js'
import type { RegoValue } from '../../value/value.js'
import type { ArrayType, DynamicEntry, MaybeType, ObjectType, RegoType, TypeTable } from './type.js'

export function canEqual(a: MaybeType, b: MaybeType, types: TypeTable): boolean {
  if (a === undefined || b === undefined || (a === b && !a.isOpen)) return true
  // A function is no value.
  if (a.kind === 'any' || b.kind === 'any') return a.kind !== 'function' && b.kind !== 'function'
  if (a.kind !== 'union' && b.kind !== 'union' && (a.kind !== b.kind || isScalar(a))) return a.kind === b.kind
  // Only deep types can be made of one part again and again.
  return Math.min(a.depth, b.depth) > 4 ? types.rememberPair(a, b, () => compare(a, b, types)) : compare(a, b, types)
}

/** Two unions with more pairs of members than this are taken to have something in common. */
const MAX_PAIRS = 1 << 20

function compare(a: RegoType, b: RegoType, types: TypeTable): boolean {
  if (a.kind === 'union' && b.kind === 'union' && a.of.length * b.of.length > MAX_PAIRS) return true
  if (a.kind === 'union') return a.of.some((one) => canEqual(one, b, types))
  if (b.kind === 'union') return b.of.some((one) => canEqual(a, one, types))
  if (a.kind === 'array' && b.kind === 'array') return arraysCanEqual(a, b, types)
  if (a.kind === 'object' && b.kind === 'object') return objectsCanEqual(a, b, types)
  return a.kind === 'set' && b.kind === 'set' && canEqual(a.of, b.of, types)
}

function arraysCanEqual(a: ArrayType, b: ArrayType, types: TypeTable): boolean {
  const length = Math.max(a.static.length, b.static.length)
  if (a.static.length < length && a.dynamic === undefined) return false
  if (b.static.length < length && b.dynamic === undefined) return false
  for (let at = 0; at < length; at++) {
    const left = at < a.static.length ? a.static[at] : a.dynamic
    const right = at < b.static.length ? b.static[at] : b.dynamic
    if (!partsCanEqual(left, right, types)) return false
  }
  return canEqual(a.dynamic, b.dynamic, types)
}

function objectsCanEqual(a: ObjectType, b: ObjectType, types: TypeTable): boolean {
  const isClosed = a.dynamic === undefined && b.dynamic === undefined
  if (isClosed && a.static.size !== b.static.size) return false
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [text, { key, value }] of one.static) {
      const found = other.static.get(text)
      if (found !== undefined) {
        if (!partsCanEqual(value, found.value, types)) return false
      } else if (isClosed) return false
      else if (other.dynamic !== undefined && !mayBeAmong(other.dynamic, key, value, one.dynamic === undefined, types))
        return false
    }
  }
  return canEqual(a.dynamic?.value, b.dynamic?.value, types)
}

/**
 * Whether an entry may be among others that only types are known of; one that is not does no harm. An entry of an object
 * that has no others (`isClosed`) cannot be among some of whose values nothing is known.
 */
function mayBeAmong(others: DynamicEntry, key: RegoValue, value: MaybeType, isClosed: boolean, types: TypeTable): boolean {
  if (others.value === undefined) return !isClosed
  return !mayHaveKey(others, key, types) || partsCanEqual(value, others.value, types)
}

/** A part that nothing is known of equals nothing. */
function partsCanEqual(a: MaybeType, b: MaybeType, types: TypeTable): boolean {
  return a !== undefined && b !== undefined && canEqual(a, b, types)
}

/** Whether a key is among those that only their type is known of. That has to be the type of the key, part by part. */
export function mayHaveKey(dynamic: DynamicEntry | undefined, key: RegoValue, types: TypeTable): boolean {
  const keys = dynamic?.key
  if (keys === undefined) return false
  const type = typeOfValue(key, types)
  return keys.kind === 'any' || keys === type || (keys.kind === 'union' && keys.of.includes(type))
}

function isScalar({ kind }: RegoType): boolean {
  return kind === 'null' || kind === 'boolean' || kind === 'number' || kind === 'string'
}
