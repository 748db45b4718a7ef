/**
 * Paths of `json.filter`, `json.remove` and `json.patch`: arrays of keys, or strings with the keys between slashes, in which
 * `~1` stands for a slash and `~0` for a tilde.
 */
import { burn } from '../eval/fuel'
import { arrayAppend, newArray } from '../value/array'
import { newString, stringBytes, stringFrom, stringLength } from '../value/string'
import { TYPE_ARRAY, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { BYTES_PER_FUEL } from './text'

const SLASH: u32 = 0x2f
const TILDE: u32 = 0x7e

/** The keys of a path as an array; undefined if it is neither string nor array. */
export function keysOfPath(path: Value): Value {
  if (typeOf(path) == TYPE_ARRAY) return path
  return typeOf(path) == TYPE_STRING ? keysOfPointer(path) : UNDEFINED
}

/** The empty string is the empty path; slashes in front are passed over. */
function keysOfPointer(pointer: Value): Value {
  let at = stringBytes(pointer)
  const end = at + stringLength(pointer)
  const keys = newArray(2)
  if (at == end) return keys
  burn(stringLength(pointer) / BYTES_PER_FUEL)
  while (at < end && load<u8>(at) == SLASH) at++
  while (true) {
    const stop = slashOrEnd(at, end)
    arrayAppend(keys, unescape(at, stop))
    if (stop == end) return keys
    at = stop + 1
  }
}

function slashOrEnd(at: usize, end: usize): usize {
  while (at < end && load<u8>(at) != SLASH) at++
  return at
}

/** First `~1`, then `~0` is replaced, so `~01` spells `~1`. */
function unescape(start: usize, end: usize): Value {
  let escapes: u32 = 0
  for (let at = start; at < end; at++) if (isEscape(at, end)) escapes++
  const length = u32(end - start)
  if (escapes == 0) return stringFrom(start, length)
  const key = newString(length - escapes)
  let out = stringBytes(key)
  for (let at = start; at < end; at++) {
    if (isEscape(at, end)) {
      store<u8>(out++, load<u8>(at, 1) == 0x31 ? SLASH : TILDE)
      at++
    } else store<u8>(out++, load<u8>(at))
  }
  return key
}

@inline function isEscape(at: usize, end: usize): bool {
  return load<u8>(at) == TILDE && at + 1 < end && (load<u8>(at, 1) | 1) == 0x31
}
