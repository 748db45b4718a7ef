/**
 * `+`, `-`, `*`, `/`, `%` and the functions of one number; `-` is also the difference of sets.
 */
import {
  absoluteNumber, addNumbers, ceilNumber, divideNumbers, floorNumber, isZero, multiplyNumbers, remainderOfNumbers, roundNumber,
  subtractNumbers,
} from '../number/arithmetic'
import { integerValue } from '../value/number'
import { TYPE_NUMBER, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { failure, hasType, wrongType } from './failure'
import { differenceOfSets } from './sets'

export function plus(a: Value, b: Value): Value {
  if (!hasType('plus', 1, TYPE_NUMBER, a) || !hasType('plus', 2, TYPE_NUMBER, b)) return UNDEFINED
  return addNumbers(a, b)
}

export function minus(a: Value, b: Value): Value {
  const type = typeOf(a)
  const other = typeOf(b)
  if (type == TYPE_NUMBER && other == TYPE_NUMBER) return subtractNumbers(a, b)
  if (type == TYPE_SET && other == TYPE_SET) return differenceOfSets(a, b)
  if (type != TYPE_NUMBER && type != TYPE_SET) return wrongType('minus', 1, 'one of {number, set}', a)
  // OPA asks for what the other operand is not, unless the second is neither.
  return wrongType('minus', 2, other == TYPE_NUMBER ? 'set' : 'number', b)
}

export function times(a: Value, b: Value): Value {
  if (!hasType('mul', 1, TYPE_NUMBER, a) || !hasType('mul', 2, TYPE_NUMBER, b)) return UNDEFINED
  return multiplyNumbers(a, b)
}

export function dividedBy(a: Value, b: Value): Value {
  if (!hasType('div', 1, TYPE_NUMBER, a) || !hasType('div', 2, TYPE_NUMBER, b)) return UNDEFINED
  return isZero(b) ? failure('div', 'divide by zero') : divideNumbers(a, b)
}

export function remainder(a: Value, b: Value): Value {
  if (!hasType('rem', 1, TYPE_NUMBER, a) || !hasType('rem', 2, TYPE_NUMBER, b)) return UNDEFINED
  const result = remainderOfNumbers(a, isZero(b) ? integerValue(1) : b)
  if (result == UNDEFINED) return failure('rem', 'modulo on floating-point number')
  return isZero(b) ? failure('rem', 'modulo by zero') : result
}

export function absolute(number: Value): Value {
  return hasType('abs', 1, TYPE_NUMBER, number) ? absoluteNumber(number) : UNDEFINED
}

export function round(number: Value): Value {
  return hasType('round', 1, TYPE_NUMBER, number) ? roundNumber(number) : UNDEFINED
}

export function ceil(number: Value): Value {
  return hasType('ceil', 1, TYPE_NUMBER, number) ? ceilNumber(number) : UNDEFINED
}

export function floor(number: Value): Value {
  return hasType('floor', 1, TYPE_NUMBER, number) ? floorNumber(number) : UNDEFINED
}
