/** Bytes made of other bytes: flipped, cut, doubled, spliced, and numbers of the format at their extremes. */
import type { Random } from '../../support/random.js'

const EXTREMES: readonly (readonly number[])[] = [
  [0x00],
  [0x7f],
  [0x80],
  [0xff],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x7f],
  [0x80, 0x80, 0x80, 0x80, 0x00],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
  [0xed, 0xa0, 0x80],
  [0xc0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0xef, 0xbb, 0xbf],
]

export function mutateBytes(random: Random, seeds: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  let bytes = random.one(seeds).slice()
  for (let changes = 1 + random.below(5); changes > 0; changes--) bytes = change(random, bytes, seeds)
  return bytes
}

function change(random: Random, bytes: Uint8Array<ArrayBuffer>, seeds: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  // Formats say the most about themselves at their beginning.
  const reach = random.chance(50) ? Math.min(bytes.length, 200) : bytes.length
  const at = random.below(reach + 1)
  const size = random.below(random.one([2, 8, 64, 2000]))
  const rest = bytes.subarray(at + size)
  const start = bytes.subarray(0, at)
  switch (random.below(8)) {
    case 0:
      if (at < bytes.length) bytes[at] = (bytes[at] as number) ^ (1 << random.below(8))
      return bytes
    case 1:
      if (at < bytes.length) bytes[at] = random.below(256)
      return bytes
    case 2:
      return joined(start, rest)
    case 3:
      return joined(start, Uint8Array.from(random.one(EXTREMES)), bytes.subarray(at + random.below(6)))
    case 4:
      return joined(start, bytes.subarray(at, at + size), bytes.subarray(at, at + size), rest)
    case 5:
      return joined(start)
    case 6: {
      const other = random.one(seeds)
      const from = random.below(other.length + 1)
      return joined(start, other.subarray(from, from + size), rest)
    }
    default: {
      const other = random.one(seeds)
      return joined(start, other.subarray(random.below(other.length + 1)))
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
