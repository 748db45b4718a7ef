/**
 * Comparing rows of bytes, eight at a time.
 */

/** Whether two rows of the same length are equal. */
export function equalBytes(a: usize, b: usize, byteLength: u32): bool {
  const end = a + byteLength
  while (a + 8 <= end) {
    if (load<u64>(a) != load<u64>(b)) return false
    a += 8
    b += 8
  }
  if (a + 4 <= end) {
    if (load<u32>(a) != load<u32>(b)) return false
    a += 4
    b += 4
  }
  while (a < end) if (load<u8>(a++) != load<u8>(b++)) return false
  return true
}

/** -1, 0 or 1, in the order of the bytes; of a row and its beginning the shorter is below. */
export function compareBytes(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const end = a + min(aLength, bLength)
  while (a + 8 <= end) {
    const difference = load<u64>(a) ^ load<u64>(b)
    if (difference != 0) {
      const at = <usize>(ctz(difference) >> 3)
      return load<u8>(a + at) < load<u8>(b + at) ? -1 : 1
    }
    a += 8
    b += 8
  }
  while (a < end) {
    const left = <u32>load<u8>(a++)
    const right = <u32>load<u8>(b++)
    if (left != right) return left < right ? -1 : 1
  }
  return aLength < bLength ? -1 : i32(aLength > bLength)
}
