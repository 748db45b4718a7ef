/**
 * UTF-8: how long a sequence is, and how a code point is written.
 */

/** Written for whatever is no character. */
export const REPLACEMENT: u32 = 0xfffd

/** Length of the well-formed sequence at an address, 0 if there is none before `end`. */
export function sequenceLength(at: usize, end: usize): u32 {
  const first = <u32>load<u8>(at)
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  const length: u32 = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  if (at + length > end) return 0
  const second = <u32>load<u8>(at, 1)
  const low: u32 = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80
  const high: u32 = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf
  if (second < low || second > high) return 0
  if (length > 2 && !continues(at + 2)) return 0
  if (length > 3 && !continues(at + 3)) return 0
  return length
}

@inline function continues(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80
}

/** Writes a code point at an address and returns the address after it. */
export function writeCodePoint(at: usize, codePoint: u32): usize {
  if (codePoint < 0x80) {
    store<u8>(at, codePoint)
    return at + 1
  }
  if (codePoint < 0x800) {
    store<u8>(at, 0xc0 | (codePoint >> 6))
    store<u8>(at, 0x80 | (codePoint & 0x3f), 1)
    return at + 2
  }
  if (codePoint < 0x10000) {
    store<u8>(at, 0xe0 | (codePoint >> 12))
    store<u8>(at, 0x80 | ((codePoint >> 6) & 0x3f), 1)
    store<u8>(at, 0x80 | (codePoint & 0x3f), 2)
    return at + 3
  }
  store<u8>(at, 0xf0 | (codePoint >> 18))
  store<u8>(at, 0x80 | ((codePoint >> 12) & 0x3f), 1)
  store<u8>(at, 0x80 | ((codePoint >> 6) & 0x3f), 2)
  store<u8>(at, 0x80 | (codePoint & 0x3f), 3)
  return at + 4
}
