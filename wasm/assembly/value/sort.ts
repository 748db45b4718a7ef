/**
 * Sorting entries by key: a stable merge sort that leaves ordered stretches alone, so that a sorted table to which a few
 * entries were added is put in order in linear time.
 */
import { burn } from '../eval/fuel'
import { allocate, release } from '../memory/heap'
import { compare } from './compare'
import { Value } from './type'

/** Stretches up to this length are sorted by insertion. */
const FEW: u32 = 8

/** Sorts entries of `1 << shift` bytes by their first value. */
export function sortEntries(entries: usize, length: u32, shift: u32): void {
  if (length <= FEW) {
    insertionSort(entries, length, shift)
    return
  }
  if (ascendsStrictly(entries, length, shift)) return
  burn(length)
  const size = <usize>(length >> 1) << shift
  const spare = allocate(size)
  mergeSort(entries, length, spare, shift)
  release(spare, size)
}

/** Whether each key is above the one before it: sorted, and without duplicates. */
export function ascendsStrictly(entries: usize, length: u32, shift: u32): bool {
  for (let place: u32 = 1; place < length; place++) {
    const entry = entries + (<usize>place << shift)
    if (compare(load<u32>(entry - (1 << shift)), load<u32>(entry)) >= 0) return false
  }
  return true
}

function mergeSort(entries: usize, length: u32, spare: usize, shift: u32): void {
  if (length <= FEW) {
    insertionSort(entries, length, shift)
    return
  }
  const leftLength = length >> 1
  const right = entries + (<usize>leftLength << shift)
  mergeSort(entries, leftLength, spare, shift)
  mergeSort(right, length - leftLength, spare, shift)
  if (compare(load<u32>(right - (1 << shift)), load<u32>(right)) > 0) {
    merge(entries, right, entries + (<usize>length << shift), spare, shift)
  }
}

/** Merges two neighbouring stretches; `spare` takes the left one. */
function merge(start: usize, right: usize, end: usize, spare: usize, shift: u32): void {
  memory.copy(spare, start, right - start)
  let left = spare
  const leftEnd = spare + (right - start)
  let out = start
  while (left < leftEnd) {
    if (right < end && compare(load<u32>(left), load<u32>(right)) > 0) {
      moveEntry(out, right, shift)
      right += 1 << shift
    } else {
      moveEntry(out, left, shift)
      left += 1 << shift
    }
    out += 1 << shift
  }
}

function insertionSort(entries: usize, length: u32, shift: u32): void {
  const size: usize = 1 << shift
  const end = entries + (<usize>length << shift)
  for (let next = entries + size; next < end; next += size) {
    const key: Value = load<u32>(next)
    if (compare(load<u32>(next - size), key) <= 0) continue
    const value = shift == 3 ? load<u32>(next, 4) : 0
    let gap = next
    do {
      moveEntry(gap, gap - size, shift)
      gap -= size
    } while (gap > entries && compare(load<u32>(gap - size), key) > 0)
    store<u32>(gap, key)
    if (shift == 3) store<u32>(gap, value, 4)
  }
}

@inline function moveEntry(to: usize, from: usize, shift: u32): void {
  if (shift == 3) store<u64>(to, load<u64>(from))
  else store<u32>(to, load<u32>(from))
}
