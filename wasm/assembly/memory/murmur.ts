/**
 * MurmurHash3 (x86, 32 bits), the hash of everything. The compiler computes the same for constants.
 */
export function murmur3(bytes: usize, byteLength: u32, seed: u32): u32 {
  let hash = seed
  let at = bytes
  const wordsEnd = bytes + (byteLength & ~3)
  while (at < wordsEnd) {
    hash ^= scramble(load<u32>(at))
    hash = rotl<u32>(hash, 13) * 5 + 0xe6546b64
    at += 4
  }
  const rest = byteLength & 3
  if (rest != 0) {
    let word: u32 = load<u8>(at)
    if (rest > 1) word |= <u32>load<u8>(at, 1) << 8
    if (rest > 2) word |= <u32>load<u8>(at, 2) << 16
    hash ^= scramble(word)
  }
  return finish(hash ^ byteLength)
}

/** The hash of the eight little-endian bytes of an integer. */
export function murmur3Integer(value: u64, seed: u32): u32 {
  return finish(combine(combine(seed, u32(value)), u32(value >> 32)) ^ 8)
}

/** Takes one more word into a hash under way. */
@inline export function combine(hash: u32, word: u32): u32 {
  return rotl<u32>(hash ^ scramble(word), 13) * 5 + 0xe6546b64
}

/** Spreads the bits of a hash under way. */
@inline export function finish(hash: u32): u32 {
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35
  return hash ^ (hash >> 16)
}

@inline function scramble(word: u32): u32 {
  return rotl<u32>(word * 0xcc9e2d51, 15) * 0x1b873593
}
