/**
 * `object.subset`: of objects recursively, of sets by members, of arrays as an unbroken stretch, of an array and a set by
 * items.
 */
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayAt, arrayLength } from '../value/array'
import { equal } from '../value/equal'
import { entryKey, entryValue, objectEntriesUnordered, objectGet, objectLength } from '../value/object'
import { booleanOf } from '../value/scalar'
import { itemAt, setHas, setItemsUnordered, setLength } from '../value/set'
import { isSorted } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { wrongOperands } from './failure'
import { setOfArray } from './types'

/** Whether `sub` is contained in `whole`. */
export function isSubset(whole: Value, sub: Value): Value {
  const type = typeOf(whole)
  const other = typeOf(sub)
  if (type == TYPE_OBJECT && other == TYPE_OBJECT) return booleanOf(objectContains(whole, sub))
  if (type == TYPE_SET && other == TYPE_SET) return booleanOf(setContains(whole, sub))
  if (type == TYPE_ARRAY && other == TYPE_ARRAY) return booleanOf(arrayContains(whole, sub))
  // Nothing is contained in the empty array, as OPA sees it, not even the empty set.
  if (type == TYPE_ARRAY && other == TYPE_SET) return booleanOf(arrayLength(whole) != 0 && setContains(setOfArray(whole), sub))
  return wrongOperands('object.subset', 'both arguments object.subset must be of the same type or array and set')
}

/** Each entry of `sub` is one of `whole`, or its value is contained in the value there. */
function objectContains(whole: Value, sub: Value): bool {
  const length = objectLength(sub)
  burn(length >> 2)
  const entries = objectEntriesUnordered(sub)
  const inOrder = isSorted(sub)
  enterNested()
  let result = true
  for (let place: u32 = 0; place < length && result; place++) {
    const value = entryValue(entries, place)
    const mine = objectGet(whole, entryKey(entries, place))
    result = mine != UNDEFINED && valueContains(mine, value)
  }
  // Looking keys up may have put `sub` in order meanwhile: see `equal.ts`.
  if (result && inOrder != isSorted(sub)) result = objectContains(whole, sub)
  leaveNested()
  return result
}

function valueContains(whole: Value, sub: Value): bool {
  const type = typeOf(sub)
  if (type == typeOf(whole)) {
    if (type == TYPE_OBJECT) return objectContains(whole, sub)
    if (type == TYPE_SET) return setContains(whole, sub)
    if (type == TYPE_ARRAY) return arrayContains(whole, sub)
  }
  return equal(whole, sub)
}

function setContains(whole: Value, sub: Value): bool {
  const length = setLength(sub)
  burn(length >> 2)
  const items = setItemsUnordered(sub)
  const inOrder = isSorted(sub)
  for (let place: u32 = 0; place < length; place++) if (!setHas(whole, itemAt(items, place))) return false
  return inOrder == isSorted(sub) || setContains(whole, sub)
}

/** Whether the items of `sub` stand in `whole` in a row. */
function arrayContains(whole: Value, sub: Value): bool {
  const length = arrayLength(sub)
  if (length > arrayLength(whole)) return false
  for (let start: u32 = 0; start <= arrayLength(whole) - length; start++) {
    let place: u32 = 0
    while (place < length && equal(arrayAt(whole, start + place), arrayAt(sub, place))) place++
    burn(1 + (place >> 2))
    if (place == length) return true
  }
  return false
}
