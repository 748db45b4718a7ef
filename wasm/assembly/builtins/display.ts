/**
 * The text form of values that template strings show: as value text, but with strings quoted as Go quotes them, so that
 * everything unprintable is escaped.
 */
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { write as writePlain } from '../json/dump'
import { VALUE_TEXT } from '../json/style'
import { sequenceLength } from '../json/utf8'
import { put, putBytes, putTwo, writeWord } from '../json/writer'
import { arrayAt, arrayLength } from '../value/array'
import { entryKey, entryValue, objectEntries, objectLength } from '../value/object'
import { itemAt, setItems, setLength } from '../value/set'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, TYPE_STRING, typeOf, Value } from '../value/type'
import { UNPRINTABLE_RANGES, UNPRINTABLE_RANGE_COUNT } from './print-table'
import { codePointAt } from './text'

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c

/** Appends the text of a value; a string only within a collection stands in quotes. */
export function writeDisplay(value: Value): void {
  if (typeOf(value) == TYPE_STRING) putBytes(stringBytes(value), stringLength(value))
  else write(value)
}

function write(value: Value): void {
  const type = typeOf(value)
  burn(1)
  if (type == TYPE_STRING) writeGoQuoted(value)
  else if (type != TYPE_ARRAY && type != TYPE_OBJECT && type != TYPE_SET) writePlain(value, VALUE_TEXT)
  else {
    enterNested()
    if (type == TYPE_ARRAY) writeArray(value)
    else if (type == TYPE_OBJECT) writeObject(value)
    else writeSet(value)
    leaveNested()
  }
}

function writeArray(array: Value): void {
  put(0x5b)
  const length = arrayLength(array)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) putTwo(0x2c, 0x20)
    write(arrayAt(array, place))
  }
  put(0x5d)
}

function writeObject(object: Value): void {
  put(0x7b)
  const length = objectLength(object)
  const entries = objectEntries(object)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) putTwo(0x2c, 0x20)
    write(entryKey(entries, place))
    putTwo(0x3a, 0x20)
    write(entryValue(entries, place))
  }
  put(0x7d)
}

function writeSet(set: Value): void {
  const length = setLength(set)
  if (length == 0) {
    writeWord('set()')
    return
  }
  put(0x7b)
  const items = setItems(set)
  for (let place: u32 = 0; place < length; place++) {
    if (place != 0) putTwo(0x2c, 0x20)
    write(itemAt(items, place))
  }
  put(0x7d)
}

function writeGoQuoted(string: Value): void {
  put(QUOTE)
  const end = stringBytes(string) + stringLength(string)
  burn(stringLength(string) >> 4)
  for (let at = stringBytes(string); at < end; ) {
    const length = sequenceLength(at, end)
    const codePoint = codePointAt(at, end)
    if (length == 0) writeEscape(0x78, load<u8>(at), 2)
    else if (codePoint == QUOTE || codePoint == BACKSLASH) putTwo(BACKSLASH, codePoint)
    else if (codePoint >= 0x20 && isPrintable(codePoint)) putBytes(at, length)
    else if (codePoint - 7 <= 6) putTwo(BACKSLASH, escapeLetter(codePoint))
    else if (codePoint < 0x80) writeEscape(0x78, codePoint, 2)
    else if (codePoint < 0x10000) writeEscape(0x75, codePoint, 4)
    else writeEscape(0x55, codePoint, 8)
    at += max(length, 1)
  }
  put(QUOTE)
}

/** The letters of the short escapes for U+0007 … U+000D. */
function escapeLetter(codePoint: u32): u32 {
  switch (codePoint) {
    case 0x07: return 0x61
    case 0x08: return 0x62
    case 0x09: return 0x74
    case 0x0a: return 0x6e
    case 0x0b: return 0x76
    case 0x0c: return 0x66
    default: return 0x72
  }
}

function writeEscape(letter: u32, number: u32, digits: u32): void {
  putTwo(BACKSLASH, letter)
  for (let left = digits; left-- > 0; ) {
    const digit = (number >> (left << 2)) & 15
    put(digit < 10 ? 0x30 + digit : 0x57 + digit)
  }
}

/** A stretch of code points that are alike: the next one mostly lies in it as well. */
let knownFrom: u32 = 0
let knownTo: u32 = 0
let knownPrintable: bool = false

function isPrintable(codePoint: u32): bool {
  if (codePoint < 0x7f) return true
  if (codePoint < knownFrom || codePoint >= knownTo) findStretch(codePoint)
  return knownPrintable
}

function findStretch(codePoint: u32): void {
  let at = UNPRINTABLE_RANGES
  knownTo = 0
  knownPrintable = false
  for (let left = 2 * UNPRINTABLE_RANGE_COUNT; left > 0 && knownTo <= codePoint; left--) {
    let width: u32 = 0
    let shift: u32 = 0
    let byte: u32
    do {
      byte = load<u8>(at++)
      width |= (byte & 0x7f) << shift
      shift += 7
    } while (byte >= 0x80)
    knownFrom = knownTo
    knownTo += width
    knownPrintable = !knownPrintable
  }
}
