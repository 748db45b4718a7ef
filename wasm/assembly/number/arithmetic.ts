/**
 * Arithmetic on number values. Two integers are computed with exactly, by 64 bits where that suffices; as soon as an
 * operand has a fraction, and in division, floats take over. Results are new values in the spelling that OPA gives a
 * computed number.
 */
import { integerOf, integerValue, isInteger, numberFromText } from '../value/number'
import { UNDEFINED, Value } from '../value/type'
import { bigFromU64, bigShiftLeft, bigShiftRight } from './big'
import { bigDivide, bigRemainder } from './big-division'
import { Float, PRECISION, floatAdd, floatDivide, floatMultiply, floatNegate, newFloat } from './float'
import { floatOf } from './float-parse'
import { floatText, floatTextEnd, printFloat } from './float-print'
import { scratchClose, scratchOpen } from './scratch'
import { Whole, newWhole, wholeAdd, wholeMultiply, wholeNegate, wholeOf, wholeValue } from './whole'

const LEAST: i64 = i64.MIN_VALUE

export function addNumbers(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) {
    const left = integerOf(a)
    const right = integerOf(b)
    const sum = left + right
    if (((left ^ sum) & (right ^ sum)) >= 0) return integerValue(sum)
  }
  scratchOpen()
  const left = wholeOf(a)
  const right = wholeOf(b)
  if (left !== null && right !== null) return wholeValue(wholeAdd(left, right))
  return floatValue(floatAdd(floatOf(a), floatOf(b)))
}

export function subtractNumbers(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) {
    const left = integerOf(a)
    const right = integerOf(b)
    const difference = left - right
    if (((left ^ right) & (left ^ difference)) >= 0) return integerValue(difference)
  }
  scratchOpen()
  const left = wholeOf(a)
  const right = wholeOf(b)
  if (left !== null && right !== null) return wholeValue(wholeAdd(left, wholeNegate(right)))
  return floatValue(floatAdd(floatOf(a), floatNegate(floatOf(b))))
}

export function multiplyNumbers(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) {
    const left = integerOf(a)
    const right = integerOf(b)
    const product = left * right
    if (productFits(left, right, product)) return integerValue(product)
  }
  scratchOpen()
  const left = wholeOf(a)
  const right = wholeOf(b)
  if (left !== null && right !== null) return wholeValue(wholeMultiply(left, right))
  return floatValue(floatMultiply(floatOf(a), floatOf(b), PRECISION))
}

function productFits(left: i64, right: i64, product: i64): bool {
  const small = <i64>0x7fffffff
  if (left <= small && left >= -small && right <= small && right >= -small) return true
  if (left == 0 || right == 0) return true
  if (left == LEAST || right == LEAST) return left == 1 || right == 1
  return product != LEAST && product / right == left
}

/** The divisor must not be zero. */
export function divideNumbers(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) {
    const left = integerOf(a)
    const right = integerOf(b)
    // The least integer by -1 does not fit, and 0 by a negative number is -0.
    if (right != -1 && left % right == 0 && (left != 0 || right > 0)) return integerValue(left / right)
  }
  scratchOpen()
  return floatValue(floatDivide(floatOf(a), floatOf(b)))
}

/** The remainder of two integers, with the sign of the dividend; undefined where one has a fraction. The divisor is not 0. */
export function remainderOfNumbers(a: Value, b: Value): Value {
  if (isInteger(a) && isInteger(b)) {
    const right = integerOf(b)
    return integerValue(right == -1 ? 0 : integerOf(a) % right)
  }
  scratchOpen()
  const left = wholeOf(a)
  const right = wholeOf(b)
  if (left === null || right === null) return UNDEFINED
  bigDivide(left.magnitude, right.magnitude)
  return wholeValue(newWhole(left.sign, bigRemainder))
}

/** Whether the number is zero, in any spelling. */
export function isZero(number: Value): bool {
  if (isInteger(number)) return integerOf(number) == 0
  scratchOpen()
  return floatOf(number).isZero()
}

/** Through a float, so beyond 64 bits the last digits go. */
export function absoluteNumber(number: Value): Value {
  if (isInteger(number) && integerOf(number) >= 0) return number
  scratchOpen()
  const float = floatOf(number)
  return floatValue(newFloat(0, float.mantissa, float.exponent))
}

/** Halves away from zero. */
export function roundNumber(number: Value): Value {
  if (isInteger(number)) return number
  scratchOpen()
  const float = floatOf(number)
  // Rounded to 64 bits itself, as OPA does it: from 2^63 on the half is lost or becomes a whole.
  const half = newFloat(float.negative, 1 << 63, -64)
  return wholeValue(truncateFloat(floatAdd(float, half)))
}

/** Upwards. A number between -1 and 0 becomes 1, as in OPA. */
export function ceilNumber(number: Value): Value {
  if (isInteger(number)) return number
  scratchOpen()
  const float = floatOf(number)
  const whole = truncateFloat(float)
  if (float.isIntegral() || whole.sign < 0) return wholeValue(whole)
  return wholeValue(wholeAdd(whole, newWhole(1, bigFromU64(1))))
}

/** Downwards. A number between -1 and 0 becomes 0, as in OPA. */
export function floorNumber(number: Value): Value {
  if (isInteger(number)) return number
  scratchOpen()
  const float = floatOf(number)
  const whole = truncateFloat(float)
  if (float.isIntegral() || whole.sign >= 0) return wholeValue(whole)
  return wholeValue(wholeAdd(whole, newWhole(-1, bigFromU64(1))))
}

/** The whole part of a float. */
export function truncateFloat(float: Float): Whole {
  const mantissa = bigFromU64(float.mantissa)
  const sign = float.negative != 0 ? -1 : 1
  if (float.exponent >= 0) return newWhole(sign, bigShiftLeft(mantissa, float.exponent))
  return newWhole(sign, bigShiftRight(mantissa, -float.exponent))
}

function floatValue(float: Float): Value {
  return roundedFloatValue(float, PRECISION)
}

/** The number value of a float that was computed with so many bits; this ends the operation. */
export function roundedFloatValue(float: Float, bits: u32): Value {
  printFloat(float, bits)
  const value = numberFromText(floatText, <u32>(floatTextEnd - floatText))
  scratchClose()
  return value
}
