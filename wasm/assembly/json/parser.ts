/**
 * Text to value: JSON, and the superset in which values are written out (sets, `set()`, keys of any type).
 *
 * A recursive descent over the bytes. `cursor` is the next byte wherever one function leaves off and another goes on.
 */
import { MAX_PARSE_NESTING } from '../eval/nesting'
import { copyBytes } from '../memory/bytes'
import { allocate, isEvaluating } from '../memory/heap'
import { newArray, arrayItems, setArrayLength } from '../value/array'
import { integerValue, numberFromText } from '../value/number'
import { FALSE, NULL, TRUE } from '../value/scalar'
import { newSet } from '../value/set'
import { ascendsStrictly, sortEntries } from '../value/sort'
import { UNINDEXED, buildIndex } from '../value/table-index'
import { OBJECT_SHIFT, SET_SHIFT, newTable, tableAround } from '../value/table-layout'
import { compare } from '../value/compare'
import { TYPE_OBJECT, TYPE_SET, UNDEFINED, Value } from '../value/type'
import { closeScratch, openScratch, popTo, push, scratchAt, scratchHeight } from './scratch'
import { readString, stringEnd } from './string-reader'

let cursor: usize = 0
let end: usize = 0
let strict: bool = false
let anySize: bool = false

/** Whether the text that was read last was given up because it is nested too deeply, well-formed or not. */
export let wasTooDeep: bool = false

/** The value that a JSON text spells, undefined if it is malformed. */
export function parseJson(text: usize, byteLength: u32): Value {
  strict = true
  return parseAll(text, byteLength)
}

/** Whether a text is JSON, whatever the size of its numbers. */
export function isJson(text: usize, byteLength: u32): bool {
  anySize = true
  const value = parseJson(text, byteLength)
  anySize = false
  return value != UNDEFINED
}

/** The value that a text of values spells: JSON, sets, keys of any type. */
export function parseValueText(text: usize, byteLength: u32): Value {
  strict = false
  return parseAll(text, byteLength)
}

function parseAll(text: usize, byteLength: u32): Value {
  cursor = text
  end = text + byteLength
  wasTooDeep = false
  openScratch()
  const value = parseValue(0)
  closeScratch()
  return value != UNDEFINED && skipSpace() == END ? value : UNDEFINED
}

/** What `skipSpace` finds at the end of the text. */
const END: u32 = 0

/** Goes to the next byte that is no white space and returns it. */
@inline function skipSpace(): u32 {
  if (cursor < end) {
    const byte = <u32>load<u8>(cursor)
    if (byte > 0x20) return byte
  }
  return skipMore()
}

function skipMore(): u32 {
  while (cursor < end) {
    const byte = <u32>load<u8>(cursor)
    if (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09) return byte == END ? 1 : byte
    cursor++
  }
  return END
}

function parseValue(depth: u32): Value {
  const byte = skipSpace()
  if (byte == 0x22) return parseString()
  if (byte == 0x7b) return depth < MAX_PARSE_NESTING ? parseBraces(depth + 1) : tooDeep()
  if (byte == 0x5b) return depth < MAX_PARSE_NESTING ? parseArray(depth + 1) : tooDeep()
  if (byte - 0x30 <= 9 || byte == 0x2d) return parseNumber()
  if (byte == 0x74) return parseWord(0x65757274, 4, TRUE)
  if (byte == 0x66) return cursor + 5 <= end && <u32>load<u8>(cursor, 4) == 0x65 ? parseWord(0x736c6166, 5, FALSE) : UNDEFINED
  if (byte == 0x6e) return parseWord(0x6c6c756e, 4, NULL)
  if (byte == 0x73 && !strict) return parseEmptySet()
  return UNDEFINED
}

function tooDeep(): Value {
  wasTooDeep = true
  return UNDEFINED
}

/** A word of `length` letters, known by its first four. */
function parseWord(letters: u32, length: usize, value: Value): Value {
  if (cursor + length > end || load<u32>(cursor) != letters) return UNDEFINED
  cursor += length
  return value
}

@inline function parseString(): Value {
  const value = readString(cursor + 1, end, !strict)
  cursor = stringEnd
  return value
}

function parseEmptySet(): Value {
  if (parseWord(0x28746573, 4, TRUE) == UNDEFINED || skipSpace() != 0x29) return UNDEFINED
  cursor++
  return newSet(0)
}

/** Largest decimal exponent of the first digit, either way. OPA refuses numbers beyond 2^±100000 as well. */
const LARGEST_PLACE: i64 = 30103

function parseNumber(): Value {
  const start = cursor
  let at = start
  const negative = <u32>load<u8>(at) == 0x2d
  if (negative) at++
  const whole = at
  let magnitude: i64 = 0
  while (at < end) {
    const digit = <u32>load<u8>(at) - 0x30
    if (digit > 9) break
    magnitude = magnitude * 10 + digit
    at++
  }
  const digits = at - whole
  if (digits == 0 || (digits > 1 && <u32>load<u8>(whole) == 0x30)) return UNDEFINED
  const next = at < end ? <u32>load<u8>(at) : 0
  if (next != 0x2e && (next | 0x20) != 0x65) {
    cursor = at
    if (digits <= 18 && !(negative && magnitude == 0)) return integerValue(negative ? -magnitude : magnitude)
    return <i64>digits > LARGEST_PLACE && !anySize ? UNDEFINED : numberFromText(start, u32(at - start))
  }
  return parseFraction(start, at, <i64>digits)
}

/** The rest of a number that is not written as an integer. */
function parseFraction(start: usize, at: usize, place: i64): Value {
  if (<u32>load<u8>(at) == 0x2e) {
    const after = skipDigits(++at)
    if (after == at) return UNDEFINED
    at = after
  }
  if (at < end && (<u32>load<u8>(at) | 0x20) == 0x65) {
    at++
    const mark = at < end ? <u32>load<u8>(at) : 0
    if (mark == 0x2b || mark == 0x2d) at++
    const after = skipDigits(at)
    if (after == at) return UNDEFINED
    let exponent: i64 = 0
    for (; at < after; at++) exponent = min(exponent * 10 + (<u32>load<u8>(at) - 0x30), 1 << 40)
    if (mark == 0x2d) exponent = -exponent
    if ((exponent > LARGEST_PLACE - place || exponent < -LARGEST_PLACE) && !anySize) return UNDEFINED
  } else if (place > LARGEST_PLACE && !anySize) return UNDEFINED
  cursor = at
  return numberFromText(start, u32(at - start))
}

function skipDigits(at: usize): usize {
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) at++
  return at
}

function parseArray(depth: u32): Value {
  const height = scratchHeight()
  cursor++
  if (skipSpace() == 0x5d) {
    cursor++
    return newArray(0)
  }
  while (true) {
    const item = parseValue(depth)
    if (item == UNDEFINED) return UNDEFINED
    push(item)
    const byte = skipSpace()
    cursor++
    if (byte == 0x5d) break
    if (byte != 0x2c) return UNDEFINED
  }
  const size = scratchHeight() - height
  const array = newArray(u32(size >> 2))
  copyBytes(arrayItems(array), scratchAt(height), size)
  setArrayLength(array, u32(size >> 2))
  popTo(height)
  return array
}

/** An object, or a set where those are allowed: the first item tells. */
function parseBraces(depth: u32): Value {
  const height = scratchHeight()
  cursor++
  let byte = skipSpace()
  if (byte == 0x7d) {
    cursor++
    return newTable(TYPE_OBJECT, 0, OBJECT_SHIFT)
  }
  let isSet = false
  while (true) {
    const key = byte == 0x22 ? parseString() : strict ? UNDEFINED : parseValue(depth)
    if (key == UNDEFINED) return UNDEFINED
    byte = skipSpace()
    if (scratchHeight() == height) isSet = byte != 0x3a && !strict
    push(key)
    if (!isSet) {
      if (byte != 0x3a) return UNDEFINED
      cursor++
      const value = parseValue(depth)
      if (value == UNDEFINED) return UNDEFINED
      push(value)
      byte = skipSpace()
    }
    cursor++
    if (byte == 0x7d) break
    if (byte != 0x2c) return UNDEFINED
    byte = skipSpace()
  }
  return isSet ? makeTable(TYPE_SET, height, SET_SHIFT) : makeTable(TYPE_OBJECT, height, OBJECT_SHIFT)
}

/** Makes a table of the entries on the stack. Sorting finds the duplicates, so no choice of keys makes this slow. */
function makeTable(type: u32, height: usize, shift: u32): Value {
  const start = scratchAt(height)
  let length = u32((scratchHeight() - height) >> shift)
  if (!ascendsStrictly(start, length, shift)) {
    sortEntries(start, length, shift)
    length = dropDuplicates(start, length, shift)
  }
  const size = <usize>length << shift
  const entries = allocate(size)
  copyBytes(entries, start, size)
  popTo(height)
  const table = tableAround(type, entries, length, length)
  if (length > UNINDEXED && !isEvaluating()) buildIndex(table, shift)
  return table
}

/** Of equal keys the first stays; of their values the last. Returns the number left. */
function dropDuplicates(start: usize, length: u32, shift: u32): u32 {
  const size: usize = 1 << shift
  const after = start + (<usize>length << shift)
  let last = start
  for (let entry = start + size; entry < after; entry += size) {
    if (compare(load<u32>(last), load<u32>(entry)) != 0) {
      last += size
      store<u32>(last, load<u32>(entry))
    }
    if (shift == OBJECT_SHIFT) store<u32>(last, load<u32>(entry, 4), 4)
  }
  return u32((last - start) >> shift) + 1
}
