/**
 * The table behind objects and sets: entries in a row, and for more than a few of them an index of their places by hash.
 *
 *  0        1       4             8               12             16            20
 *  │ 6 or 7 │ flags │ length: u32 │ capacity: u32 │ entries →    │ index →     │ indexSize: u32
 *
 * An entry is {key, value} in an object and {item} in a set; `shift` below is 3 or 2 accordingly. The index is a row of
 * u32 slots, a power of two and at least twice the length: the hash of a key, cut to the size, is the first slot to look
 * at, then the next ones in turn; a slot holds the place of an entry plus one, or 0. Without an index a small table is
 * searched from end to end and a large sorted one by halves.
 *
 * A new entry goes to the end, whatever its key, and the table is sorted when somebody asks for its order.
 *
 * Hostile keys may be chosen so that all have one hash. When the walk from slot to slot gets long, a table gives its index up
 * for good and is searched by halves.
 */
import { allocate, isTransient, release } from '../memory/heap'
import { compare } from './compare'
import { equal, equalStrings } from './equal'
import { hash } from './hash'
import { sortEntries } from './sort'
import { stringHash, stringLength } from './string'
import { TYPE_STRING, typeOf, Value } from './type'

const FLAGS: usize = 1
const LENGTH: usize = 4
const CAPACITY: usize = 8
const ENTRIES: usize = 12
const INDEX: usize = 16
const INDEX_SIZE: usize = 20
export const TABLE_SIZE: usize = 24

export const OBJECT_SHIFT: u32 = 3
export const SET_SHIFT: u32 = 2

const SORTED: u32 = 1

/** Too many keys go by the same hashes: the table has no index and is kept in order instead. */
const UNHASHED: u32 = 4

/** How far the right slot of a key may be from its first one. With good hashes not even a table of millions gets there. */
const LONGEST_WALK: u32 = 128

/** Tables up to this length have no index. */
export const UNINDEXED: u32 = 8

/** What `findPlace` gives for a key that is not there. */
export const ABSENT: u32 = 0xffffffff

export function newTable(type: u32, capacity: u32, shift: u32): Value {
  const table = allocate(TABLE_SIZE)
  store<u32>(table, type | (SORTED << 8))
  store<u32>(table, 0, LENGTH)
  store<u32>(table, capacity, CAPACITY)
  store<u32>(table, capacity == 0 ? 0 : allocate(<usize>capacity << shift), ENTRIES)
  store<u64>(table, 0, INDEX)
  return table
}

/** A table around entries that are in ascending order without duplicates. */
export function tableAround(type: u32, entries: usize, length: u32): Value {
  const table = allocate(TABLE_SIZE)
  store<u32>(table, type | (SORTED << 8))
  store<u32>(table, length, LENGTH)
  store<u32>(table, length, CAPACITY)
  store<u32>(table, entries, ENTRIES)
  store<u64>(table, 0, INDEX)
  return table
}

@inline export function tableLength(table: Value): u32 {
  return load<u32>(table, LENGTH)
}

@inline export function tableCapacity(table: Value): u32 {
  return load<u32>(table, CAPACITY)
}

@inline export function tableEntries(table: Value): usize {
  return load<u32>(table, ENTRIES)
}

@inline export function tableIndex(table: Value): usize {
  return load<u32>(table, INDEX)
}

@inline export function tableIndexSize(table: Value): u32 {
  return load<u32>(table, INDEX_SIZE)
}

@inline export function isSorted(table: Value): bool {
  return (load<u8>(table, FLAGS) & SORTED) != 0
}

/** Address of the entries, in ascending order; valid until the table changes. */
export function orderedEntries(table: Value, shift: u32): usize {
  if (!isSorted(table)) sortTable(table, shift)
  return tableEntries(table)
}

/** The place of a key, or `ABSENT`. */
export function findPlace(table: Value, key: Value, shift: u32): u32 {
  const length = tableLength(table)
  if (length <= UNINDEXED) return scanFor(tableEntries(table), length, key, shift)
  if (tableIndex(table) == 0 && isTransient(table) && !isUnhashed(table)) buildIndex(table, shift)
  if (tableIndex(table) != 0) return probeFor(table, key, shift)
  return searchFor(orderedEntries(table, shift), length, key, shift)
}

/** A table with the same entries and room for more. Its index is made when it is needed. */
export function copyTable(table: Value, more: u32, shift: u32): Value {
  const length = tableLength(table)
  const copy = newTable(typeOf(table), length + more, shift)
  memory.copy(tableEntries(copy), tableEntries(table), <usize>length << shift)
  store<u32>(copy, length, LENGTH)
  store<u8>(copy, load<u8>(table, FLAGS) & SORTED, FLAGS)
  return copy
}

/** Adds an entry for a key that is known to be absent; the caller fills the rest of the entry at the address given. */
export function appendEntry(table: Value, key: Value, shift: u32): usize {
  const length = tableLength(table)
  if (length == tableCapacity(table)) growEntries(table, length, shift)
  const entry = tableEntries(table) + (<usize>length << shift)
  store<u32>(entry, key)
  store<u32>(table, length + 1, LENGTH)
  if (length != 0) store<u8>(table, load<u8>(table, FLAGS) & ~SORTED, FLAGS)
  if (length >= UNINDEXED && !isUnhashed(table)) {
    if ((length + 1) << 1 > tableIndexSize(table)) buildIndex(table, shift)
    else if (!indexPlace(table, key, length + 1)) giveIndexUp(table)
  }
  return entry
}

/** Takes the entry at a place out. The last entry moves into the gap, or with few entries all later ones move up. */
export function removeEntry(table: Value, place: u32, shift: u32): void {
  const last = tableLength(table) - 1
  const entries = tableEntries(table)
  const entry = entries + (<usize>place << shift)
  if (tableIndex(table) == 0) {
    memory.copy(entry, entry + (1 << shift), <usize>(last - place) << shift)
  } else {
    unindex(table, slotOf(table, place, shift), shift)
    if (place != last) {
      store<u32>(slotOf(table, last, shift), place + 1)
      memory.copy(entry, entries + (<usize>last << shift), 1 << shift)
      store<u8>(table, load<u8>(table, FLAGS) & ~SORTED, FLAGS)
    }
  }
  store<u32>(table, last, LENGTH)
  if (last == UNINDEXED) dropIndex(table)
}

export function dropIndex(table: Value): void {
  const index = tableIndex(table)
  if (index != 0) release(index, <usize>tableIndexSize(table) << 2)
  store<u64>(table, 0, INDEX)
}

/** Makes the index of a table for its present length (or one more), or makes it anew after the entries have moved. */
export function buildIndex(table: Value, shift: u32): void {
  const length = tableLength(table)
  let size = tableIndexSize(table)
  if (length << 1 > size) {
    dropIndex(table)
    size = 32
    while (size < length << 1) size <<= 1
    if (size == length << 1) size <<= 1
    store<u32>(table, allocate(<usize>size << 2), INDEX)
    store<u32>(table, size, INDEX_SIZE)
  }
  memory.fill(tableIndex(table), 0, <usize>size << 2)
  let entry = tableEntries(table)
  for (let place: u32 = 1; place <= length; place++) {
    if (!indexPlace(table, load<u32>(entry), place)) {
      giveIndexUp(table)
      return
    }
    entry += 1 << shift
  }
}

function giveIndexUp(table: Value): void {
  dropIndex(table)
  store<u8>(table, load<u8>(table, FLAGS) | UNHASHED, FLAGS)
}

@inline function isUnhashed(table: Value): bool {
  return (load<u8>(table, FLAGS) & UNHASHED) != 0
}

function sortTable(table: Value, shift: u32): void {
  sortEntries(tableEntries(table), tableLength(table), shift)
  store<u8>(table, load<u8>(table, FLAGS) | SORTED, FLAGS)
  if (tableIndex(table) != 0) buildIndex(table, shift)
}

function growEntries(table: Value, length: u32, shift: u32): void {
  const capacity = length < 4 ? 4 : length << 1
  const entries = allocate(<usize>capacity << shift)
  const old = tableEntries(table)
  if (length != 0) {
    memory.copy(entries, old, <usize>length << shift)
    release(old, <usize>length << shift)
  }
  store<u32>(table, entries, ENTRIES)
  store<u32>(table, capacity, CAPACITY)
}

/** From end to end, for few entries: most strings differ in length. */
function scanFor(entries: usize, length: u32, key: Value, shift: u32): u32 {
  const isString = typeOf(key) == TYPE_STRING
  const keyLength = isString ? stringLength(key) : 0
  for (let place: u32 = 0; place < length; place++) {
    const candidate: Value = load<u32>(entries + (<usize>place << shift))
    if (candidate == key) return place
    if (isString) {
      if (isSameString(candidate, key, keyLength)) return place
    } else if (equal(candidate, key)) return place
  }
  return ABSENT
}

@inline function isSameString(candidate: Value, key: Value, keyLength: u32): bool {
  return typeOf(candidate) == TYPE_STRING && stringLength(candidate) == keyLength && equalStrings(candidate, key)
}

/** By halves, in order. */
function searchFor(entries: usize, length: u32, key: Value, shift: u32): u32 {
  let low: u32 = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    const order = compare(load<u32>(entries + (<usize>middle << shift)), key)
    if (order == 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return ABSENT
}

/** By hash. */
function probeFor(table: Value, key: Value, shift: u32): u32 {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  const entries = tableEntries(table)
  const isString = typeOf(key) == TYPE_STRING
  const keyHash = isString ? stringHash(key) : hash(key)
  const keyLength = isString ? stringLength(key) : 0
  let slot = keyHash & mask
  while (true) {
    const place = load<u32>(index + (<usize>slot << 2))
    if (place == 0) break
    const candidate: Value = load<u32>(entries + (<usize>(place - 1) << shift))
    if (candidate == key) return place - 1
    if (isString) {
      if (isSameString(candidate, key, keyLength)) return place - 1
    } else if (equal(candidate, key)) return place - 1
    slot = (slot + 1) & mask
  }
  return ABSENT
}

/** Writes a place (plus one) into the first free slot for a key; false if that is too far from where it belongs. */
function indexPlace(table: Value, key: Value, place: u32): bool {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  let slot = hash(key) & mask
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

/** Address of the slot that holds a place. */
function slotOf(table: Value, place: u32, shift: u32): usize {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  let slot = hash(load<u32>(tableEntries(table) + (<usize>place << shift))) & mask
  while (load<u32>(index + (<usize>slot << 2)) != place + 1) slot = (slot + 1) & mask
  return index + (<usize>slot << 2)
}

/** Empties a slot and moves later slots of the same walk up, so that no walk breaks off too early. */
function unindex(table: Value, slotAddress: usize, shift: u32): void {
  const index = tableIndex(table)
  const mask = tableIndexSize(table) - 1
  const entries = tableEntries(table)
  let gap = u32((slotAddress - index) >> 2)
  let slot = gap
  while (true) {
    slot = (slot + 1) & mask
    const place = load<u32>(index + (<usize>slot << 2))
    if (place == 0) break
    const home = hash(load<u32>(entries + (<usize>(place - 1) << shift))) & mask
    if (((slot - home) & mask) >= ((slot - gap) & mask)) {
      store<u32>(index + (<usize>gap << 2), place)
      gap = slot
    }
  }
  store<u32>(index + (<usize>gap << 2), 0)
}
