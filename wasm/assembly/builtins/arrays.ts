/**
 * Arrays from arrays.
 */
import { MAX_BLOCK } from '../memory/heap'
import { burn } from '../eval/fuel'
import { arrayAt, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { TYPE_ARRAY, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType } from './failure'
import { int, isInt } from './operand'

/** Elements per unit of fuel where elements are only copied. */
const COPIES_PER_FUEL: u32 = 16

export function concatArrays(a: Value, b: Value): Value {
  if (!hasType('array.concat', 1, TYPE_ARRAY, a) || !hasType('array.concat', 2, TYPE_ARRAY, b)) return UNDEFINED
  const result = newArray(arrayLength(a) + arrayLength(b))
  appendItems(result, a, 0, arrayLength(a))
  appendItems(result, b, 0, arrayLength(b))
  return result
}

/** From one place up to but without another; both are moved into the array. */
export function slice(array: Value, from: Value, to: Value): Value {
  if (!hasType('array.slice', 1, TYPE_ARRAY, array)) return UNDEFINED
  if (!isInt('array.slice', 2, from)) return UNDEFINED
  const start = max<i64>(int, 0)
  if (!isInt('array.slice', 3, to)) return UNDEFINED
  const stop = min<i64>(int, arrayLength(array))
  if (start >= stop) return newArray(0)
  const result = newArray(u32(stop - start))
  appendItems(result, array, u32(start), u32(stop - start))
  return result
}

export function reverseArray(array: Value): Value {
  if (!hasType('array.reverse', 1, TYPE_ARRAY, array)) return UNDEFINED
  const length = arrayLength(array)
  burn(length / COPIES_PER_FUEL)
  const result = newArray(length)
  const items = arrayItems(result)
  for (let place: u32 = 0; place < length; place++) store<u32>(items + (<usize>(length - 1 - place) << 2), arrayAt(array, place))
  setArrayLength(result, length)
  return result
}

/** More than any array can have; asking for so many ends the evaluation. */
const MAX_ITEMS: u64 = MAX_BLOCK

/** One level of arrays within the array is opened. */
export function flatten(array: Value): Value {
  if (!hasType('array.flatten', 1, TYPE_ARRAY, array)) return UNDEFINED
  const length = arrayLength(array)
  let total: u64 = 0
  for (let place: u32 = 0; place < length; place++) {
    const item = arrayAt(array, place)
    total += typeOf(item) == TYPE_ARRAY ? arrayLength(item) : 1
  }
  burn(length / COPIES_PER_FUEL)
  const result = newArray(<u32>min<u64>(total, MAX_ITEMS))
  for (let place: u32 = 0; place < length; place++) {
    const item = arrayAt(array, place)
    if (typeOf(item) == TYPE_ARRAY) appendItems(result, item, 0, arrayLength(item))
    else appendItems(result, array, place, 1)
  }
  return result
}

/** Appends items of another array to one whose capacity suffices. */
function appendItems(result: Value, from: Value, place: u32, count: u32): void {
  burn(count / COPIES_PER_FUEL)
  const length = arrayLength(result)
  memory.copy(arrayItems(result) + (<usize>length << 2), arrayItems(from) + (<usize>place << 2), <usize>count << 2)
  setArrayLength(result, length + count)
}
