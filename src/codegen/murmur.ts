/**
 * MurmurHash3 (x86, 32 bits), as the runtime computes it for strings and integers: constants come with their hashes.
 */

/** Hash of a row of bytes. */
export function murmur3(bytes: Uint8Array, seed: number): number {
  let hash = seed
  const wordsEnd = bytes.length & ~3
  for (let at = 0; at < wordsEnd; at += 4) {
    hash = combine(
      hash,
      (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24),
    )
  }
  const rest = bytes.length & 3
  if (rest > 0) {
    let word = bytes[wordsEnd] as number
    if (rest > 1) word |= (bytes[wordsEnd + 1] as number) << 8
    if (rest > 2) word |= (bytes[wordsEnd + 2] as number) << 16
    hash ^= scramble(word)
  }
  return finish(hash ^ bytes.length)
}

/** Hash of the eight little-endian bytes of an integer. */
export function murmur3Integer(value: bigint, seed: number): number {
  const low = Number(value & 0xffffffffn)
  const high = Number((value >> 32n) & 0xffffffffn)
  return finish(combine(combine(seed, low), high) ^ 8)
}

function combine(hash: number, word: number): number {
  return (Math.imul(rotate(hash ^ scramble(word), 13), 5) + 0xe6546b64) | 0
}

function scramble(word: number): number {
  return Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
