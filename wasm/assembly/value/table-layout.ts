/**
 * The table behind objects and sets: its fields.
 *
 *  0        1       4             8               12             16            20
 *  │ 6 or 7 │ flags │ length: u32 │ capacity: u32 │ entries →    │ index →     │ indexSize: u32
 *
 * An entry is {key, value} in an object and {item} in a set; a `shift` of 3 or 2 says which.
 */
import { allocate, release } from '../memory/heap'
import { Value } from './type'

const FLAGS: usize = 1
const LENGTH: usize = 4
const CAPACITY: usize = 8
const ENTRIES: usize = 12
const INDEX: usize = 16
const INDEX_SIZE: usize = 20
export const TABLE_SIZE: usize = 24

export const OBJECT_SHIFT: u32 = 3
export const SET_SHIFT: u32 = 2

/** The entries are in ascending order. */
const SORTED: u32 = 1

/** Too many keys go by the same hashes: the table has no index and is kept in order instead. */
const UNHASHED: u32 = 4

export function newTable(type: u32, capacity: u32, shift: u32): Value {
  return tableAround(type, capacity == 0 ? 0 : allocate(<usize>capacity << shift), 0, capacity)
}

/** A table around entries that are in ascending order without duplicates. */
export function tableAround(type: u32, entries: usize, length: u32, capacity: u32): Value {
  const table = allocate(TABLE_SIZE)
  store<u32>(table, type | (SORTED << 8))
  store<u32>(table, length, LENGTH)
  store<u32>(table, capacity, CAPACITY)
  store<u32>(table, entries, ENTRIES)
  store<u64>(table, 0, INDEX)
  return table
}

@inline export function tableLength(table: Value): u32 {
  return load<u32>(table, LENGTH)
}

@inline export function setTableLength(table: Value, length: u32): void {
  store<u32>(table, length, LENGTH)
}

@inline export function tableCapacity(table: Value): u32 {
  return load<u32>(table, CAPACITY)
}

/** Address of the entries in whatever order they are; valid until the table grows. */
@inline export function tableEntries(table: Value): usize {
  return load<u32>(table, ENTRIES)
}

@inline export function entryAt(table: Value, place: u32, shift: u32): usize {
  return tableEntries(table) + (<usize>place << shift)
}

@inline export function tableIndex(table: Value): usize {
  return load<u32>(table, INDEX)
}

@inline export function tableIndexSize(table: Value): u32 {
  return load<u32>(table, INDEX_SIZE)
}

@inline export function setTableIndex(table: Value, index: usize, size: u32): void {
  store<u32>(table, index, INDEX)
  store<u32>(table, size, INDEX_SIZE)
}

@inline export function isSorted(table: Value): bool {
  return (load<u8>(table, FLAGS) & SORTED) != 0
}

@inline export function setSorted(table: Value): void {
  store<u8>(table, load<u8>(table, FLAGS) | SORTED, FLAGS)
}

@inline export function setUnsorted(table: Value): void {
  store<u8>(table, load<u8>(table, FLAGS) & ~SORTED, FLAGS)
}

@inline export function isUnhashed(table: Value): bool {
  return (load<u8>(table, FLAGS) & UNHASHED) != 0
}

@inline export function setUnhashed(table: Value): void {
  store<u8>(table, load<u8>(table, FLAGS) | UNHASHED, FLAGS)
}

/** Makes room for more entries: twice as many. */
export function growTable(table: Value, shift: u32): void {
  const length = tableLength(table)
  const capacity = length < 4 ? 4 : length << 1
  const entries = allocate(<usize>capacity << shift)
  if (length != 0) {
    const old = tableEntries(table)
    memory.copy(entries, old, <usize>length << shift)
    release(old, <usize>length << shift)
  }
  store<u32>(table, entries, ENTRIES)
  store<u32>(table, capacity, CAPACITY)
}
