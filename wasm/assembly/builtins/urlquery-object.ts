/**
 * `urlquery.encode_object`, `urlquery.decode_object`: whole queries, `a=1&a=2&b=3`.
 */
import { burn } from '../eval/fuel'
import { textOf } from '../json/dump'
import { HTML_SAFE_JSON } from '../json/style'
import { openWriter, put } from '../json/writer'
import { arrayAppend, arrayItems, arrayLength, newArray } from '../value/array'
import {
  entryKey, entryValue, newObject, objectAppend, objectEntries, objectGet, objectInsert, objectLength,
} from '../value/object'
import { setItems, setLength } from '../value/set'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType, wrongOperand } from './failure'
import { finishString } from './text'
import { decodeBetween, putEncoded } from './urlquery'

const AMPERSAND: u32 = 0x26
const SEMICOLON: u32 = 0x3b
const EQUALS: u32 = 0x3d

/** Each value is a string, or an array or set of strings; keys in ascending order. */
export function encodeQueryObject(object: Value): Value {
  if (!hasType('urlquery.encode_object', 1, TYPE_OBJECT, object)) return UNDEFINED
  const length = objectLength(object)
  const given = objectEntries(object)
  const named = newObject(length)
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(given, place)
    const value = entryValue(given, place)
    if (!isEncodable(value)) {
      return wrongOperand('urlquery.encode_object', 1, 'values must be string, array[string], or set[string]')
    }
    objectInsert(named, typeOf(key) == TYPE_STRING ? key : textOf(key, HTML_SAFE_JSON), value)
  }
  const entries = objectEntries(named)
  openWriter(0)
  let first = true
  for (let place: u32 = 0; place < objectLength(named); place++) {
    const value = entryValue(entries, place)
    const count = countOf(value)
    burn(1 + count)
    for (let i: u32 = 0; i < count; i++) {
      if (!first) put(AMPERSAND)
      first = false
      putEncoded(entryKey(entries, place))
      put(EQUALS)
      putEncoded(typeOf(value) == TYPE_STRING ? value : load<u32>(itemsOf(value) + (<usize>i << 2)))
    }
  }
  return finishString()
}

function isEncodable(value: Value): bool {
  const type = typeOf(value)
  if (type == TYPE_STRING) return true
  if (type != TYPE_ARRAY && type != TYPE_SET) return false
  const items = itemsOf(value)
  const count = countOf(value)
  for (let i: u32 = 0; i < count; i++) if (typeOf(load<u32>(items + (<usize>i << 2))) != TYPE_STRING) return false
  return true
}

function countOf(value: Value): u32 {
  return typeOf(value) == TYPE_STRING ? 1 : typeOf(value) == TYPE_ARRAY ? arrayLength(value) : setLength(value)
}

function itemsOf(list: Value): usize {
  return typeOf(list) == TYPE_ARRAY ? arrayItems(list) : setItems(list)
}

/** Each key has the array of its values, in their order. */
export function decodeQueryObject(text: Value): Value {
  if (!hasType('urlquery.decode_object', 1, TYPE_STRING, text)) return UNDEFINED
  const result = newObject(0)
  const end = stringBytes(text) + stringLength(text)
  for (let at = stringBytes(text); at < end; ) {
    burn(1)
    const stop = find(at, end, AMPERSAND)
    if (stop > at) {
      if (find(at, stop, SEMICOLON) != stop) return failure('urlquery.decode_object', 'invalid semicolon separator in query')
      const middle = find(at, stop, EQUALS)
      const key = decodeBetween(at, middle)
      const value = key == UNDEFINED ? UNDEFINED : decodeBetween(min(middle + 1, stop), stop)
      if (value == UNDEFINED) return failure('urlquery.decode_object', 'invalid URL escape')
      let values = objectGet(result, key)
      if (values == UNDEFINED) {
        values = newArray(1)
        objectAppend(result, key, values)
      }
      arrayAppend(values, value)
    }
    at = stop + 1
  }
  return result
}

/** Address of a byte, or `end`. */
function find(at: usize, end: usize, byte: u32): usize {
  while (at < end && <u32>load<u8>(at) != byte) at++
  return at
}
