/**
 * Strings as rows of code points. A string may hold bytes that are no UTF-8 (decoded base64, for instance); each of them
 * counts as one code point, U+FFFD, as in Go.
 */
import { burn } from '../eval/fuel'
import { REPLACEMENT, sequenceLength, writeCodePoint } from '../json/utf8'
import { closeWriter, writerBlockSize, writerPlace } from '../json/writer'
import { release } from '../memory/heap'
import { newString, stringBytes, stringFrom, stringLength } from '../value/string'
import { Value } from '../value/type'

const TOP_BITS: u64 = 0x8080808080808080

/** One unit of fuel stands for about this many bytes. */
export const BYTES_PER_FUEL: u32 = 64

/** Bytes of the code point at an address, which is before `end`; 1 for a byte that is no UTF-8. */
@inline export function widthAt(at: usize, end: usize): u32 {
  return load<u8>(at) < 0x80 ? 1 : max(sequenceLength(at, end), 1)
}

/** The code point at an address, which is before `end`. */
export function codePointAt(at: usize, end: usize): u32 {
  const first = <u32>load<u8>(at)
  if (first < 0x80) return first
  const length = sequenceLength(at, end)
  if (length == 0) return REPLACEMENT
  if (length == 2) return ((first & 0x1f) << 6) | continuation(at, 1)
  if (length == 3) return ((first & 0x0f) << 12) | (continuation(at, 1) << 6) | continuation(at, 2)
  return ((first & 0x07) << 18) | (continuation(at, 1) << 12) | (continuation(at, 2) << 6) | continuation(at, 3)
}

@inline function continuation(at: usize, offset: usize): u32 {
  return load<u8>(at + offset) & 0x3f
}

/** Address after the ASCII that begins at an address. */
export function asciiEnd(at: usize, end: usize): usize {
  while (at + 8 <= end && (load<u64>(at) & TOP_BITS) == 0) at += 8
  while (at < end && load<u8>(at) < 0x80) at++
  return at
}

export function countCodePoints(value: Value): u32 {
  const bytes = stringBytes(value)
  return countBetween(bytes, bytes + stringLength(value))
}

/** How many code points there are between two addresses. */
export function countBetween(at: usize, end: usize): u32 {
  burn(u32(end - at) / BYTES_PER_FUEL)
  let count: u32 = 0
  while (at < end) {
    const next = asciiEnd(at, end)
    count += u32(next - at)
    at = next
    while (at < end && load<u8>(at) >= 0x80) {
      at += widthAt(at, end)
      count++
    }
  }
  return count
}

/** Address of the code point `count` places further on, or `end`. */
export function skipCodePoints(at: usize, end: usize, count: u64): usize {
  for (; count > 0 && at < end; count--) at += widthAt(at, end)
  return at
}

/** The same string with U+FFFD for every byte that is no UTF-8; mostly the string itself. */
export function wellFormed(value: Value): Value {
  const start = stringBytes(value)
  const end = start + stringLength(value)
  let bad: u32 = 0
  for (let at = asciiEnd(start, end); at < end; at += widthAt(at, end)) if (sequenceLength(at, end) == 0) bad++
  if (bad == 0) return value
  const copy = newString(stringLength(value) + 2 * bad)
  let out = stringBytes(copy)
  for (let at = start; at < end; ) {
    const length = sequenceLength(at, end)
    if (length == 0) {
      out = writeCodePoint(out, REPLACEMENT)
      at++
    } else {
      memory.copy(out, at, length)
      out += length
      at += length
    }
  }
  return copy
}

/** Ends the open text and makes a string of it. */
export function finishString(): Value {
  const block = closeWriter()
  const size = writerBlockSize()
  const result = stringFrom(block, u32(writerPlace() - block))
  release(block, size)
  return result
}
