/**
 * Sets: tables (see `table.ts`) whose entries are the items themselves.
 */
import { addEntry, appendEntry, findPlace, orderedEntries } from './table'
import { ABSENT } from './table-index'
import { SET_SHIFT, newTable, tableEntries, tableLength } from './table-layout'
import { TYPE_SET, UNDEFINED, Value } from './type'

export function newSet(capacity: u32): Value {
  return newTable(TYPE_SET, capacity, SET_SHIFT)
}

@inline export function setLength(set: Value): u32 {
  return tableLength(set)
}

@inline export function setHas(set: Value, item: Value): bool {
  return findPlace(set, item, SET_SHIFT) != ABSENT
}

/** The item of the set that equals `item` (perhaps spelt otherwise), or undefined. */
export function setGet(set: Value, item: Value): Value {
  const place = findPlace(set, item, SET_SHIFT)
  return place == ABSENT ? UNDEFINED : itemAt(tableEntries(set), place)
}

/** Adds an item; of equal items the first stays. */
export function setAdd(set: Value, item: Value): void {
  addEntry(set, item, SET_SHIFT)
}

/** Adds an item that is known to be absent. */
export function setAppend(set: Value, item: Value): void {
  appendEntry(set, item, SET_SHIFT)
}

/** Address of the items in ascending order, for `itemAt`; valid until the set changes. */
@inline export function setItems(set: Value): usize {
  return orderedEntries(set, SET_SHIFT)
}

/** Address of the items in no particular order. */
@inline export function setItemsUnordered(set: Value): usize {
  return tableEntries(set)
}

@inline export function itemAt(items: usize, place: u32): Value {
  return load<u32>(items + (<usize>place << SET_SHIFT))
}
