/**
 * Value to text, in two forms. JSON: sets as arrays, keys as strings, nothing between the parts; `<`, `>`, `&`, U+2028 and
 * U+2029 escaped as Go does it, which shows where a key is itself JSON text. Value text: sets and keys of any type, `, ` and
 * `: ` between the parts. Both list objects and sets in ascending order.
 */
import { enterNested, leaveNested } from '../eval/nesting'
import { release } from '../memory/heap'
import { arrayAt, arrayLength } from '../value/array'
import { LONGEST_INTEGER, integerOf, isInteger, numberText, numberTextLength, writeInteger } from '../value/number'
import { entryKey, entryValue, newObject, objectEntries, objectInsert, objectLength } from '../value/object'
import { truthOf } from '../value/scalar'
import { itemAt, setItems, setLength } from '../value/set'
import { stringFrom } from '../value/string'
import { TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, typeOf, Value } from '../value/type'
import { writeQuoted } from './quote'
import {
  advanceWriter, closeWriter, openWriter, put, putBytes, putTwo, reserve, resumeWriter, writeWord, writerBlockSize, writerLimit,
  writerPlace, writerStart,
} from './writer'

/** Appends the JSON text of a value to the open text. */
export function writeJson(value: Value): void {
  write(value, true)
}

/** Appends the value text of a value to the open text. */
export function writeValueText(value: Value): void {
  write(value, false)
}

/** The JSON text of a value, as a string value. */
export function jsonText(value: Value): Value {
  return textOf(value, true)
}

/** The value text of a value, as a string value. */
export function valueText(value: Value): Value {
  return textOf(value, false)
}

function write(value: Value, json: bool): void {
  const type = typeOf(value)
  if (type == TYPE_STRING) writeQuoted(value, json)
  else if (type == TYPE_NUMBER) writeNumber(value)
  else if (type == TYPE_BOOLEAN) writeWord(truthOf(value) != 0 ? 'true' : 'false')
  else if (type == TYPE_NULL) writeWord('null')
  else {
    enterNested()
    if (type == TYPE_ARRAY) writeArray(value, json)
    else if (type == TYPE_OBJECT) writeObject(value, json)
    else writeSet(value, json)
    leaveNested()
  }
}

function writeNumber(number: Value): void {
  if (isInteger(number)) {
    reserve(LONGEST_INTEGER)
    advanceWriter(writeInteger(writerPlace(), integerOf(number)))
  } else putBytes(numberText(number), numberTextLength(number))
}

function writeArray(array: Value, json: bool): void {
  put(0x5b)
  const length = arrayLength(array)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(json)
    write(arrayAt(array, place), json)
  }
  put(0x5d)
}

function writeSet(set: Value, json: bool): void {
  const length = setLength(set)
  if (length == 0 && !json) {
    writeWord('set()')
    return
  }
  put(json ? 0x5b : 0x7b)
  const items = setItems(set)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(json)
    write(itemAt(items, place), json)
  }
  put(json ? 0x5d : 0x7d)
}

function writeObject(object: Value, json: bool): void {
  const listed = json ? withStringKeys(object) : object
  put(0x7b)
  const entries = objectEntries(listed)
  const length = objectLength(listed)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(json)
    write(entryKey(entries, place), json)
    if (json) put(0x3a)
    else putTwo(0x3a, 0x20)
    write(entryValue(entries, place), json)
  }
  put(0x7d)
}

/** The object itself, or one in which the JSON text of each key that is no string stands for it. */
function withStringKeys(object: Value): Value {
  const entries = objectEntries(object)
  const length = objectLength(object)
  // In ascending order numbers and the like come first, strings next: one look at either end tells.
  if (length == 0) return object
  if (typeOf(entryKey(entries, 0)) == TYPE_STRING && typeOf(entryKey(entries, length - 1)) == TYPE_STRING) return object
  const named = newObject(length)
  for (let place: u32 = 0; place < length; place++) {
    const key = entryKey(entries, place)
    objectInsert(named, typeOf(key) == TYPE_STRING ? key : jsonText(key), entryValue(entries, place))
  }
  return named
}

/** The text of a value as a string of its own, whatever text is open. */
function textOf(value: Value, json: bool): Value {
  const start = writerStart()
  const place = writerPlace()
  const limit = writerLimit()
  openWriter(0)
  write(value, json)
  const block = closeWriter()
  const size = writerBlockSize()
  const text = stringFrom(block, u32(writerPlace() - block))
  release(block, size)
  resumeWriter(start, place, limit)
  return text
}

@inline function writeComma(json: bool): void {
  if (json) put(0x2c)
  else putTwo(0x2c, 0x20)
}
