/**
 * Base64, in its two alphabets. Decoding passes over line breaks and does not mind stray bits before the padding, as Go's.
 */
import { burn } from '../eval/fuel'
import { booleanOf } from '../value/scalar'
import { EMPTY_STRING, newString, stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, failureAbout, hasType } from './failure'
import { BYTES_PER_FUEL } from './text'

const PADDING: u32 = 0x3d
/** What `sextet` gives for a byte outside the alphabet. */
const NO_SEXTET: u32 = 64

export function encodeBase64(text: Value): Value {
  return hasType('base64.encode', 1, TYPE_STRING, text) ? encode(text, false, true) : UNDEFINED
}

export function encodeBase64Url(text: Value): Value {
  return hasType('base64url.encode', 1, TYPE_STRING, text) ? encode(text, true, true) : UNDEFINED
}

export function encodeBase64UrlNoPad(text: Value): Value {
  return hasType('base64url.encode_no_pad', 1, TYPE_STRING, text) ? encode(text, true, false) : UNDEFINED
}

export function decodeBase64(text: Value): Value {
  if (!hasType('base64.decode', 1, TYPE_STRING, text)) return UNDEFINED
  const decoded = decode(text, false, 0)
  return decoded != UNDEFINED ? decoded : failure('base64.decode', 'illegal base64 data')
}

/** False for what is no string. */
export function isValidBase64(text: Value): Value {
  return booleanOf(typeOf(text) == TYPE_STRING && decode(text, false, 0) != UNDEFINED)
}

/** Without padding, or with all of it. Padding that is missing is supplied by the length of the text, line breaks included. */
export function decodeBase64Url(text: Value): Value {
  if (!hasType('base64url.decode', 1, TYPE_STRING, text)) return UNDEFINED
  const length = stringLength(text)
  const isPadded = length > 0 && <u32>load<u8>(stringBytes(text) + length - 1) == PADDING
  const decoded = decode(text, true, isPadded ? 0 : (4 - (length & 3)) & 3)
  if (decoded != UNDEFINED) return decoded
  return failureAbout('base64url.decode', 'illegal base64url string: ', stringBytes(text), length, '')
}

function encode(text: Value, url: bool, padded: bool): Value {
  const length = stringLength(text)
  if (length == 0) return EMPTY_STRING
  burn(length / BYTES_PER_FUEL)
  const rest = length % 3
  const result = newString((length / 3) * 4 + (rest == 0 ? 0 : padded ? 4 : rest + 1))
  const bytes = stringBytes(text)
  const whole = bytes + (length - rest)
  let out = stringBytes(result)
  for (let at = bytes; at < whole; at += 3) {
    const group = (<u32>load<u8>(at) << 16) | (<u32>load<u8>(at, 1) << 8) | <u32>load<u8>(at, 2)
    out = putSextets(out, group, 4, url)
  }
  if (rest == 0) return result
  const group = (<u32>load<u8>(whole) << 16) | (rest == 2 ? <u32>load<u8>(whole, 1) << 8 : 0)
  out = putSextets(out, group, rest + 1, url)
  if (padded) for (let i = rest; i < 3; i++) store<u8>(out++, PADDING)
  return result
}

function putSextets(out: usize, group: u32, count: u32, url: bool): usize {
  for (let i: u32 = 0; i < count; i++) store<u8>(out++, letter((group >> (18 - 6 * i)) & 63, url))
  return out
}

function letter(sextet: u32, url: bool): u32 {
  if (sextet < 26) return 0x41 + sextet
  if (sextet < 52) return 0x61 + sextet - 26
  if (sextet < 62) return 0x30 + sextet - 52
  return sextet == 62 ? (url ? 0x2d : 0x2b) : url ? 0x5f : 0x2f
}

function sextetOf(byte: u32, url: bool): u32 {
  if (byte - 0x41 < 26) return byte - 0x41
  if (byte - 0x61 < 26) return byte - 0x61 + 26
  if (byte - 0x30 < 10) return byte - 0x30 + 52
  if (byte == (url ? 0x2d : 0x2b)) return 62
  return byte == (url ? 0x5f : 0x2f) ? 63 : NO_SEXTET
}

/** The bytes, or undefined if the text is malformed. `missing`: how many signs of padding to think at its end. */
function decode(text: Value, url: bool, missing: u32): Value {
  const length = stringLength(text)
  if (length == 0) return EMPTY_STRING
  burn(length / BYTES_PER_FUEL)
  const room = newString((length >> 2) * 3 + 3)
  const start = stringBytes(room)
  let out = start
  const end = stringBytes(text) + length
  let group: u32 = 0
  let sextets: u32 = 0
  let paddings: u32 = 0
  for (let at = stringBytes(text); at < end; at++) {
    const byte = <u32>load<u8>(at)
    if (byte == 0x0a || byte == 0x0d) continue
    if (byte == PADDING) {
      // Only the last one or two of a group of four.
      if (sextets < 2 || sextets + ++paddings > 4) return UNDEFINED
      continue
    }
    const sextet = sextetOf(byte, url)
    if (sextet == NO_SEXTET || paddings != 0) return UNDEFINED
    group = (group << 6) | sextet
    if (++sextets < 4) continue
    out = putBytes(out, group, 3)
    group = 0
    sextets = 0
  }
  paddings += missing
  if (paddings == 0 ? sextets != 0 : sextets < 2 || sextets + paddings != 4) return UNDEFINED
  if (sextets != 0) out = putBytes(out, group << (24 - 6 * sextets), sextets - 1)
  return stringFrom(start, u32(out - start))
}

function putBytes(out: usize, group: u32, count: u32): usize {
  for (let i: u32 = 0; i < count; i++) store<u8>(out++, group >> (16 - 8 * i))
  return out
}
