/**
 * The string literals of JSON. Plain text is copied at once; otherwise the literal is walked twice, to measure and to
 * write. As in Go's reader, a lone surrogate and each byte that is no UTF-8 become U+FFFD. Value text may have Go's
 * escapes besides: `\a`, `\v`, `\U0001f600`, and `\xff` for a byte that is no UTF-8.
 */
import { copyBytes } from '../memory/bytes'
import { EMPTY_STRING, newString, stringBytes, stringFrom } from '../value/string'
import { UNDEFINED, Value } from '../value/type'
import { plainEnd } from './plain'
import { REPLACEMENT, encodedLength, sequenceLength, writeCodePoint } from './utf8'

const QUOTE: u32 = 0x22
const BACKSLASH: u32 = 0x5c
const BAD: u32 = 0xffffffff

/** Added to a byte that stands for itself and not for a code point. */
const RAW: u32 = 0x80000000

/** Whether Go's escapes are allowed. */
let loose: bool = false

/** Address after the closing quote of the literal read last. */
export let stringEnd: usize = 0

/** The string whose opening quote is just before `start`, or undefined if it is malformed. */
export function readString(start: usize, end: usize, allowGoEscapes: bool): Value {
  const stop = plainEnd(start, end)
  if (stop == end) return UNDEFINED
  if (<u32>load<u8>(stop) == QUOTE) {
    stringEnd = stop + 1
    return stringFrom(start, u32(stop - start))
  }
  loose = allowGoEscapes
  const length = measure(start, stop, end)
  if (length == BAD) return UNDEFINED
  if (length == 0) return EMPTY_STRING
  const literalLength = u32(stringEnd - 1 - start)
  if (length == literalLength && !altered) return stringFrom(start, length)
  const value = newString(length)
  write(stringBytes(value), start)
  return value
}

/** Whether the literal measured last differs from its value. */
let altered: bool = false

/** Bytes of the value; sets `stringEnd`. */
function measure(start: usize, at: usize, end: usize): u32 {
  altered = false
  let length = u32(at - start)
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte == QUOTE) {
      stringEnd = at + 1
      return length
    }
    if (byte == BACKSLASH) {
      altered = true
      const codePoint = readEscape(at, end)
      if (codePoint == BAD) return BAD
      length += codePoint >= RAW ? 1 : encodedLength(codePoint)
      at = escapeEnd
    } else if (byte >= 0x80) {
      const sequence = sequenceLength(at, end)
      altered = altered || sequence == 0
      length += sequence == 0 ? 3 : sequence
      at += sequence == 0 ? 1 : sequence
    } else if (byte < 0x20) {
      return BAD
    } else {
      const next = plainEnd(at, end)
      length += u32(next - at)
      at = next
    }
  }
  return BAD
}

/** Writes the value of a literal that `measure` has found well-formed. */
function write(out: usize, at: usize): void {
  const end = stringEnd - 1
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte == BACKSLASH) {
      const codePoint = readEscape(at, end)
      if (codePoint >= RAW) store<u8>(out++, codePoint)
      else out = writeCodePoint(out, codePoint)
      at = escapeEnd
    } else if (byte < 0x80 || sequenceLength(at, end) != 0) {
      const next = byte < 0x80 ? max(plainEnd(at, end), at + 1) : at + sequenceLength(at, end)
      copyBytes(out, at, next - at)
      out += next - at
      at = next
    } else {
      out = writeCodePoint(out, REPLACEMENT)
      at++
    }
  }
}

/** Address after the escape read last. */
let escapeEnd: usize = 0

/** The code point of the escape at a backslash, or a raw byte; `BAD` if it is none. */
function readEscape(at: usize, end: usize): u32 {
  if (at + 2 > end) return BAD
  escapeEnd = at + 2
  switch (<u32>load<u8>(at, 1)) {
    case 0x22: return 0x22
    case 0x2f: return 0x2f
    case 0x5c: return 0x5c
    case 0x62: return 0x08
    case 0x66: return 0x0c
    case 0x6e: return 0x0a
    case 0x72: return 0x0d
    case 0x74: return 0x09
    case 0x75: break
    default: return loose ? readGoEscape(at, end) : BAD
  }
  const unit = readHex(at + 2, 4, end)
  if (unit == BAD) return BAD
  escapeEnd = at + 6
  if ((unit & 0xf800) != 0xd800) return unit
  if (unit < 0xdc00 && at + 8 <= end && <u32>load<u16>(at, 6) == 0x755c) {
    const low = readHex(at + 8, 4, end)
    if (low != BAD && (low & 0xfc00) == 0xdc00) {
      escapeEnd = at + 12
      return 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff)
    }
  }
  return REPLACEMENT
}

function readGoEscape(at: usize, end: usize): u32 {
  const letter = <u32>load<u8>(at, 1)
  if (letter == 0x61) return 0x07
  if (letter == 0x76) return 0x0b
  if (letter == 0x78) {
    const byte = readHex(at + 2, 2, end)
    escapeEnd = at + 4
    return byte < 0x80 || byte == BAD ? byte : RAW | byte
  }
  if (letter != 0x55) return BAD
  const codePoint = readHex(at + 2, 8, end)
  escapeEnd = at + 10
  if (codePoint > 0x10ffff) return BAD
  return (codePoint & 0xfffff800) == 0xd800 ? REPLACEMENT : codePoint
}

/** The value of so many hexadecimal digits. */
function readHex(at: usize, digits: usize, end: usize): u32 {
  if (at + digits > end) return BAD
  let value: u32 = 0
  for (let i: usize = 0; i < digits; i++) {
    const byte = <u32>load<u8>(at + i)
    const letter = (byte | 0x20) - 0x61
    const digit = byte - 0x30 <= 9 ? byte - 0x30 : letter <= 5 ? letter + 10 : BAD
    if (digit == BAD) return BAD
    value = (value << 4) | digit
  }
  return value
}
