/**
 * `urlquery.encode`, `urlquery.decode`: the form that strings have in the query of a URL, a space being a plus sign.
 */
import { burn } from '../eval/fuel'
import { openWriter, putReserved, reserve } from '../json/writer'
import { EMPTY_STRING, newString, stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, Value } from '../value/type'
import { failure, hasType } from './failure'
import { NO_DIGIT, digitOf } from './hex'
import { BYTES_PER_FUEL, finishString } from './text'

const PERCENT: u32 = 0x25
const PLUS: u32 = 0x2b

export function encodeQuery(text: Value): Value {
  if (!hasType('urlquery.encode', 1, TYPE_STRING, text)) return UNDEFINED
  openWriter(0)
  putEncoded(text)
  return finishString()
}

/** Appends the encoded string to the open text. */
export function putEncoded(text: Value): void {
  const length = stringLength(text)
  burn(length / BYTES_PER_FUEL)
  reserve(length * 3)
  const end = stringBytes(text) + length
  for (let at = stringBytes(text); at < end; at++) {
    const byte = <u32>load<u8>(at)
    if (isPlain(byte)) putReserved(byte)
    else if (byte == 0x20) putReserved(PLUS)
    else {
      putReserved(PERCENT)
      putReserved(upperDigit(byte >> 4))
      putReserved(upperDigit(byte & 15))
    }
  }
}

/** Letters, digits, `-`, `.`, `_`, `~`. */
function isPlain(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10 || byte == 0x2d || byte == 0x2e || byte == 0x5f || byte == 0x7e
}

function upperDigit(digit: u32): u32 {
  return digit < 10 ? 0x30 + digit : 0x37 + digit
}

export function decodeQuery(text: Value): Value {
  if (!hasType('urlquery.decode', 1, TYPE_STRING, text)) return UNDEFINED
  const decoded = decodeBetween(stringBytes(text), stringBytes(text) + stringLength(text))
  return decoded != UNDEFINED ? decoded : failure('urlquery.decode', 'invalid URL escape')
}

/** The string that the bytes between two addresses encode, or undefined. */
export function decodeBetween(at: usize, end: usize): Value {
  const length = u32(end - at)
  burn(length / BYTES_PER_FUEL)
  if (length == 0) return EMPTY_STRING
  const room = newString(length)
  const start = stringBytes(room)
  let out = start
  for (; at < end; at++) {
    let byte = <u32>load<u8>(at)
    if (byte == PERCENT) {
      if (at + 3 > end) return UNDEFINED
      const high = digitOf(load<u8>(at, 1))
      const low = digitOf(load<u8>(at, 2))
      if (high == NO_DIGIT || low == NO_DIGIT) return UNDEFINED
      byte = (high << 4) | low
      at += 2
    } else if (byte == PLUS) byte = 0x20
    store<u8>(out++, byte)
  }
  return stringFrom(start, u32(out - start))
}
