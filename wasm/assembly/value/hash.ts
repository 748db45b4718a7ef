/**
 * Hashes by value: equal values have equal hashes, whatever their spelling or the order of their entries.
 *
 * The compiler computes the hashes of strings and of integers for the indexes of constants; see the README.
 */
import { burnForRow } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { combine, finish, murmur3Integer } from '../memory/murmur'
import { arrayItems, arrayLength } from './array'
import { integerOf, isInteger } from './number'
import { hashNumberText } from './number-order'
import { truthOf } from './scalar'
import { stringHash } from './string'
import { OBJECT_SHIFT, SET_SHIFT, tableEntries, tableLength } from './table-layout'
import { TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NULL, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, typeOf, Value } from './type'

export function hash(value: Value): u32 {
  const type = typeOf(value)
  if (type == TYPE_STRING) return stringHash(value)
  if (type == TYPE_NUMBER) return isInteger(value) ? hashInteger(integerOf(value)) : hashNumberText(value)
  if (type == TYPE_BOOLEAN) return finish(TYPE_BOOLEAN + (truthOf(value) << 8))
  if (type == TYPE_NULL) return finish(TYPE_NULL)
  enterNested()
  const result = type == TYPE_ARRAY ? hashArray(value)
    : type == TYPE_OBJECT ? hashTable(value, type, OBJECT_SHIFT)
    : hashTable(value, type, SET_SHIFT)
  leaveNested()
  return result
}

@inline export function hashInteger(value: i64): u32 {
  return murmur3Integer(<u64>value, TYPE_NUMBER)
}

function hashArray(array: Value): u32 {
  const length = arrayLength(array)
  burnForRow(length)
  let item = arrayItems(array)
  let result = TYPE_ARRAY
  for (let i: u32 = 0; i < length; i++) {
    result = combine(result, hash(load<u32>(item)))
    item += 4
  }
  return finish(result ^ length)
}

/** The sum over the entries, so that their order does not matter. */
function hashTable(table: Value, type: u32, shift: u32): u32 {
  const length = tableLength(table)
  burnForRow(length)
  let entry = tableEntries(table)
  let sum = type
  for (let i: u32 = 0; i < length; i++) {
    let one = hash(load<u32>(entry))
    if (shift == OBJECT_SHIFT) one = finish(combine(one, hash(load<u32>(entry, 4))))
    sum += finish(one + type)
    entry += 1 << shift
  }
  return finish(sum ^ length)
}
