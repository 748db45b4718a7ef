/**
 * Telling plain text from what needs a look, eight bytes at a time.
 *
 * A mask has the top bit of every byte that is special. Only the lowest one set is sure to be right: the subtractions may
 * borrow from the bytes above it.
 */
const TOP_BITS: u64 = 0x8080808080808080
const ONES: u64 = 0x0101010101010101

/** Quotes, backslashes, control characters and all that is not ASCII. */
@inline export function specialMask(word: u64): u64 {
  return (word | (word - 0x20 * ONES) | ((word ^ (0x22 * ONES)) - ONES) | ((word ^ (0x5c * ONES)) - ONES)) & TOP_BITS
}

/** `<`, `>` and `&`. */
@inline export function htmlMask(word: u64): u64 {
  return (((word ^ (0x3c * ONES)) - ONES) | ((word ^ (0x3e * ONES)) - ONES) | ((word ^ (0x26 * ONES)) - ONES)) & TOP_BITS
}

/** How many of the eight bytes of a mask lie below the first special one. */
@inline export function plainBytes(mask: u64): u32 {
  return mask == 0 ? 8 : u32(ctz(mask) >> 3)
}

/** Address of the first special byte from `at` on, else `end`. */
export function plainEnd(at: usize, end: usize): usize {
  while (at + 8 <= end) {
    const mask = specialMask(load<u64>(at))
    if (mask != 0) return at + plainBytes(mask)
    at += 8
  }
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte < 0x20 || byte == 0x22 || byte == 0x5c || byte >= 0x80) return at
    at++
  }
  return end
}
