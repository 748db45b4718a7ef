/**
 * Look-up and listing, as generated code asks for them: whatever the type of the value.
 */
import { arrayAt, arrayLength } from './array'
import { integerOf, integerValue, isInteger } from './number'
import { integralOf } from './number-order'
import { entryKey, entryValue, objectEntries, objectGet } from './object'
import { itemAt, setHas, setItems } from './set'
import { tableEntries, tableLength } from './table-layout'
import { TYPE_ARRAY, TYPE_NUMBER, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, typeOrNone, Value } from './type'

/** The element at a key; undefined if there is none or `source` is no collection. A set gives what it was asked for. */
export function get(source: Value, key: Value): Value {
  const type = typeOf(source)
  if (type == TYPE_OBJECT) return objectGet(source, key)
  if (type == TYPE_ARRAY) return elementAt(source, key)
  if (type == TYPE_SET) return setHas(source, key) ? key : UNDEFINED
  return UNDEFINED
}

function elementAt(array: Value, key: Value): Value {
  if (typeOf(key) != TYPE_NUMBER) return UNDEFINED
  const place = isInteger(key) ? integerOf(key) : integralOf(key)
  return place >= 0 && place < <i64>arrayLength(array) ? arrayAt(array, u32(place)) : UNDEFINED
}

/** Number of elements of a collection as a value; undefined for scalars. */
export function lengthOf(value: Value): Value {
  const type = typeOf(value)
  if (type == TYPE_ARRAY) return integerValue(arrayLength(value))
  if (type == TYPE_OBJECT || type == TYPE_SET) return integerValue(tableLength(value))
  return UNDEFINED
}

/** Number of places to visit; afterwards the entries are in ascending order. */
export function openScan(value: Value): u32 {
  const type = typeOrNone(value)
  if (type == TYPE_ARRAY) return arrayLength(value)
  if (type == TYPE_OBJECT) objectEntries(value)
  else if (type == TYPE_SET) setItems(value)
  else return 0
  return tableLength(value)
}

export function scanKey(value: Value, place: u32): Value {
  const type = typeOf(value)
  if (type == TYPE_ARRAY) return integerValue(place)
  return type == TYPE_OBJECT ? entryKey(tableEntries(value), place) : itemAt(tableEntries(value), place)
}

export function scanValue(value: Value, place: u32): Value {
  const type = typeOf(value)
  if (type == TYPE_ARRAY) return arrayAt(value, place)
  return type == TYPE_OBJECT ? entryValue(tableEntries(value), place) : itemAt(tableEntries(value), place)
}
