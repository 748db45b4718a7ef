/**
 * Arrays: a header that stays and items that move when the array grows.
 *
 *  0      4             8               12
 *  │ 5    │ length: u32 │ capacity: u32 │ items → u32[capacity]
 */
import { allocate, release } from '../memory/heap'
import { TYPE_ARRAY, Value } from './type'

const LENGTH: usize = 4
const CAPACITY: usize = 8
const ITEMS: usize = 12
export const ARRAY_SIZE: usize = 16

export function newArray(capacity: u32): Value {
  const array = allocate(ARRAY_SIZE)
  store<u32>(array, TYPE_ARRAY)
  store<u32>(array, 0, LENGTH)
  store<u32>(array, capacity, CAPACITY)
  store<u32>(array, capacity == 0 ? 0 : allocate(<usize>capacity << 2), ITEMS)
  return array
}

@inline export function arrayLength(array: Value): u32 {
  return load<u32>(array, LENGTH)
}

/** The element at a place, which must be below the length. */
@inline export function arrayAt(array: Value, place: u32): Value {
  return load<u32>(load<u32>(array, ITEMS) + (<usize>place << 2))
}

/** Address of the first element's slot; valid until the array grows. */
@inline export function arrayItems(array: Value): usize {
  return load<u32>(array, ITEMS)
}

@inline export function arrayCapacity(array: Value): u32 {
  return load<u32>(array, CAPACITY)
}

export function arrayAppend(array: Value, value: Value): void {
  const length = arrayLength(array)
  if (length == arrayCapacity(array)) grow(array, length)
  store<u32>(arrayItems(array) + (<usize>length << 2), value)
  store<u32>(array, length + 1, LENGTH)
}

/** Sets the length of an array whose slots the caller has filled through `arrayItems`. */
export function setArrayLength(array: Value, length: u32): void {
  store<u32>(array, length, LENGTH)
}

function grow(array: Value, length: u32): void {
  const capacity = length < 4 ? 4 : length << 1
  const items = allocate(<usize>capacity << 2)
  const old = arrayItems(array)
  if (length != 0) {
    memory.copy(items, old, <usize>length << 2)
    release(old, <usize>length << 2)
  }
  store<u32>(array, items, ITEMS)
  store<u32>(array, capacity, CAPACITY)
}
