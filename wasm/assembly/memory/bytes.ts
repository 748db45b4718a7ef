/**
 * Comparing and copying rows of bytes, eight at a time.
 */

/** Whether two rows of the same length are equal. */
export function equalBytes(a: usize, b: usize, byteLength: u32): bool {
  if (byteLength >= 8) {
    // Whole words, and once more the last eight bytes, which may overlap them.
    const last: usize = byteLength - 8
    for (let at: usize = 0; at < last; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false
    return load<u64>(a + last) == load<u64>(b + last)
  }
  if (byteLength >= 4) {
    const last: usize = byteLength - 4
    return load<u32>(a) == load<u32>(b) && load<u32>(a + last) == load<u32>(b + last)
  }
  for (let at: usize = 0; at < byteLength; at++) if (load<u8>(a + at) != load<u8>(b + at)) return false
  return true
}

/**
 * -1, 0 or 1, in the order of the bytes; of a row and its beginning the shorter is below. Reads up to seven bytes beyond
 * the rows, which the heap allows everywhere (see `SLACK` there).
 */
export function compareBytes(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const shared = min(aLength, bLength)
  for (let at: u32 = 0; at < shared; at += 8) {
    const difference = load<u64>(a + at) ^ load<u64>(b + at)
    if (difference != 0) {
      const place = at + u32(ctz(difference) >> 3)
      if (place >= shared) break
      return load<u8>(a + place) < load<u8>(b + place) ? -1 : 1
    }
  }
  return aLength < bLength ? -1 : i32(aLength > bLength)
}

/** Copies bytes that do not overlap; short rows without the cost of a bulk copy. */
export function copyBytes(to: usize, from: usize, byteLength: usize): void {
  if (byteLength > 64) {
    memory.copy(to, from, byteLength)
    return
  }
  while (byteLength >= 8) {
    store<u64>(to, load<u64>(from))
    to += 8
    from += 8
    byteLength -= 8
  }
  if (byteLength & 4) {
    store<u32>(to, load<u32>(from))
    to += 4
    from += 4
  }
  if (byteLength & 2) {
    store<u16>(to, load<u16>(from))
    to += 2
    from += 2
  }
  if (byteLength & 1) store<u8>(to, load<u8>(from))
}
