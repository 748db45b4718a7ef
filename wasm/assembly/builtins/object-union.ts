/**
 * `object.union` and `object.union_n`: merged objects, recursively; where both have a value that is no object, the later wins.
 *
 * Equal keys may be spelled differently (`1`, `1.0`): of two objects the first one's stay, of many the last one's.
 */
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayAppend, arrayAt, arrayLength, newArray } from '../value/array'
import { equal } from '../value/equal'
import {
  entryKey, entryValue, newObject, objectAppend, objectEntries, objectGet, objectInsert, objectLength,
} from '../value/object'
import { copyTable } from '../value/table'
import { OBJECT_SHIFT } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_OBJECT, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongElement } from './failure'

export function unionOfTwo(a: Value, b: Value): Value {
  if (!hasType('object.union', 1, TYPE_OBJECT, a) || !hasType('object.union', 2, TYPE_OBJECT, b)) return UNDEFINED
  // Values that are spelled differently stay as well if nothing else is different.
  return equal(a, b) ? a : mergeObjects(a, b)
}

export function unionOfMany(objects: Value): Value {
  if (!hasType('object.union_n', 1, TYPE_ARRAY, objects)) return UNDEFINED
  const length = arrayLength(objects)
  for (let place: u32 = 0; place < length; place++) {
    const object = arrayAt(objects, place)
    if (typeOf(object) != TYPE_OBJECT) return wrongElement('object.union_n', 1, 'objects', objects, object)
  }
  const latestFirst = newArray(length)
  for (let place = length; place > 0; place--) arrayAppend(latestFirst, arrayAt(objects, place - 1))
  return mergeList(latestFirst)
}

/**
 * The union of an array of objects, the latest first, in time linear in their entries: all values of a key are gathered
 * first, of which those in front of the first one that is no object count.
 */
function mergeList(objects: Value): Value {
  const gathered = newObject(0)
  for (let i: u32 = 0; i < arrayLength(objects); i++) gather(gathered, arrayAt(objects, i))
  const length = objectLength(gathered)
  const result = newObject(length)
  const entries = objectEntries(gathered)
  enterNested()
  for (let place: u32 = 0; place < length; place++) {
    objectAppend(result, entryKey(entries, place), mergeValues(entryValue(entries, place)))
  }
  leaveNested()
  return result
}

/** Appends the value of each key to the array that `gathered` has for the key. */
function gather(gathered: Value, object: Value): void {
  const length = objectLength(object)
  burn(1 + (length >> 1))
  const entries = objectEntries(object)
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    let values = objectGet(gathered, key)
    if (values == UNDEFINED) {
      values = newArray(1)
      objectAppend(gathered, key, values)
    }
    arrayAppend(values, entryValue(entries, place))
  }
}

/** The values of one key, the latest first, as one. */
function mergeValues(values: Value): Value {
  const length = arrayLength(values)
  let count: u32 = 0
  while (count < length && typeOf(arrayAt(values, count)) == TYPE_OBJECT) count++
  if (count <= 1) return arrayAt(values, 0)
  if (count == length) return mergeList(values)
  const objects = newArray(count)
  for (let place: u32 = 0; place < count; place++) arrayAppend(objects, arrayAt(values, place))
  return mergeList(objects)
}

function mergeObjects(a: Value, b: Value): Value {
  const length = objectLength(b)
  burn((objectLength(a) >> 4) + (length >> 2))
  if (length == 0) return a
  if (objectLength(a) == 0) return b
  const result = copyTable(a, length, OBJECT_SHIFT)
  const entries = objectEntries(b)
  enterNested()
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    const value = entryValue(entries, place)
    const mine = objectGet(result, key)
    if (mine == UNDEFINED) objectAppend(result, key, value)
    else objectInsert(result, key, bothObjects(mine, value) ? mergeObjects(mine, value) : value)
  }
  leaveNested()
  return result
}

@inline function bothObjects(a: Value, b: Value): bool {
  return typeOf(a) == TYPE_OBJECT && typeOf(b) == TYPE_OBJECT
}
