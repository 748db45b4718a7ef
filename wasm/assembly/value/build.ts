/**
 * Building collections, as generated code asks for it.
 */
import { equal } from './equal'
import { newObject } from './object'
import { newSet } from './set'
import { addEntry, isNewEntry } from './table'
import { OBJECT_SHIFT } from './table-layout'
import { Value } from './type'

export function emptyObject(): Value {
  return newObject(0)
}

export function emptySet(): Value {
  return newSet(0)
}

/** Adds an entry; 1 if the key already has another value. */
export function insertOnce(object: Value, key: Value, value: Value): i32 {
  const entry = addEntry(object, key, OBJECT_SHIFT)
  if (!isNewEntry) return i32(!equal(load<u32>(entry, 4), value))
  store<u32>(entry, value, 4)
  return 0
}
