/**
 * `==`, `!=`, `<`, `<=`, `>`, `>=` on values of any types, and `in`.
 */
import { arrayAt, arrayLength } from '../value/array'
import { compare } from '../value/compare'
import { equal } from '../value/equal'
import { get } from '../value/get'
import { entryValue, objectEntriesUnordered, objectLength } from '../value/object'
import { booleanOf } from '../value/scalar'
import { setHas } from '../value/set'
import { isSorted } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { burn } from '../eval/fuel'

export function equals(a: Value, b: Value): Value {
  return booleanOf(equal(a, b))
}

export function differs(a: Value, b: Value): Value {
  return booleanOf(!equal(a, b))
}

export function isBelow(a: Value, b: Value): Value {
  return booleanOf(compare(a, b) < 0)
}

export function isAtMost(a: Value, b: Value): Value {
  return booleanOf(compare(a, b) <= 0)
}

export function isAbove(a: Value, b: Value): Value {
  return booleanOf(compare(a, b) > 0)
}

export function isAtLeast(a: Value, b: Value): Value {
  return booleanOf(compare(a, b) >= 0)
}

/** `item in collection`: an element of an array, a value of an object, a member of a set; false for anything else. */
export function isMember(item: Value, collection: Value): Value {
  const type = typeOf(collection)
  if (type == TYPE_SET) return booleanOf(setHas(collection, item))
  if (type == TYPE_ARRAY) {
    const length = arrayLength(collection)
    burn(length >> 3)
    for (let place: u32 = 0; place < length; place++) if (equal(arrayAt(collection, place), item)) return booleanOf(true)
  } else if (type == TYPE_OBJECT) {
    const length = objectLength(collection)
    const entries = objectEntriesUnordered(collection)
    const inOrder = isSorted(collection)
    burn(length >> 3)
    for (let place: u32 = 0; place < length; place++) if (equal(entryValue(entries, place), item)) return booleanOf(true)
    // Comparing may have put the collection in order meanwhile: see `equal.ts`.
    if (inOrder != isSorted(collection)) return isMember(item, collection)
  }
  return booleanOf(false)
}

/** `key, item in collection`: whether that is an entry. */
export function isEntry(key: Value, item: Value, collection: Value): Value {
  const found = get(collection, key)
  return booleanOf(found != UNDEFINED && equal(found, item))
}
