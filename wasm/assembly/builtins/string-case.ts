/**
 * `lower` and `upper`, code point by code point.
 */
import { burn } from '../eval/fuel'
import { advanceWriter, openWriter, reserve, writerPlace } from '../json/writer'
import { writeCodePoint } from '../json/utf8'
import { newString, stringBytes, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, Value } from '../value/type'
import { LOWER_RANGES, LOWER_RANGE_COUNT, UPPER_RANGES, UPPER_RANGE_COUNT } from './case-table'
import { hasType } from './failure'
import { BYTES_PER_FUEL, asciiEnd, codePointAt, finishString, widthAt } from './text'

/** The bit that tells ASCII letters of different case apart. */
const CASE_BIT: u8 = 0x20

export function lower(text: Value): Value {
  return hasType('lower', 1, TYPE_STRING, text) ? mapCase(text, 0x41, LOWER_RANGES, LOWER_RANGE_COUNT) : UNDEFINED
}

export function upper(text: Value): Value {
  return hasType('upper', 1, TYPE_STRING, text) ? mapCase(text, 0x61, UPPER_RANGES, UPPER_RANGE_COUNT) : UNDEFINED
}

/** `firstLetter`: the first of the 26 ASCII letters that change. */
function mapCase(text: Value, firstLetter: u32, ranges: usize, rangeCount: u32): Value {
  const length = stringLength(text)
  if (length == 0) return text
  burn(length / BYTES_PER_FUEL)
  const start = stringBytes(text)
  const end = start + length
  return asciiEnd(start, end) == end ? mapAscii(start, length, firstLetter) : mapUnicode(start, end, ranges, rangeCount)
}

function mapAscii(start: usize, length: u32, firstLetter: u32): Value {
  const result = newString(length)
  const out = stringBytes(result)
  for (let i: u32 = 0; i < length; i++) {
    const byte = load<u8>(start + i)
    store<u8>(out + i, <u32>byte - firstLetter < 26 ? byte ^ CASE_BIT : byte)
  }
  return result
}

/** What is no UTF-8 becomes U+FFFD here. */
function mapUnicode(at: usize, end: usize, ranges: usize, rangeCount: u32): Value {
  openWriter(0)
  while (at < end) {
    const mapped = mapCodePoint(codePointAt(at, end), ranges, rangeCount)
    at += widthAt(at, end)
    reserve(4)
    advanceWriter(writeCodePoint(writerPlace(), mapped))
  }
  return finishString()
}

function mapCodePoint(codePoint: u32, ranges: usize, rangeCount: u32): u32 {
  // The last range that begins at or before the code point.
  let low: u32 = 0
  let high = rangeCount
  while (low < high) {
    const middle = (low + high) >> 1
    if ((load<u32>(ranges + (<usize>middle << 3)) & 0x1fffff) <= codePoint) low = middle + 1
    else high = middle
  }
  if (low == 0) return codePoint
  const range = load<u64>(ranges + (<usize>(low - 1) << 3))
  const offset = codePoint - (u32(range) & 0x1fffff)
  const stride = u32(range >> 31) & 1
  const count = u32(range >> 21) & 0x3ff
  if ((offset & stride) != 0 || offset >> stride >= count) return codePoint
  return codePoint + u32(<i64>(range << 12) >> 44)
}
