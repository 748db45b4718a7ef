/**
 * Operations on sets. Of equal members in both operands the left one stays, or, in an intersection, that of the smaller set.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { allocate } from '../memory/heap'
import { itemAt, newSet, setAdd, setHas, setItems, setItemsUnordered, setLength } from '../value/set'
import { copyTable } from '../value/table'
import { SET_SHIFT, isSorted, tableAround } from '../value/table-layout'
import { TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongType } from './failure'

export function differenceOfSets(a: Value, b: Value): Value {
  return select(a, b, false)
}

function intersectionOfTwo(a: Value, b: Value): Value {
  return setLength(b) < setLength(a) ? select(b, a, true) : select(a, b, true)
}

/** The members of `a` that are in `b`, or that are not. */
function select(a: Value, b: Value, inBoth: bool): Value {
  const length = setLength(a)
  if (length == 0) return a
  burn(length >> 2)
  const items = setItems(a)
  const selected = allocate(<usize>length << SET_SHIFT)
  let count: u32 = 0
  for (let place: u32 = 0; place < length; place++) {
    const item = itemAt(items, place)
    if (setHas(b, item) != inBoth) continue
    store<u32>(selected + (<usize>count << SET_SHIFT), item)
    count++
  }
  return tableAround(TYPE_SET, selected, count, length)
}

export function setDifference(a: Value, b: Value): Value {
  if (!hasType('set_diff', 1, TYPE_SET, a) || !hasType('set_diff', 2, TYPE_SET, b)) return UNDEFINED
  return differenceOfSets(a, b)
}

export function and(a: Value, b: Value): Value {
  if (!hasType('and', 1, TYPE_SET, a) || !hasType('and', 2, TYPE_SET, b)) return UNDEFINED
  return intersectionOfTwo(a, b)
}

export function or(a: Value, b: Value): Value {
  if (!hasType('or', 1, TYPE_SET, a) || !hasType('or', 2, TYPE_SET, b)) return UNDEFINED
  const result = copySet(a, setLength(b))
  addAll(result, b)
  return result
}

export function union(sets: Value): Value {
  if (!allSets('union', sets)) return UNDEFINED
  const length = setLength(sets)
  const items = setItems(sets)
  const result = newSet(0)
  for (let place: u32 = 0; place < length; place++) addAll(result, itemAt(items, place))
  return result
}

export function intersection(sets: Value): Value {
  if (!allSets('intersection', sets)) return UNDEFINED
  const length = setLength(sets)
  if (length == 0) return newSet(0)
  const items = setItems(sets)
  let result = itemAt(items, 0)
  for (let place: u32 = 1; place < length; place++) result = intersectionOfTwo(result, itemAt(items, place))
  return result
}

function allSets(builtin: Text, sets: Value): bool {
  if (!hasType(builtin, 1, TYPE_SET, sets)) return false
  const length = setLength(sets)
  const items = setItems(sets)
  for (let place: u32 = 0; place < length; place++) {
    if (typeOf(itemAt(items, place)) != TYPE_SET) {
      wrongType(builtin, 1, 'set', itemAt(items, place))
      return false
    }
  }
  return true
}

function copySet(set: Value, more: u32): Value {
  burn(setLength(set) >> 4)
  return copyTable(set, more, SET_SHIFT)
}

/** Adds the members of `from` to a set under construction. */
function addAll(set: Value, from: Value): void {
  const length = setLength(from)
  burn(length >> 2)
  const inOrder = isSorted(from)
  for (let place: u32 = 0; place < length; place++) setAdd(set, itemAt(setItemsUnordered(from), place))
  // Adding may have put `from` in order meanwhile: see `equal.ts`.
  if (inOrder != isSorted(from)) addAll(set, from)
}
