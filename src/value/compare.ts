/**
 * The total order of Rego values: null < boolean < number < string < array < object < set, then by content.
 *
 * Collections are compared without recursion, because input may be nested deeper than the stack is.
 */
import { compareNumbers } from './number.js'
import type { RegoNumber } from './number.js'
import { encodeUtf8, hasRawBytes } from './utf8.js'
import { RegoObject, RegoSet, type RegoTypeName, type RegoValue, isArray, typeNameOf } from './value.js'

const RANK: Readonly<Record<RegoTypeName, number>> = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 }

type Collection = readonly RegoValue[] | RegoObject | RegoSet

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareValues(a: RegoValue, b: RegoValue): number {
  const order = compareOutside(a, b)
  if (order !== undefined) return order
  const open: { readonly a: Collection; readonly b: Collection; next: number }[] = []
  open.push({ a: a as Collection, b: b as Collection, next: 0 })
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const lengths = [memberCount(frame.a), memberCount(frame.b)] as const
    if (frame.next >= Math.min(...lengths)) {
      if (lengths[0] !== lengths[1]) return lengths[0] - lengths[1]
      open.pop()
      continue
    }
    const left = memberAt(frame.a, frame.next)
    const right = memberAt(frame.b, frame.next)
    frame.next++
    const within = compareOutside(left, right)
    if (within === undefined) open.push({ a: left as Collection, b: right as Collection, next: 0 })
    else if (within !== 0) return within
  }
  return 0
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
  const left = a.charCodeAt(at)
  const right = b.charCodeAt(at)
  if ((isLowSurrogate(left) || isLowSurrogate(right)) && (hasRawBytes(a) || hasRawBytes(b))) return compareBytes(a, b)
  return sortKey(left) - sortKey(right)
}

/** The order of two values as far as it shows without looking into collections; undefined if that takes looking inside. */
function compareOutside(a: RegoValue, b: RegoValue): number | undefined {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  const type = typeNameOf(a)
  const byType = RANK[type] - RANK[typeNameOf(b)]
  if (byType !== 0) return byType
  if (type === 'boolean') return Number(a) - Number(b)
  if (type === 'number') return compareNumbers(a as RegoNumber, b as RegoNumber)
  return undefined
}

/** Objects count keys and values alike: they are compared key, value, key, value. */
function memberCount(collection: Collection): number {
  if (isArray(collection)) return collection.length
  return collection instanceof RegoSet ? collection.items.length : collection.entries.length * 2
}

function memberAt(collection: Collection, at: number): RegoValue {
  if (isArray(collection)) return collection[at] as RegoValue
  if (collection instanceof RegoSet) return collection.items[at] as RegoValue
  return (collection.entries[at >> 1] as readonly RegoValue[])[at & 1] as RegoValue
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Moves surrogates above the rest of the basic plane, where their code points belong. */
function sortKey(unit: number): number {
  return unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

function compareBytes(a: string, b: string): number {
  const left = encodeUtf8(a)
  const right = encodeUtf8(b)
  const at = left.findIndex((byte, place) => byte !== right[place])
  return at === -1 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1)
}
