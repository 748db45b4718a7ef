/**
 * `walk`: every value within a value with the path to it, outermost first, entries in ascending order.
 */
import { burn } from '../eval/fuel'
import { enterNested, leaveNested } from '../eval/nesting'
import { arrayAppend, arrayAt, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { integerValue } from '../value/number'
import { entryKey, entryValue, objectEntries, objectLength } from '../value/object'
import { itemAt, setItems, setLength } from '../value/set'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, typeOf, Value } from '../value/type'

/** The array of all `[path, value]`. */
export function walk(value: Value): Value {
  const pairs = newArray(16)
  visit(value, newArray(0), pairs)
  return pairs
}

function visit(value: Value, path: Value, pairs: Value): void {
  burn(1 + (arrayLength(path) >> 4))
  const pair = newArray(2)
  arrayAppend(pair, path)
  arrayAppend(pair, value)
  arrayAppend(pairs, pair)
  const type = typeOf(value)
  if (type != TYPE_ARRAY && type != TYPE_OBJECT && type != TYPE_SET) return
  enterNested()
  if (type == TYPE_ARRAY) {
    for (let place: u32 = 0; place < arrayLength(value); place++) {
      visit(arrayAt(value, place), extended(path, integerValue(place)), pairs)
    }
  } else if (type == TYPE_OBJECT) {
    const entries = objectEntries(value)
    for (let place: u32 = 0; place < objectLength(value); place++) {
      visit(entryValue(entries, place), extended(path, entryKey(entries, place)), pairs)
    }
  } else {
    const items = setItems(value)
    for (let place: u32 = 0; place < setLength(value); place++) {
      visit(itemAt(items, place), extended(path, itemAt(items, place)), pairs)
    }
  }
  leaveNested()
}

/** The path with one key more. */
export function extended(path: Value, key: Value): Value {
  const length = arrayLength(path)
  const longer = newArray(length + 1)
  memory.copy(arrayItems(longer), arrayItems(path), <usize>length << 2)
  store<u32>(arrayItems(longer) + (<usize>length << 2), key)
  setArrayLength(longer, length + 1)
  return longer
}
