/**
 * Finding the end of plain text in a string: what can be copied as it is, eight bytes at a time.
 */
const TOP_BITS: u64 = 0x8080808080808080

/** Address of the first byte from `at` on that is a quote, a backslash, a control character or not ASCII; else `end`. */
export function plainEnd(at: usize, end: usize): usize {
  while (at + 8 <= end) {
    const word = load<u64>(at)
    // The lowest byte flagged is right; bytes above it may be flagged by a borrow.
    const special = (
      word
      | (word - 0x2020202020202020)
      | ((word ^ 0x2222222222222222) - 0x0101010101010101)
      | ((word ^ 0x5c5c5c5c5c5c5c5c) - 0x0101010101010101)
    ) & TOP_BITS
    if (special != 0) return at + <usize>(ctz(special) >> 3)
    at += 8
  }
  while (at < end) {
    const byte = <u32>load<u8>(at)
    if (byte < 0x20 || byte == 0x22 || byte == 0x5c || byte >= 0x80) return at
    at++
  }
  return end
}
