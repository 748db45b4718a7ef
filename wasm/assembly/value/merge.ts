/**
 * Documents made from others: merged, or with one entry replaced. The originals stay as they are and are shared.
 */
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayAt, arrayLength } from './array'
import {
  entryKey, entryValue, newObject, objectAppend, objectEntries, objectGet, objectInsert, objectLength,
} from './object'
import { copyTable } from './table'
import { OBJECT_SHIFT } from './table-layout'
import { TYPE_OBJECT, UNDEFINED, typeOf, typeOrNone, Value } from './type'

/** The entries of both, recursively; where either is no object, `a` wins. */
export function merge(a: Value, b: Value): Value {
  if (a == b || typeOf(a) != TYPE_OBJECT || typeOf(b) != TYPE_OBJECT) return a
  if (objectLength(b) == 0) return a
  if (objectLength(a) == 0) return b
  enterNested()
  const merged = copyObject(a, objectLength(b))
  const length = objectLength(b)
  // In order: then nothing that is compared on the way moves them.
  const entries = objectEntries(b)
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    const mine = objectGet(a, key)
    if (mine == UNDEFINED) objectAppend(merged, key, entryValue(entries, place))
    else objectInsert(merged, key, merge(mine, entryValue(entries, place)))
  }
  leaveNested()
  return merged
}

/** `base` (perhaps undefined) with `value` at `path`; parents are copied, and made where they are missing or no objects. */
export function replaceAt(base: Value, path: Value, value: Value): Value {
  return replaceFrom(base, path, 0, value)
}

function replaceFrom(base: Value, path: Value, step: u32, value: Value): Value {
  if (step == arrayLength(path)) return value
  const key = arrayAt(path, step)
  const isObject = typeOrNone(base) == TYPE_OBJECT
  const copy = isObject ? copyObject(base, 1) : newObject(1)
  objectInsert(copy, key, replaceFrom(isObject ? objectGet(base, key) : UNDEFINED, path, step + 1, value))
  return copy
}

/** A copy with room for more entries. */
function copyObject(object: Value, more: u32): Value {
  burn(objectLength(object) >> 4)
  return copyTable(object, more, OBJECT_SHIFT)
}
