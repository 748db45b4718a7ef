/**
 * Asking for types, and the casts of old.
 */
import { Text, textLength, writeText } from '../eval/abort'
import { arrayAt, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { booleanOf } from '../value/scalar'
import { newSet, setAdd, setItems, setLength } from '../value/set'
import { newString, stringBytes, stringLength } from '../value/string'
import {
  TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value,
} from '../value/type'
import { hasType, typeName, wrongType } from './failure'

export function isNull(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_NULL)
}

export function isBoolean(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_BOOLEAN)
}

export function isNumber(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_NUMBER)
}

export function isString(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_STRING)
}

export function isArray(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_ARRAY)
}

export function isObject(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_OBJECT)
}

export function isSet(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_SET)
}

export function nameOfType(value: Value): Value {
  return stringOfText(typeName(typeOf(value)))
}

/** Static text as a string value. */
export function stringOfText(text: Text): Value {
  const value = newString(u32(textLength(text)))
  writeText(stringBytes(value), text)
  return value
}

/** Whether a value is the string that the text spells. */
export function isText(value: Value, text: Text): bool {
  const length = u32(textLength(text))
  if (typeOf(value) != TYPE_STRING || stringLength(value) != length) return false
  const bytes = stringBytes(value)
  for (let i: u32 = 0; i < length; i++) {
    if (load<u8>(bytes + i) != load<u8>(changetype<usize>(text) + (<usize>i << 1))) return false
  }
  return true
}

export function castNull(value: Value): Value {
  return hasType('cast_null', 1, TYPE_NULL, value) ? value : UNDEFINED
}

export function castBoolean(value: Value): Value {
  return hasType('cast_boolean', 1, TYPE_BOOLEAN, value) ? value : UNDEFINED
}

export function castString(value: Value): Value {
  return hasType('cast_string', 1, TYPE_STRING, value) ? value : UNDEFINED
}

export function castObject(value: Value): Value {
  return hasType('cast_object', 1, TYPE_OBJECT, value) ? value : UNDEFINED
}

export function castArray(value: Value): Value {
  const type = typeOf(value)
  if (type == TYPE_ARRAY) return value
  return type == TYPE_SET ? arrayOfSet(value) : wrongType('cast_array', 1, 'one of {array, set}', value)
}

export function castSet(value: Value): Value {
  const type = typeOf(value)
  if (type == TYPE_SET) return value
  return type == TYPE_ARRAY ? setOfArray(value) : wrongType('cast_set', 1, 'one of {array, set}', value)
}

/** The members in ascending order. */
export function arrayOfSet(set: Value): Value {
  const length = setLength(set)
  const array = newArray(length)
  memory.copy(arrayItems(array), setItems(set), <usize>length << 2)
  setArrayLength(array, length)
  return array
}

export function setOfArray(array: Value): Value {
  const length = arrayLength(array)
  const set = newSet(length)
  for (let place: u32 = 0; place < length; place++) setAdd(set, arrayAt(array, place))
  return set
}
