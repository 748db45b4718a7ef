/**
 * The index of a table: the places of its entries by the hash of their keys.
 *
 * A row of u32 slots, a power of two and at least twice as many as there are entries. The hash of a key, cut to the size,
 * is the first slot to look at, then the next ones in turn; a slot holds the place of an entry plus one, or 0.
 *
 * Hostile keys may be chosen so that all have one hash. When the walk from slot to slot gets long, the table gives its
 * index up for good and is searched by halves.
 */
import { allocate, release } from '../memory/heap'
import { equal } from './equal'
import { hash } from './hash'
import { stringHead, stringsMatch } from './string'
import {
  entryAt, setTableIndex, setUnhashed, tableEntries, tableIndex, tableIndexSize, tableLength,
} from './table-layout'
import { TYPE_STRING, Value, typeOf } from './type'

/** Tables up to this length have no index. */
export const UNINDEXED: u32 = 8

/** What a search gives for a key that is not there. */
export const ABSENT: u32 = 0xffffffff

/** How far the right slot of a key may be from its first one. With good hashes not even a table of millions gets there. */
const LONGEST_WALK: u32 = 128

const SMALLEST_INDEX: u32 = 32

/** The place of a key by its hash, or `ABSENT`. The table must have an index. */
export function probeFor(table: Value, key: Value, keyHash: u32, shift: u32): u32 {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  const entries = tableEntries(table)
  const isString = typeOf(key) == TYPE_STRING
  const head = isString ? stringHead(key) : 0
  let slot = keyHash & mask
  while (true) {
    const place = load<u32>(index + (<usize>slot << 2))
    if (place == 0) return ABSENT
    const candidate: Value = load<u32>(entries + (<usize>(place - 1) << shift))
    if (candidate == key) return place - 1
    if (isString) {
      if (stringHead(candidate) == head && stringsMatch(candidate, key)) return place - 1
    } else if (equal(candidate, key)) return place - 1
    slot = (slot + 1) & mask
  }
}

/** Takes the last entry of the table into the index, which has room for it. */
export function indexLast(table: Value, keyHash: u32): void {
  if (!indexPlace(table, keyHash, tableLength(table))) giveIndexUp(table)
}

/** Makes the index of a table, or makes it anew after the entries have moved. */
export function buildIndex(table: Value, shift: u32): void {
  const length = tableLength(table)
  if (length << 1 > tableIndexSize(table)) makeIndexRoom(table, length, shift)
  else fillIndex(table, shift)
}

/** Sees to it that the index is large enough for so many entries. */
export function makeIndexRoom(table: Value, length: u32, shift: u32): void {
  if (length << 1 <= tableIndexSize(table)) return
  dropIndex(table)
  let size = SMALLEST_INDEX
  while (size < length << 1) size <<= 1
  setTableIndex(table, allocate(<usize>size << 2), size)
  fillIndex(table, shift)
}

function fillIndex(table: Value, shift: u32): void {
  memory.fill(tableIndex(table), 0, <usize>tableIndexSize(table) << 2)
  const length = tableLength(table)
  let entry = tableEntries(table)
  for (let place: u32 = 1; place <= length; place++) {
    if (!indexPlace(table, hash(load<u32>(entry)), place)) {
      giveIndexUp(table)
      return
    }
    entry += 1 << shift
  }
}

export function dropIndex(table: Value): void {
  const index = tableIndex(table)
  if (index != 0) release(index, <usize>tableIndexSize(table) << 2)
  setTableIndex(table, 0, 0)
}

/** Takes the entry at a place out of the index; the last entry will move there. INVARIANT: neither has happened yet. */
export function unindex(table: Value, place: u32, shift: u32): void {
  const last = tableLength(table) - 1
  emptySlot(table, slotOf(table, place, shift), shift)
  if (place != last) store<u32>(tableIndex(table) + (<usize>slotOf(table, last, shift) << 2), place + 1)
}

function giveIndexUp(table: Value): void {
  dropIndex(table)
  setUnhashed(table)
}

/** Writes a place (counted from one) into the first free slot for a hash; false if that is too far from where it belongs. */
function indexPlace(table: Value, keyHash: u32, place: u32): bool {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  let slot = keyHash & mask
  for (let walked: u32 = 0; walked < LONGEST_WALK; walked++) {
    const address = index + (<usize>slot << 2)
    if (load<u32>(address) == 0) {
      store<u32>(address, place)
      return true
    }
    slot = (slot + 1) & mask
  }
  return false
}

/** The slot that holds a place. */
function slotOf(table: Value, place: u32, shift: u32): u32 {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  let slot = hash(load<u32>(entryAt(table, place, shift))) & mask
  while (load<u32>(index + (<usize>slot << 2)) != place + 1) slot = (slot + 1) & mask
  return slot
}

/** Empties a slot and moves later slots of the same walk up, so that no walk breaks off too early. */
function emptySlot(table: Value, gap: u32, shift: u32): void {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  let slot = gap
  while (true) {
    slot = (slot + 1) & mask
    const place = load<u32>(index + (<usize>slot << 2))
    if (place == 0) break
    const home = hash(load<u32>(entryAt(table, place - 1, shift))) & mask
    if (((slot - home) & mask) >= ((slot - gap) & mask)) {
      store<u32>(index + (<usize>gap << 2), place)
      gap = slot
    }
  }
  store<u32>(index + (<usize>gap << 2), 0)
}
