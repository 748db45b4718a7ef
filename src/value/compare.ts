/**
 * The total order of Rego values: null < boolean < number < string < array < object < set, then by content.
 */
import { compareNumbers } from './number.js'
import { RegoObject, RegoSet, type RegoTypeName, type RegoValue, isArray, typeNameOf } from './value.js'
import type { RegoNumber } from './number.js'

const RANK: Readonly<Record<RegoTypeName, number>> = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 }

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareValues(a: RegoValue, b: RegoValue): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  const byType = RANK[typeNameOf(a)] - RANK[typeNameOf(b)]
  if (byType !== 0) return byType
  if (typeof a === 'boolean') return Number(a) - Number(b)
  if (isArray(a)) return compareLists(a, b as readonly RegoValue[])
  if (a instanceof RegoSet) return compareLists(a.items, (b as RegoSet).items)
  if (a instanceof RegoObject) return compareObjects(a, b as RegoObject)
  return compareNumbers(a as RegoNumber, b as RegoNumber)
}

export function equalValues(a: RegoValue, b: RegoValue): boolean {
  return compareValues(a, b) === 0
}

/** By code point, which is the order of the UTF-8 bytes; JavaScript's own order differs above the basic plane. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  let at = 0
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  if (at === length) return a.length - b.length
  return sortKey(a.charCodeAt(at)) - sortKey(b.charCodeAt(at))
}

/** Moves surrogates above the rest of the basic plane, where their code points belong. */
function sortKey(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function compareLists(a: readonly RegoValue[], b: readonly RegoValue[]): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const order = compareValues(a[at] as RegoValue, b[at] as RegoValue)
    if (order !== 0) return order
  }
  return a.length - b.length
}

function compareObjects(a: RegoObject, b: RegoObject): number {
  const length = Math.min(a.size, b.size)
  for (let at = 0; at < length; at++) {
    const left = a.entries[at] as readonly [RegoValue, RegoValue]
    const right = b.entries[at] as readonly [RegoValue, RegoValue]
    const order = compareValues(left[0], right[0]) || compareValues(left[1], right[1])
    if (order !== 0) return order
  }
  return a.size - b.size
}
