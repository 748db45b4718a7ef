/**
 * Equality by value, without asking for order where that can be avoided.
 */
import { burnForBytes, burnForRow } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayItems, arrayLength } from './array'
import { integerOf, isInteger } from './number'
import { compareNumbers } from './number-order'
import { truthOf } from './scalar'
import { stringLength, stringsMatch } from './string'
import { findPlace } from './table'
import { ABSENT } from './table-index'
import { OBJECT_SHIFT, SET_SHIFT, isSorted, tableEntries, tableLength } from './table-layout'
import { TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, typeOf, Value } from './type'

export function equal(a: Value, b: Value): bool {
  if (a == b) return true
  const type = typeOf(a)
  if (type != typeOf(b)) return false
  if (type == TYPE_STRING) return equalStrings(a, b)
  if (type == TYPE_NUMBER) return equalNumbers(a, b)
  if (type == TYPE_BOOLEAN) return truthOf(a) == truthOf(b)
  if (type == TYPE_NULL) return true
  enterNested()
  const same = type == TYPE_ARRAY ? arrayLength(a) == arrayLength(b) && equalRows(arrayItems(a), arrayItems(b), arrayLength(a))
    : type == TYPE_OBJECT ? equalObjects(a, b)
    : equalSets(a, b)
  leaveNested()
  return same
}

function equalStrings(a: Value, b: Value): bool {
  const length = stringLength(a)
  if (length != stringLength(b)) return false
  burnForBytes(length)
  return stringsMatch(a, b)
}

export function areEqual(a: Value, b: Value): i32 {
  return i32(equal(a, b))
}

@inline function equalNumbers(a: Value, b: Value): bool {
  if (isInteger(a) && isInteger(b)) return integerOf(a) == integerOf(b)
  return compareNumbers(a, b) == 0
}

function equalRows(a: usize, b: usize, count: u32): bool {
  burnForRow(count)
  const end = a + (<usize>count << 2)
  while (a < end) {
    if (!equal(load<u32>(a), load<u32>(b))) return false
    a += 4
    b += 4
  }
  return true
}

/*
 * Looking a key up by halves compares it, and what is compared is put in order. That may be the very table whose entries are
 * being gone through, if it is also a key of the other one; it is then gone through once more, for some may have been missed.
 */

function equalObjects(a: Value, b: Value): bool {
  const length = tableLength(a)
  if (length != tableLength(b)) return false
  const inOrder = isSorted(a)
  if (inOrder && isSorted(b)) return equalRows(tableEntries(a), tableEntries(b), length << 1)
  burnForRow(length << 2)
  let entry = tableEntries(a)
  for (let i: u32 = 0; i < length; i++) {
    const key: Value = load<u32>(entry)
    const value: Value = load<u32>(entry, 4)
    const place = findPlace(b, key, OBJECT_SHIFT)
    if (place == ABSENT) return false
    if (!equal(value, load<u32>(tableEntries(b) + (<usize>place << OBJECT_SHIFT), 4))) return false
    entry += 8
  }
  return inOrder == isSorted(a) || equalObjects(a, b)
}

function equalSets(a: Value, b: Value): bool {
  const length = tableLength(a)
  if (length != tableLength(b)) return false
  const inOrder = isSorted(a)
  if (inOrder && isSorted(b)) return equalRows(tableEntries(a), tableEntries(b), length)
  burnForRow(length << 2)
  let entry = tableEntries(a)
  for (let i: u32 = 0; i < length; i++) {
    if (findPlace(b, load<u32>(entry), SET_SHIFT) == ABSENT) return false
    entry += 4
  }
  return inOrder == isSorted(a) || equalSets(a, b)
}
