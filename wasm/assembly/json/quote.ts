/**
 * Strings as quoted text, in the three styles of `dump.ts`.
 */
import { stringBytes, stringLength } from '../value/string'
import { Value } from '../value/type'
import { plainEnd } from './plain'
import { HTML_SAFE_JSON, VALUE_TEXT } from './style'
import { sequenceLength } from './utf8'
import { advanceWriter, put, putBytes, putReserved, reserve, writerPlace } from './writer'

/** Appends a string in quotes. */
export function writeQuoted(value: Value, style: u32): void {
  let at = stringBytes(value)
  const end = at + stringLength(value)
  reserve(stringLength(value) + 2)
  putReserved(0x22)
  while (at < end) {
    const stop = plainEnd(at, end)
    if (style == HTML_SAFE_JSON) at = copyHtmlSafe(at, stop)
    else {
      putBytes(at, stop - at)
      at = stop
    }
    if (at < end) at = <u32>load<u8>(at) < 0x80 ? writeEscape(at) : writeWide(at, end, style)
  }
  put(0x22)
}

/** Copies plain text up to the first character that HTML would mind; returns where it stopped. */
function copyHtmlSafe(at: usize, stop: usize): usize {
  reserve(stop - at)
  let out = writerPlace()
  while (at < stop) {
    const byte = <u32>load<u8>(at)
    if (byte == 0x3c || byte == 0x3e || byte == 0x26) break
    store<u8>(out++, byte)
    at++
  }
  advanceWriter(out)
  return at
}

/** Writes characters beyond ASCII as long as they need no escape, or one that does; returns the address after them. */
function writeWide(at: usize, end: usize, style: u32): usize {
  let stop = at
  while (stop < end && <u32>load<u8>(stop) >= 0x80) {
    const length = sequenceLength(stop, end)
    if (length == 0 || (style == HTML_SAFE_JSON && isLineSeparator(stop))) break
    stop += length
  }
  if (stop > at) {
    putBytes(at, stop - at)
    return stop
  }
  if (sequenceLength(at, end) != 0) {
    writeUnicode(0x2000 | (<u32>load<u8>(at, 2) & 0x3f))
    return at + 3
  }
  // A byte that is no UTF-8. JSON cannot say which; value text can.
  if (style == VALUE_TEXT) {
    reserve(4)
    putReserved(0x5c)
    putReserved(0x78)
    putHex(<u32>load<u8>(at), 2)
  } else writeUnicode(0xfffd)
  return at + 1
}

/** U+2028 or U+2029, at the beginning of a valid sequence. */
function isLineSeparator(at: usize): bool {
  return <u32>load<u16>(at) == 0x80e2 && (<u32>load<u8>(at, 2) | 1) == 0xa9
}

/** Writes the escape of an ASCII character; returns the address after it. */
function writeEscape(at: usize): usize {
  const byte = <u32>load<u8>(at)
  const short = shortEscape(byte)
  if (short == 0) writeUnicode(byte)
  else {
    reserve(2)
    putReserved(0x5c)
    putReserved(short)
  }
  return at + 1
}

/** The letter of the short escape of a character, 0 if it has none. */
function shortEscape(byte: u32): u32 {
  switch (byte) {
    case 0x22: return 0x22
    case 0x5c: return 0x5c
    case 0x08: return 0x62
    case 0x0c: return 0x66
    case 0x0a: return 0x6e
    case 0x0d: return 0x72
    case 0x09: return 0x74
    default: return 0
  }
}

function writeUnicode(unit: u32): void {
  reserve(6)
  putReserved(0x5c)
  putReserved(0x75)
  putHex(unit, 4)
}

function putHex(value: u32, digits: i32): void {
  for (let shift = (digits - 1) << 2; shift >= 0; shift -= 4) {
    const digit = (value >> shift) & 15
    putReserved(digit < 10 ? 0x30 + digit : 0x57 + digit)
  }
}
