/**
 * Objects: tables (see `table.ts`) whose entries are a key and a value.
 */
import { addEntry, appendEntry, findPlace, orderedEntries } from './table'
import { ABSENT } from './table-index'
import { OBJECT_SHIFT, newTable, tableEntries, tableLength } from './table-layout'
import { TYPE_OBJECT, UNDEFINED, Value } from './type'

export function newObject(capacity: u32): Value {
  return newTable(TYPE_OBJECT, capacity, OBJECT_SHIFT)
}

@inline export function objectLength(object: Value): u32 {
  return tableLength(object)
}

/** The value of a key, or undefined. */
export function objectGet(object: Value, key: Value): Value {
  const place = findPlace(object, key, OBJECT_SHIFT)
  return place == ABSENT ? UNDEFINED : entryValue(tableEntries(object), place)
}

/** Sets an entry; a key that is there already keeps its spelling. */
export function objectInsert(object: Value, key: Value, value: Value): void {
  store<u32>(addEntry(object, key, OBJECT_SHIFT), value, 4)
}

/** Sets an entry whose key is known to be absent. */
export function objectAppend(object: Value, key: Value, value: Value): void {
  store<u32>(appendEntry(object, key, OBJECT_SHIFT), value, 4)
}

/** Address of the entries in ascending order, for `entryKey` and `entryValue`; valid until the object changes. */
@inline export function objectEntries(object: Value): usize {
  return orderedEntries(object, OBJECT_SHIFT)
}

/** Address of the entries in no particular order. */
@inline export function objectEntriesUnordered(object: Value): usize {
  return tableEntries(object)
}

@inline export function entryKey(entries: usize, place: u32): Value {
  return load<u32>(entries + (<usize>place << OBJECT_SHIFT))
}

@inline export function entryValue(entries: usize, place: u32): Value {
  return load<u32>(entries + (<usize>place << OBJECT_SHIFT), 4)
}
