/**
 * Building collections, as generated code asks for it.
 */
import { equal } from './equal'
import { entryValue, newObject, objectAppend } from './object'
import { newSet } from './set'
import { ABSENT, OBJECT_SHIFT, findPlace, tableEntries } from './table'
import { Value } from './type'

export function emptyObject(): Value {
  return newObject(0)
}

export function emptySet(): Value {
  return newSet(0)
}

/** Adds an entry; 1 if the key already has another value. */
export function insertOnce(object: Value, key: Value, value: Value): i32 {
  const place = findPlace(object, key, OBJECT_SHIFT)
  if (place != ABSENT) return i32(!equal(entryValue(tableEntries(object), place), value))
  objectAppend(object, key, value)
  return 0
}
