/**
 * Strings as quoted text.
 */
import { stringBytes, stringLength } from '../value/string'
import { Value } from '../value/type'
import { plainEnd } from './plain'
import { advanceWriter, put, putBytes, putReserved, reserve, writerPlace } from './writer'

const BACKSLASH: u32 = 0x5c

/** Appends a string in quotes. `escapeHtml`: also `<`, `>`, `&`, U+2028 and U+2029, as Go's JSON has it. */
export function writeQuoted(value: Value, escapeHtml: bool): void {
  let at = stringBytes(value)
  const end = at + stringLength(value)
  reserve(stringLength(value) + 2)
  putReserved(0x22)
  while (at < end) {
    const stop = escapeHtml ? copyHtmlSafe(at, plainEnd(at, end)) : copyPlain(at, plainEnd(at, end))
    at = stop
    if (at < end) at = writeSpecial(at, end, escapeHtml)
  }
  put(0x22)
}

function copyPlain(at: usize, stop: usize): usize {
  putBytes(at, stop - at)
  return stop
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

/** Writes the character at which copying stopped; returns the address after it. */
function writeSpecial(at: usize, end: usize, escapeHtml: bool): usize {
  const byte = <u32>load<u8>(at)
  if (byte >= 0x80) {
    if (escapeHtml && byte == 0xe2 && at + 3 <= end && <u32>load<u8>(at, 1) == 0x80 && (<u32>load<u8>(at, 2) | 1) == 0xa9) {
      writeUnit(0x2000 | (<u32>load<u8>(at, 2) & 0x3f))
      return at + 3
    }
    let stop = at + 1
    while (stop < end && <u32>load<u8>(stop) >= 0x80 && <u32>load<u8>(stop) != 0xe2) stop++
    putBytes(at, stop - at)
    return stop
  }
  const short = shortEscape(byte)
  if (short != 0) {
    reserve(2)
    putReserved(BACKSLASH)
    putReserved(short)
  } else writeUnit(byte)
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

function writeUnit(unit: u32): void {
  reserve(6)
  putReserved(BACKSLASH)
  putReserved(0x75)
  for (let shift = 12; shift >= 0; shift -= 4) {
    const digit = (unit >> shift) & 15
    putReserved(digit < 10 ? 0x30 + digit : 0x57 + digit)
  }
}
