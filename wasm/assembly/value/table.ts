/**
 * Finding, adding, removing and ordering the entries of a table (see `table-layout.ts`).
 *
 * A few entries are searched from end to end, more of them by hash (`table-index.ts`), and without an index by halves. A new
 * entry goes to the end, whatever its key, and the table is sorted when somebody asks for its order.
 */
import { allocate, isTransient, release } from '../memory/heap'
import { compare } from './compare'
import { equal } from './equal'
import { hash } from './hash'
import { sortEntries } from './sort'
import { stringHead, stringsMatch } from './string'
import { ABSENT, UNINDEXED, buildIndex, dropIndex, indexLast, makeIndexRoom, probeFor, unindex } from './table-index'
import {
  entryAt, growTable, isSorted, isUnhashed, newTable, setSorted, setTableLength, setUnsorted, tableCapacity, tableEntries,
  tableIndex, tableLength,
} from './table-layout'
import { TYPE_STRING, Value, typeOf } from './type'

/** The place of a key, or `ABSENT`. */
export function findPlace(table: Value, key: Value, shift: u32): u32 {
  const length = tableLength(table)
  if (length <= UNINDEXED) return scanFor(tableEntries(table), length, key, shift)
  if (isHashed(table, shift)) return probeFor(table, key, hash(key), shift)
  return searchFor(orderedEntries(table, shift), length, key, shift)
}

/** Whether the entry that `addEntry` gave last is a new one. */
export let isNewEntry: bool = false

/** The address of the entry of a key: the one that is there, or a new one, of which the caller fills the rest. */
export function addEntry(table: Value, key: Value, shift: u32): usize {
  const length = tableLength(table)
  let keyHash: u32 = 0
  let place: u32
  if (length <= UNINDEXED) place = scanFor(tableEntries(table), length, key, shift)
  else if (isHashed(table, shift)) {
    keyHash = hash(key)
    place = probeFor(table, key, keyHash, shift)
  } else place = searchFor(orderedEntries(table, shift), length, key, shift)
  isNewEntry = place == ABSENT
  if (place != ABSENT) return entryAt(table, place, shift)
  return append(table, key, keyHash, shift)
}

/** As `addEntry`, for a key that is known to be absent. */
export function appendEntry(table: Value, key: Value, shift: u32): usize {
  return append(table, key, 0, shift)
}

/** Takes the entry at a place out. The last entry moves into the gap, or without an index all later ones move up. */
export function removeEntry(table: Value, place: u32, shift: u32): void {
  const last = tableLength(table) - 1
  const entry = entryAt(table, place, shift)
  if (tableIndex(table) == 0) {
    memory.copy(entry, entry + (1 << shift), <usize>(last - place) << shift)
  } else {
    unindex(table, place, shift)
    if (place != last) {
      memory.copy(entry, entryAt(table, last, shift), 1 << shift)
      setUnsorted(table)
    }
  }
  setTableLength(table, last)
  if (last == UNINDEXED) dropIndex(table)
}

/** Address of the entries, in ascending order; valid until the table changes. */
export function orderedEntries(table: Value, shift: u32): usize {
  if (!isSorted(table)) orderTable(table, shift)
  return tableEntries(table)
}

/**
 * A budget may end the evaluation in the middle of sorting. What goes with the evaluation is then gone anyway; what outlives
 * it is sorted beside and put in its place at once, or entries would be lost for good.
 */
function orderTable(table: Value, shift: u32): void {
  const entries = tableEntries(table)
  const length = tableLength(table)
  if (isTransient(table)) sortEntries(entries, length, shift)
  else {
    const size = <usize>length << shift
    const copy = allocate(size)
    memory.copy(copy, entries, size)
    sortEntries(copy, length, shift)
    memory.copy(entries, copy, size)
    release(copy, size)
  }
  setSorted(table)
  if (tableIndex(table) != 0) buildIndex(table, shift)
}

/** A table with the same entries and room for more. Its index is made when it is needed. */
export function copyTable(table: Value, more: u32, shift: u32): Value {
  const length = tableLength(table)
  const copy = newTable(typeOf(table), length + more, shift)
  memory.copy(tableEntries(copy), tableEntries(table), <usize>length << shift)
  setTableLength(copy, length)
  if (!isSorted(table)) setUnsorted(copy)
  return copy
}

/** `keyHash` is 0 if it is not known. Whatever may fail for want of memory comes before the first change. */
function append(table: Value, key: Value, keyHash: u32, shift: u32): usize {
  const length = tableLength(table)
  if (length == tableCapacity(table)) growTable(table, shift)
  if (length >= UNINDEXED && !isUnhashed(table)) makeIndexRoom(table, length + 1, shift)
  const entry = entryAt(table, length, shift)
  store<u32>(entry, key)
  setTableLength(table, length + 1)
  if (length != 0) setUnsorted(table)
  if (tableIndex(table) != 0) indexLast(table, keyHash != 0 ? keyHash : hash(key))
  return entry
}

/** Whether a long table has an index. Only a value that goes with the evaluation may get one in passing. */
@inline function isHashed(table: Value, shift: u32): bool {
  if (tableIndex(table) != 0) return true
  if (!isTransient(table) || isUnhashed(table)) return false
  buildIndex(table, shift)
  return tableIndex(table) != 0
}

/** From end to end, for few entries: most strings differ in length. */
function scanFor(entries: usize, length: u32, key: Value, shift: u32): u32 {
  if (typeOf(key) == TYPE_STRING) {
    const head = stringHead(key)
    for (let place: u32 = 0; place < length; place++) {
      const candidate: Value = load<u32>(entries + (<usize>place << shift))
      if (candidate == key || (stringHead(candidate) == head && stringsMatch(candidate, key))) return place
    }
    return ABSENT
  }
  for (let place: u32 = 0; place < length; place++) {
    if (equal(load<u32>(entries + (<usize>place << shift)), key)) return place
  }
  return ABSENT
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
