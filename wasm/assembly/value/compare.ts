/**
 * The total order of values: null < boolean < number < string < array < object < set, then by content.
 */
import { compareBytes } from '../memory/bytes'
import { burnForBytes, burnForRow } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayItems, arrayLength } from './array'
import { compareNumbers } from './number-order'
import { truthOf } from './scalar'
import { stringBytes, stringLength } from './string'
import { orderedEntries } from './table'
import { OBJECT_SHIFT, SET_SHIFT, tableLength } from './table-layout'
import { TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, typeOf, Value } from './type'

/** -1, 0 or 1 as `a` is below, equal to or above `b`. */
export function compare(a: Value, b: Value): i32 {
  if (a == b) return 0
  const type = typeOf(a)
  const other = typeOf(b)
  if (type != other) return type < other ? -1 : 1
  if (type == TYPE_STRING) return compareStrings(a, b)
  if (type == TYPE_NUMBER) return compareNumbers(a, b)
  if (type == TYPE_BOOLEAN) return i32(truthOf(a)) - i32(truthOf(b))
  if (type == TYPE_NULL) return 0
  enterNested()
  const order = type == TYPE_ARRAY ? compareRows(arrayItems(a), arrayLength(a), arrayItems(b), arrayLength(b), 0)
    : type == TYPE_OBJECT ? compareTables(a, b, OBJECT_SHIFT, 1)
    : compareTables(a, b, SET_SHIFT, 0)
  leaveNested()
  return order
}

/** By the UTF-8 bytes, which is by code point. */
export function compareStrings(a: Value, b: Value): i32 {
  burnForBytes(min(stringLength(a), stringLength(b)))
  return compareBytes(stringBytes(a), stringLength(a), stringBytes(b), stringLength(b))
}

function compareTables(a: Value, b: Value, shift: u32, pairs: u32): i32 {
  const left = orderedEntries(a, shift)
  const right = orderedEntries(b, shift)
  return compareRows(left, tableLength(a), right, tableLength(b), pairs)
}

/** Row by row of values, or of pairs of values (`pairs` is 1). */
function compareRows(a: usize, aLength: u32, b: usize, bLength: u32, pairs: u32): i32 {
  burnForRow(min(aLength, bLength))
  const size = <usize>min(aLength, bLength) << (2 + pairs)
  for (let at: usize = 0; at < size; at += 4) {
    const order = compare(load<u32>(a + at), load<u32>(b + at))
    if (order != 0) return order
  }
  return aLength < bLength ? -1 : i32(aLength > bLength)
}
