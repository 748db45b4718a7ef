/**
 * Value to text, in the styles of `style.ts`. All list objects and sets in ascending order. A key that is no string appears
 * in JSON as its own JSON text, HTML-safe as Go writes it: inside the key the escapes are part of the name.
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
import { HTML_SAFE_JSON, VALUE_TEXT } from './style'
import {
  advanceWriter, closeWriter, openWriter, put, putBytes, putTwo, reserve, resumeWriter, writeWord, writerBlockSize, writerLimit,
  writerPlace, writerStart,
} from './writer'

/** The text of a value as a string of its own, whatever text is open. */
export function textOf(value: Value, style: u32): Value {
  const start = writerStart()
  const place = writerPlace()
  const limit = writerLimit()
  openWriter(0)
  write(value, style)
  const block = closeWriter()
  const size = writerBlockSize()
  const text = stringFrom(block, u32(writerPlace() - block))
  release(block, size)
  resumeWriter(start, place, limit)
  return text
}

/** Appends the text of a value to the open text. */
export function write(value: Value, style: u32): void {
  const type = typeOf(value)
  if (type == TYPE_STRING) writeQuoted(value, style)
  else if (type == TYPE_NUMBER) writeNumber(value)
  else if (type == TYPE_BOOLEAN) writeWord(truthOf(value) != 0 ? 'true' : 'false')
  else if (type == TYPE_NULL) writeWord('null')
  else {
    enterNested()
    if (type == TYPE_ARRAY) writeArray(value, style)
    else if (type == TYPE_OBJECT) writeObject(value, style)
    else writeSet(value, style)
    leaveNested()
  }
}

function writeNumber(number: Value): void {
  if (isInteger(number)) {
    reserve(LONGEST_INTEGER)
    advanceWriter(writeInteger(writerPlace(), integerOf(number)))
  } else putBytes(numberText(number), numberTextLength(number))
}

function writeArray(array: Value, style: u32): void {
  put(0x5b)
  const length = arrayLength(array)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(style)
    write(arrayAt(array, place), style)
  }
  put(0x5d)
}

function writeSet(set: Value, style: u32): void {
  const length = setLength(set)
  if (length == 0 && style == VALUE_TEXT) {
    writeWord('set()')
    return
  }
  put(style != VALUE_TEXT ? 0x5b : 0x7b)
  const items = setItems(set)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(style)
    write(itemAt(items, place), style)
  }
  put(style != VALUE_TEXT ? 0x5d : 0x7d)
}

function writeObject(object: Value, style: u32): void {
  const listed = style != VALUE_TEXT ? withStringKeys(object) : object
  put(0x7b)
  const entries = objectEntries(listed)
  const length = objectLength(listed)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) writeComma(style)
    write(entryKey(entries, place), style)
    if (style != VALUE_TEXT) put(0x3a)
    else putTwo(0x3a, 0x20)
    write(entryValue(entries, place), style)
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
    objectInsert(named, typeOf(key) == TYPE_STRING ? key : textOf(key, HTML_SAFE_JSON), entryValue(entries, place))
  }
  return named
}

@inline function writeComma(style: u32): void {
  if (style != VALUE_TEXT) put(0x2c)
  else putTwo(0x2c, 0x20)
}
