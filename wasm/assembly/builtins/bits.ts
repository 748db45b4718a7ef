/**
 * Bits of integers of any size, negative ones in two's complement without end.
 */
import { Text } from '../eval/abort'
import { bigFromU64, bigToU64 } from '../number/big'
import { BIT_AND, BIT_OR, BIT_XOR, combineBits, shiftWholeLeft, shiftWholeRight } from '../number/bits'
import { scratchOpen } from '../number/scratch'
import { Whole, newWhole, wholeAdd, wholeNegate, wholeValue } from '../number/whole'
import { integerOf, integerValue, isInteger } from '../value/number'
import { TYPE_NUMBER, UNDEFINED, typeOf, Value } from '../value/type'
import { wrongOperand, wrongType } from './failure'
import { wholeOperand } from './operand'

export function bitAnd(a: Value, b: Value): Value {
  if (areInts(a, b)) return integerValue(integerOf(a) & integerOf(b))
  return combine('bits.and', a, b, BIT_AND)
}

export function bitOr(a: Value, b: Value): Value {
  if (areInts(a, b)) return integerValue(integerOf(a) | integerOf(b))
  return combine('bits.or', a, b, BIT_OR)
}

export function bitXor(a: Value, b: Value): Value {
  if (areInts(a, b)) return integerValue(integerOf(a) ^ integerOf(b))
  return combine('bits.xor', a, b, BIT_XOR)
}

@inline function areInts(a: Value, b: Value): bool {
  return typeOf(a) == TYPE_NUMBER && typeOf(b) == TYPE_NUMBER && isInteger(a) && isInteger(b)
}

function combine(builtin: Text, a: Value, b: Value, operation: u32): Value {
  scratchOpen()
  const left = wholeOperand(builtin, 1, a)
  if (left === null) return UNDEFINED
  const right = wholeOperand(builtin, 2, b)
  return right === null ? UNDEFINED : wholeValue(combineBits(left, right, operation))
}

export function bitNegate(number: Value): Value {
  if (typeOf(number) != TYPE_NUMBER) return wrongType('bits.negate', 1, 'integer', number)
  if (isInteger(number)) return integerValue(~integerOf(number))
  scratchOpen()
  const whole = wholeOperand('bits.negate', 1, number)
  if (whole === null) return UNDEFINED
  return wholeValue(wholeNegate(wholeAdd(whole, newWhole(1, bigFromU64(1)))))
}

export function shiftLeft(number: Value, count: Value): Value {
  scratchOpen()
  const whole = wholeOperand('bits.lsh', 1, number)
  if (whole === null) return UNDEFINED
  const shift = shiftOperand('bits.lsh', count)
  return shift === null ? UNDEFINED : wholeValue(shiftWholeLeft(whole, bigToU64(shift.magnitude)))
}

/** Rounds down. */
export function shiftRight(number: Value, count: Value): Value {
  scratchOpen()
  const whole = wholeOperand('bits.rsh', 1, number)
  if (whole === null) return UNDEFINED
  const shift = shiftOperand('bits.rsh', count)
  return shift === null ? UNDEFINED : wholeValue(shiftWholeRight(whole, bigToU64(shift.magnitude)))
}

/** How far to shift: not negative; only its low 64 bits count. */
function shiftOperand(builtin: Text, count: Value): Whole | null {
  const whole = wholeOperand(builtin, 2, count)
  if (whole === null || whole.sign >= 0) return whole
  wrongOperand(builtin, 2, 'must be an unsigned integer number but got a negative integer')
  return null
}
