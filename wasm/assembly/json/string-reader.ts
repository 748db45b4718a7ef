/**
 * The string literals of JSON. Plain text is copied at once; otherwise the value is written into a string with room for the
 * longest that it can be, which is then cut down. As in Go's reader, a lone surrogate and each byte that is no UTF-8 become
 * U+FFFD. Value text may have Go's escapes besides: `\a`, `\v`, `\U0001f600`, and `\xff` for a byte that is no UTF-8.
 */
import { EMPTY_STRING, discardString, newString, shrinkString, stringBytes, stringFrom } from '../value/string'
import { UNDEFINED, Value } from '../value/type'
import { plainBytes, plainEnd, specialMask } from './plain'
import { REPLACEMENT, sequenceLength, writeCodePoint } from './utf8'

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
  const quote = findQuote(stop, end)
  if (quote == 0) return UNDEFINED
  stringEnd = quote + 1
  // A byte that is no UTF-8 becomes three. Words are written whole, eight bytes from wherever the end is.
  const value = newString(u32(quote - start) + 2 * wideBytes + 8)
  const length = write(stringBytes(value), start, quote)
  if (length == BAD || length == 0) {
    discardString(value)
    return length == BAD ? UNDEFINED : EMPTY_STRING
  }
  shrinkString(value, length)
  return value
}

/** How many bytes beyond ASCII `findQuote` has seen. */
let wideBytes: u32 = 0

/** Address of the closing quote, 0 if there is none or a control character comes first. */
function findQuote(at: usize, end: usize): usize {
  wideBytes = 0
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte >= 0x80) {
      wideBytes++
      at++
    } else if (byte == QUOTE) return at
    else if (byte == BACKSLASH) at += 2
    else if (byte < 0x20) return 0
    else at = plainEnd(at + 1, end)
  }
  return 0
}

/** Writes the value of the literal between two addresses; returns its length, or `BAD`. */
function write(start: usize, at: usize, quote: usize): u32 {
  let out = start
  while (at < quote) {
    // The text may end right after the quote, so a whole word is read only where it lies before that.
    if (at + 8 <= quote) {
      const word = load<u64>(at)
      const plain = plainBytes(specialMask(word))
      store<u64>(out, word)
      out += plain
      at += plain
      if (plain == 8) continue
    }
    const byte = <u32>load<u8>(at)
    if (byte >= 0x80) {
      const length = sequenceLength(at, quote)
      if (length == 0) {
        out = writeCodePoint(out, REPLACEMENT)
        at++
        continue
      }
      store<u16>(out, load<u16>(at))
      if (length > 2) store<u8>(out, load<u8>(at, 2), 2)
      if (length > 3) store<u8>(out, load<u8>(at, 3), 3)
      out += length
      at += length
    } else if (byte == BACKSLASH) {
      const codePoint = readEscape(at, quote)
      if (codePoint == BAD) return BAD
      if (codePoint >= RAW) store<u8>(out++, codePoint)
      else out = writeCodePoint(out, codePoint)
      at = escapeEnd
    } else {
      store<u8>(out++, byte)
      at++
    }
  }
  return u32(out - start)
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
