/**
 * count, sum, product, max, min, sort, all, any: over arrays and sets alike.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { addNumbers, multiplyNumbers } from '../number/arithmetic'
import { arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { compare } from '../value/compare'
import { freeValue } from '../value/free'
import { lengthOf } from '../value/get'
import { integerOf, integerValue, isInteger } from '../value/number'
import { booleanOf, truthOf } from '../value/scalar'
import { setItems, setLength } from '../value/set'
import { sortEntries } from '../value/sort'
import { SET_SHIFT } from '../value/table-layout'
import { TYPE_ARRAY, TYPE_BOOLEAN, TYPE_NUMBER, TYPE_SET, TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { wrongElement, wrongType } from './failure'
import { countCodePoints } from './text'
import { arrayOfSet } from './types'

/** What `openList` found. */
let items: usize = 0
let length: u32 = 0

/** Takes an array or a set, whose items are then at `items`; complains about anything else. */
function openList(builtin: Text, expected: Text, list: Value): bool {
  const type = typeOf(list)
  if (type == TYPE_ARRAY) {
    items = arrayItems(list)
    length = arrayLength(list)
  } else if (type == TYPE_SET) {
    items = setItems(list)
    length = setLength(list)
  } else {
    wrongType(builtin, 1, expected, list)
    return false
  }
  burn(length >> 2)
  return true
}

@inline function item(place: u32): Value {
  return load<u32>(items + (<usize>place << 2))
}

export function count(collection: Value): Value {
  if (typeOf(collection) == TYPE_STRING) return integerValue(countCodePoints(collection))
  const found = lengthOf(collection)
  return found != UNDEFINED ? found : wrongType('count', 1, 'one of {array, object, set, string}', collection)
}

export function sum(numbers: Value): Value {
  if (!openList('sum', 'one of {set, array}', numbers)) return UNDEFINED
  // As long as 64 bits do, without a value for each step.
  let small: i64 = 0
  let place: u32 = 0
  for (; place < length; place++) {
    const number = item(place)
    if (typeOf(number) != TYPE_NUMBER) return wrongElement('sum', 1, 'numbers', numbers, number)
    if (!isInteger(number)) break
    const next = small + integerOf(number)
    if (((small ^ next) & (integerOf(number) ^ next)) < 0) break
    small = next
  }
  let total = integerValue(small)
  for (; place < length; place++) {
    const number = item(place)
    if (typeOf(number) != TYPE_NUMBER) return wrongElement('sum', 1, 'numbers', numbers, number)
    const next = addNumbers(total, number)
    freeValue(total)
    total = next
  }
  return total
}

export function product(numbers: Value): Value {
  if (!openList('product', 'one of {set, array}', numbers)) return UNDEFINED
  let total = integerValue(1)
  for (let place: u32 = 0; place < length; place++) {
    const number = item(place)
    if (typeOf(number) != TYPE_NUMBER) return wrongElement('product', 1, 'numbers', numbers, number)
    const next = multiplyNumbers(total, number)
    freeValue(total)
    total = next
  }
  return total
}

/** The last one of the greatest; undefined where there is none. */
export function max(list: Value): Value {
  if (!openList('max', 'one of {set, array}', list)) return UNDEFINED
  let found: Value = UNDEFINED
  for (let place: u32 = 0; place < length; place++) {
    if (found == UNDEFINED || compare(found, item(place)) <= 0) found = item(place)
  }
  return found
}

/** The last one of the least; undefined where there is none. */
export function min(list: Value): Value {
  if (!openList('min', 'one of {set, array}', list)) return UNDEFINED
  let found: Value = UNDEFINED
  for (let place: u32 = 0; place < length; place++) {
    if (found == UNDEFINED || compare(found, item(place)) >= 0) found = item(place)
  }
  return found
}

export function sort(list: Value): Value {
  if (!openList('sort', 'one of {set, array}', list)) return UNDEFINED
  if (typeOf(list) == TYPE_SET) return arrayOfSet(list)
  const sorted = newArray(length)
  memory.copy(arrayItems(sorted), items, <usize>length << 2)
  setArrayLength(sorted, length)
  sortEntries(arrayItems(sorted), length, SET_SHIFT)
  return sorted
}

/** Whether every item is true. */
export function all(list: Value): Value {
  if (!openList('all', 'one of {array, set}', list)) return UNDEFINED
  for (let place: u32 = 0; place < length; place++) if (!isTrue(item(place))) return booleanOf(false)
  return booleanOf(true)
}

/** Whether some item is true. */
export function any(list: Value): Value {
  if (!openList('any', 'one of {array, set}', list)) return UNDEFINED
  for (let place: u32 = 0; place < length; place++) if (isTrue(item(place))) return booleanOf(true)
  return booleanOf(false)
}

function isTrue(value: Value): bool {
  return typeOf(value) == TYPE_BOOLEAN && truthOf(value) != 0
}
