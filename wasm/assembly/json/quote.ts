/**
 * Strings as quoted text, in the three styles of `dump.ts`.
 */
import { stringBytes, stringLength } from '../value/string'
import { Value } from '../value/type'
import { htmlMask, plainBytes, specialMask } from './plain'
import { HTML_SAFE_JSON, VALUE_TEXT } from './style'
import { REPLACEMENT, sequenceLength } from './utf8'
import { advanceWriter, put, putReserved, reserve, writerPlace } from './writer'

/** At most so many bytes are written for one: a control character as `\u001f`. */
const LONGEST_ESCAPE: usize = 6

/** Room is reserved for so many bytes of the string at a time, whatever they are. */
const STRETCH: usize = 512

/** Appends a string in quotes. */
export function writeQuoted(value: Value, style: u32): void {
  put(0x22)
  let at = stringBytes(value)
  const end = at + stringLength(value)
  while (at < end) {
    const stop = min(end, at + STRETCH)
    reserve((stop - at) * LONGEST_ESCAPE + 8)
    while (at < stop) at = writeSome(at, stop, end, style)
  }
  put(0x22)
}

/**
 * Writes up to eight plain bytes and the special one after them; returns the address after what it wrote. Reads and writes
 * whole words, beyond the string (the heap allows that) and into the room reserved.
 */
@inline function writeSome(at: usize, stop: usize, end: usize, style: u32): usize {
  const word = load<u64>(at)
  let mask = specialMask(word)
  if (style == HTML_SAFE_JSON) mask |= htmlMask(word)
  const out = writerPlace()
  store<u64>(out, word)
  const plain = plainBytes(mask)
  if (at + plain >= stop) {
    advanceWriter(out + (stop - at))
    return stop
  }
  advanceWriter(out + plain)
  if (plain == 8) return at + 8
  at += plain
  if (<u32>load<u8>(at) < 0x80) return writeEscape(at)
  return writeWide(at, end, style)
}

/** Writes a character beyond ASCII, or the escape of one that needs it; returns the address after it. */
function writeWide(at: usize, end: usize, style: u32): usize {
  const length = sequenceLength(at, end)
  if (length == 0) {
    // A byte that is no UTF-8. JSON cannot say which; value text can.
    if (style == VALUE_TEXT) {
      putReserved(0x5c)
      putReserved(0x78)
      putHex(<u32>load<u8>(at), 2)
    } else writeUnicode(REPLACEMENT)
    return at + 1
  }
  if (style == HTML_SAFE_JSON && length == 3 && isLineSeparator(at)) {
    writeUnicode(0x2000 | (<u32>load<u8>(at, 2) & 0x3f))
    return at + 3
  }
  store<u32>(writerPlace(), load<u32>(at))
  advanceWriter(writerPlace() + length)
  return at + length
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
