/**
 * count, sum, product, max, min, sort, all, any: over arrays and sets alike.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { multiplyAll, sumNumbers } from '../number/fold'
import { arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { compare } from '../value/compare'
import { lengthOf } from '../value/get'
import { integerValue } from '../value/number'
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
  return openNumbers('sum', numbers) ? sumNumbers(items, length) : UNDEFINED
}

export function product(numbers: Value): Value {
  return openNumbers('product', numbers) ? multiplyAll(items, length) : UNDEFINED
}

/** Takes an array or a set of numbers. */
function openNumbers(builtin: Text, numbers: Value): bool {
  if (!openList(builtin, 'one of {set, array}', numbers)) return false
  for (let place: u32 = 0; place < length; place++) {
    if (typeOf(item(place)) != TYPE_NUMBER) {
      wrongElement(builtin, 1, 'numbers', numbers, item(place))
      return false
    }
  }
  return true
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
