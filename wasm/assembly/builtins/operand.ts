/**
 * Integers as operands. Where OPA counts with machine integers it takes `3` and `3.0` but neither `3e0` nor what does not fit
 * 64 bits; where it computes with integers of any size it takes every integral spelling.
 */
import { Text } from '../eval/abort'
import { Whole, wholeOf } from '../number/whole'
import { integerOf, isInteger, numberFromText, numberText, numberTextLength } from '../value/number'
import { TYPE_NUMBER, typeOf, Value } from '../value/type'
import { hasType, wrongOperand, wrongType } from './failure'

/** Most digits that a machine integer with a point may have, zeros behind the point included. */
const MOST_WITH_POINT: u32 = 18

/** What `isInt` or `readInt` read. */
export let int: i64 = 0

/** Whether an operand is a machine integer, which is then in `int`; if not, the complaint is made. */
export function isInt(builtin: Text, position: u32, value: Value): bool {
  if (!hasType(builtin, position, TYPE_NUMBER, value)) return false
  return readInt(value) || notIntegral(builtin, position)
}

/** Whether a number is a machine integer, which is then in `int`. */
export function readInt(number: Value): bool {
  if (isInteger(number)) {
    int = integerOf(number)
    return true
  }
  // Of the spellings held as text only digits with a fraction of zeros, and -0.
  const text = numberText(number)
  const length = numberTextLength(number)
  let whole: u32 = 0
  while (whole < length && load<u8>(text + whole) != 0x2e) whole++
  const sign = u32(load<u8>(text) == 0x2d)
  if (whole < length && length - sign - 1 > MOST_WITH_POINT) return false
  for (let at = whole + 1; at < length; at++) if (load<u8>(text + at) != 0x30) return false
  if (whole == 2 && load<u16>(text) == 0x302d) {
    int = 0
    return true
  }
  const cut = whole == 0 ? number : numberFromText(text, whole)
  if (isInteger(cut)) int = integerOf(cut)
  return isInteger(cut)
}

function notIntegral(builtin: Text, position: u32): bool {
  wrongOperand(builtin, position, 'must be integer number but got floating-point number')
  return false
}

/** An operand as an integer of any size, or null with the complaint made. The caller has opened scratch memory. */
export function wholeOperand(builtin: Text, position: u32, value: Value): Whole | null {
  if (typeOf(value) != TYPE_NUMBER) {
    wrongType(builtin, position, 'integer', value)
    return null
  }
  const whole = wholeOf(value)
  if (whole === null) notIntegral(builtin, position)
  return whole
}
