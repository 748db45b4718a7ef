/**
 * `hex.encode` and `hex.decode`.
 */
import { burn } from '../eval/fuel'
import { writeCodePoint } from '../json/utf8'
import { DIGITS_A } from '../memory/layout'
import { EMPTY_STRING, newString, stringBytes, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, Value } from '../value/type'
import { failure, failureAbout, hasType } from './failure'
import { BYTES_PER_FUEL } from './text'

/** What `digitOf` gives for a byte that is no digit. */
export const NO_DIGIT: u32 = 16

export function encodeHex(text: Value): Value {
  if (!hasType('hex.encode', 1, TYPE_STRING, text)) return UNDEFINED
  const length = stringLength(text)
  if (length == 0) return EMPTY_STRING
  burn(length / BYTES_PER_FUEL)
  const result = newString(length << 1)
  let out = stringBytes(result)
  const end = stringBytes(text) + length
  for (let at = stringBytes(text); at < end; at++) {
    const byte = <u32>load<u8>(at)
    store<u8>(out++, digitLetter(byte >> 4))
    store<u8>(out++, digitLetter(byte & 15))
  }
  return result
}

export function decodeHex(text: Value): Value {
  if (!hasType('hex.decode', 1, TYPE_STRING, text)) return UNDEFINED
  const length = stringLength(text)
  if (length == 0) return EMPTY_STRING
  burn(length / BYTES_PER_FUEL)
  const start = stringBytes(text)
  for (let i: u32 = 0; i < length; i++) {
    const byte = <u32>load<u8>(start + i)
    if (digitOf(byte) == NO_DIGIT) return invalidByte(byte)
  }
  if ((length & 1) != 0) return failure('hex.decode', 'encoding/hex: odd length hex string')
  const result = newString(length >> 1)
  const out = stringBytes(result)
  for (let i: u32 = 0; i < length; i += 2) {
    store<u8>(out + (i >> 1), (digitOf(load<u8>(start + i)) << 4) | digitOf(load<u8>(start + i, 1)))
  }
  return result
}

/** `invalid byte: U+007A 'z'` */
function invalidByte(byte: u32): Value {
  store<u8>(DIGITS_A, upperDigit(byte >> 4))
  store<u8>(DIGITS_A, upperDigit(byte & 15), 1)
  store<u16>(DIGITS_A, 0x2720, 2)
  const end = writeCodePoint(DIGITS_A + 4, byte)
  return failureAbout('hex.decode', 'encoding/hex: invalid byte: U+00', DIGITS_A, u32(end - DIGITS_A), "'")
}

function upperDigit(digit: u32): u32 {
  return digit < 10 ? 0x30 + digit : 0x37 + digit
}

/** A lower-case digit. */
@inline function digitLetter(digit: u32): u32 {
  return digit < 10 ? 0x30 + digit : 0x57 + digit
}

export function digitOf(byte: u32): u32 {
  if (byte - 0x30 <= 9) return byte - 0x30
  const letter = (byte | 0x20) - 0x61
  return letter <= 5 ? letter + 10 : NO_DIGIT
}
