/**
 * Integers of any size, with sign, in scratch memory: what `+`, `-`, `*`, `%` and the bit operations work on where 64 bits
 * do not do.
 *
 *  0              4
 *  │ sign: i32    │ magnitude → big        sign 0 is zero
 */
import { integerOf, integerValue, isInteger, numberFromText, numberText, numberTextLength } from '../value/number'
import { Value } from '../value/type'
import { bigAdd, bigCompare, bigFromU64, bigLength, bigMultiply, bigShiftLeft, bigSubtract, bigToU64 } from './big'
import { bigDigitBound, bigFromDigits, bigPowerOfFive, bigWriteDigits } from './big-decimal'
import { scratchAllocate, scratchClose } from './scratch'
import { readSpelling, spelledAfter, spelledExponent, spelledFirst, spelledNegative } from './spelling'

@unmanaged
export class Whole {
  sign: i32
  magnitude: usize
}

export function newWhole(sign: i32, magnitude: usize): Whole {
  const whole = changetype<Whole>(scratchAllocate(offsetof<Whole>()))
  whole.sign = bigLength(magnitude) == 0 ? 0 : sign
  whole.magnitude = magnitude
  return whole
}

export function wholeFromInteger(value: i64): Whole {
  return newWhole(value < 0 ? -1 : 1, bigFromU64(value < 0 ? 0 - <u64>value : <u64>value))
}

/** The number as a whole, or null where it has a fraction. */
export function wholeOf(number: Value): Whole | null {
  if (isInteger(number)) return wholeFromInteger(integerOf(number))
  const start = numberText(number)
  readSpelling(start, start + numberTextLength(number))
  if (spelledFirst == 0) return newWhole(0, bigFromU64(0))
  if (spelledExponent < 0) return null
  const sign = spelledNegative ? -1 : 1
  const exponent = <u32>spelledExponent
  const digits = bigFromDigits(spelledFirst, spelledAfter)
  if (exponent == 0) return newWhole(sign, digits)
  return newWhole(sign, bigShiftLeft(bigMultiply(digits, bigPowerOfFive(exponent)), exponent))
}

/** Whether the number is an integer, in whatever spelling. */
export function isWhole(number: Value): bool {
  if (isInteger(number)) return true
  const start = numberText(number)
  readSpelling(start, start + numberTextLength(number))
  return spelledFirst == 0 || spelledExponent >= 0
}

/** The number value of a whole, which ends the operation. */
export function wholeValue(whole: Whole): Value {
  const magnitude = whole.magnitude
  const small = bigToU64(magnitude)
  const limit: u64 = whole.sign < 0 ? 1 << 63 : <u64>i64.MAX_VALUE
  if (bigLength(magnitude) <= 2 && small <= limit) {
    const integer = whole.sign < 0 ? 0 - <i64>small : <i64>small
    scratchClose()
    return integerValue(integer)
  }
  const room = bigDigitBound(magnitude) + 1
  const end = scratchAllocate(room) + room
  let start = bigWriteDigits(magnitude, end)
  if (whole.sign < 0) store<u8>(--start, 0x2d)
  const value = numberFromText(start, <u32>(end - start))
  scratchClose()
  return value
}

export function wholeAdd(a: Whole, b: Whole): Whole {
  if (a.sign == 0) return b
  if (b.sign == 0) return a
  if (a.sign == b.sign) return newWhole(a.sign, bigAdd(a.magnitude, b.magnitude))
  const order = bigCompare(a.magnitude, b.magnitude)
  if (order >= 0) return newWhole(a.sign, bigSubtract(a.magnitude, b.magnitude))
  return newWhole(b.sign, bigSubtract(b.magnitude, a.magnitude))
}

export function wholeNegate(a: Whole): Whole {
  return newWhole(-a.sign, a.magnitude)
}

export function wholeMultiply(a: Whole, b: Whole): Whole {
  return newWhole(a.sign * b.sign, bigMultiply(a.magnitude, b.magnitude))
}
