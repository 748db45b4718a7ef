/**
 * Finding bytes in bytes, in linear time whatever the bytes: comparing place by place as long as that goes well, and when
 * too much has been compared in vain, by a table of how far the needle repeats its own beginning (Knuth, Morris, Pratt).
 */
import { burn } from '../eval/fuel'
import { allocate, release } from '../memory/heap'
import { equalBytes } from '../memory/bytes'
import { BYTES_PER_FUEL } from './text'

/** No place. */
export const NOWHERE: usize = 0

/** Address of the first place of the needle from `at` on, or `NOWHERE`. The needle is not empty. */
export function findBytes(at: usize, end: usize, needle: usize, length: u32): usize {
  if (end - at < length) return NOWHERE
  const last = end - length
  const first = load<u8>(needle)
  const start = at
  // What may be compared in vain before the table pays.
  let patience = <i64>(end - at) * 4 + 64
  for (; at <= last; at++) {
    if (load<u8>(at) != first) continue
    if (equalBytes(at, needle, length)) {
      burn((u32(at - start) + length) / BYTES_PER_FUEL)
      return at
    }
    patience -= length
    if (patience < 0) return findByTable(at + 1, end, needle, length)
  }
  burn(u32(end - start) / BYTES_PER_FUEL)
  return NOWHERE
}

function findByTable(at: usize, end: usize, needle: usize, length: u32): usize {
  burn((u32(end - at) + length) / BYTES_PER_FUEL * 4)
  const size = <usize>length << 2
  const table = allocate(size)
  fillTable(table, needle, length)
  let matched: u32 = 0
  let found = NOWHERE
  for (; at < end; at++) {
    const byte = load<u8>(at)
    while (matched > 0 && load<u8>(needle + matched) != byte) matched = repeatAt(table, matched)
    if (load<u8>(needle + matched) == byte) matched++
    if (matched == length) {
      found = at + 1 - length
      break
    }
  }
  release(table, size)
  return found
}

/** At n - 1: how long the longest beginning of the needle is that ends its first n bytes, n itself aside. */
function fillTable(table: usize, needle: usize, length: u32): void {
  store<u32>(table, 0)
  let matched: u32 = 0
  for (let place: u32 = 1; place < length; place++) {
    const byte = load<u8>(needle + place)
    while (matched > 0 && load<u8>(needle + matched) != byte) matched = repeatAt(table, matched)
    if (load<u8>(needle + matched) == byte) matched++
    store<u32>(table + (<usize>place << 2), matched)
  }
}

@inline function repeatAt(table: usize, matched: u32): u32 {
  return load<u32>(table + (<usize>(matched - 1) << 2))
}
