/**
 * Changing a document in place: the ABI's `opa_value_add_path` and `opa_value_remove_path`.
 */
import { resetNesting } from '../eval/nesting'
import { isStatic } from '../memory/heap'
import { arrayAt, arrayLength } from './array'
import { freeValue } from './free'
import { entryKey, entryValue, newObject, objectAppend, objectGet } from './object'
import { stringBytes, stringFrom, stringLength } from './string'
import { findPlace, removeEntry } from './table'
import { ABSENT } from './table-index'
import { OBJECT_SHIFT, entryAt, tableEntries } from './table-layout'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_STRING, UNDEFINED, typeOf, typeOrNone, Value } from './type'

const OK: i32 = 0
const INTERNAL: i32 = 1
const INVALID_TYPE: i32 = 2
const INVALID_PATH: i32 = 3

/** Puts `value` at `path` below `base`, which takes it over; missing parents are made, a replaced value is freed. */
export function addPath(base: Value, path: Value, value: Value): i32 {
  resetNesting()
  if (!isPath(path)) return INVALID_PATH
  const last = arrayLength(path) - 1
  let parent = base
  let step: u32 = 0
  while (true) {
    if (typeOrNone(parent) != TYPE_OBJECT) return INVALID_TYPE
    if (isStatic(parent)) return INTERNAL
    if (step == last) break
    const child = objectGet(parent, arrayAt(path, step))
    if (child == UNDEFINED) break
    parent = child
    step++
  }
  // Missing parents are made from the inside out, so that the document changes in one step.
  let added = value
  for (let inner = last; inner > step; inner--) {
    const child = newObject(1)
    objectAppend(child, ownedKey(arrayAt(path, inner)), added)
    added = child
  }
  setEntry(parent, arrayAt(path, step), added)
  return OK
}

/** Takes the entry at `path` out and frees it. */
export function removePath(base: Value, path: Value): i32 {
  resetNesting()
  if (!isPath(path)) return INVALID_PATH
  const last = arrayLength(path) - 1
  let parent = base
  let step: u32 = 0
  while (true) {
    if (typeOrNone(parent) != TYPE_OBJECT) return INVALID_TYPE
    if (isStatic(parent)) return INTERNAL
    const place = findPlace(parent, arrayAt(path, step), OBJECT_SHIFT)
    if (place == ABSENT) return OK
    const entries = tableEntries(parent)
    const value = entryValue(entries, place)
    if (step == last) {
      const key = entryKey(entries, place)
      removeEntry(parent, place, OBJECT_SHIFT)
      freeValue(key)
      freeValue(value)
      return OK
    }
    parent = value
    step++
  }
}

function isPath(path: Value): bool {
  if (typeOrNone(path) != TYPE_ARRAY || arrayLength(path) == 0) return false
  for (let i: u32 = 0; i < arrayLength(path); i++) if (typeOf(arrayAt(path, i)) != TYPE_STRING) return false
  return true
}

function setEntry(object: Value, key: Value, value: Value): void {
  const place = findPlace(object, key, OBJECT_SHIFT)
  if (place == ABSENT) {
    objectAppend(object, ownedKey(key), value)
    return
  }
  const entry = entryAt(object, place, OBJECT_SHIFT)
  const old = load<u32>(entry, 4)
  if (old == value) return
  store<u32>(entry, value, 4)
  freeValue(old)
}

/** The host frees the path, so the document needs keys of its own. */
function ownedKey(key: Value): Value {
  return stringFrom(stringBytes(key), stringLength(key))
}
