/**
 * Looking into objects, and choosing among their entries.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { allocate } from '../memory/heap'
import { arrayAt, arrayLength } from '../value/array'
import { get } from '../value/get'
import { entryKey, entryValue, objectEntries, objectGet, objectLength } from '../value/object'
import { newSet } from '../value/set'
import { OBJECT_SHIFT, SET_SHIFT, tableAround } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongType } from './failure'
import { setOfArray } from './types'

/** The value of a key; an array is a path. Where there is none, `other`. */
export function getOr(object: Value, key: Value, other: Value): Value {
  if (!hasType('object.get', 1, TYPE_OBJECT, object)) return UNDEFINED
  if (typeOf(key) != TYPE_ARRAY) {
    const found = objectGet(object, key)
    return found != UNDEFINED ? found : other
  }
  let value = object
  const length = arrayLength(key)
  for (let step: u32 = 0; step < length; step++) {
    value = get(value, arrayAt(key, step))
    if (value == UNDEFINED) return other
  }
  return value
}

export function keys(object: Value): Value {
  if (!hasType('object.keys', 1, TYPE_OBJECT, object)) return UNDEFINED
  const length = objectLength(object)
  burn(length >> 4)
  if (length == 0) return newSet(0)
  const entries = objectEntries(object)
  const items = allocate(<usize>length << SET_SHIFT)
  for (let place: u32 = 0; place < length; place++) store<u32>(items + (<usize>place << SET_SHIFT), entryKey(entries, place))
  return tableAround(TYPE_SET, items, length, length)
}

/** Without the entries whose keys are listed: items of an array or set, keys of an object. */
export function removeKeys(object: Value, list: Value): Value {
  return choose('object.remove', object, list, false)
}

/** Only the entries whose keys are listed. */
export function filterKeys(object: Value, list: Value): Value {
  return choose('object.filter', object, list, true)
}

function choose(builtin: Text, object: Value, list: Value, listed: bool): Value {
  if (!hasType(builtin, 1, TYPE_OBJECT, object)) return UNDEFINED
  const type = typeOf(list)
  if (type != TYPE_ARRAY && type != TYPE_SET && type != TYPE_OBJECT) {
    return wrongType(builtin, 2, 'one of {object, set, array}', list)
  }
  const chosen = type == TYPE_ARRAY ? setOfArray(list) : list
  const length = objectLength(object)
  if (length == 0) return object
  burn(length >> 2)
  const entries = objectEntries(object)
  const kept = allocate(<usize>length << OBJECT_SHIFT)
  let count: u32 = 0
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    if ((get(chosen, key) != UNDEFINED) != listed) continue
    const entry = kept + (<usize>count << OBJECT_SHIFT)
    store<u32>(entry, key)
    store<u32>(entry, entryValue(entries, place), 4)
    count++
  }
  return tableAround(TYPE_OBJECT, kept, count, length)
}
