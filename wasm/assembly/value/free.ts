/**
 * Giving a value and all its parts back to the heap. Static values (constants, the ones that exist once) stay.
 */
import { enterNested, leaveNested } from '../eval/nesting'
import { isStatic, release } from '../memory/heap'
import { ARRAY_SIZE, arrayCapacity, arrayItems, arrayLength } from './array'
import { INTEGER_SIZE, NUMBER_HEADER, isInteger, numberTextLength } from './number'
import { STRING_HEADER, stringLength } from './string'
import { dropIndex } from './table-index'
import { OBJECT_SHIFT, SET_SHIFT, TABLE_SIZE, tableCapacity, tableEntries, tableLength } from './table-layout'
import { TYPE_ARRAY, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING, typeOf, Value } from './type'

export function freeValue(value: Value): void {
  if (isStatic(value)) return
  const type = typeOf(value)
  if (type == TYPE_STRING) release(value, STRING_HEADER + stringLength(value))
  else if (type == TYPE_NUMBER) release(value, isInteger(value) ? INTEGER_SIZE : NUMBER_HEADER + numberTextLength(value))
  else if (type == TYPE_ARRAY) freeArray(value)
  else freeTable(value, type == TYPE_OBJECT ? OBJECT_SHIFT : SET_SHIFT)
}

function freeArray(array: Value): void {
  const items = arrayItems(array)
  freeRow(items, arrayLength(array))
  release(items, <usize>arrayCapacity(array) << 2)
  release(array, ARRAY_SIZE)
}

function freeTable(table: Value, shift: u32): void {
  const entries = tableEntries(table)
  freeRow(entries, tableLength(table) << (shift - 2))
  dropIndex(table)
  release(entries, <usize>tableCapacity(table) << shift)
  release(table, TABLE_SIZE)
}

function freeRow(row: usize, count: u32): void {
  enterNested()
  for (let i: u32 = 0; i < count; i++) freeValue(load<u32>(row + (<usize>i << 2)))
  leaveNested()
}
