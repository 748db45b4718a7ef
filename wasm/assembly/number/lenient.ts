/**
 * Number texts as `to_number` takes them: besides JSON's spelling a plus sign, leading zeros, underscores between digits, a
 * point at either end, and hexadecimal with a binary exponent. What is not JSON is spelt anew, so that every number has a
 * JSON text. Values that a double cannot hold are refused.
 */
import { numberFromText } from '../value/number'
import { UNDEFINED, Value } from '../value/type'
import { bigCompare, bigMultiply, bigShiftLeft } from './big'
import { bigFromDigits, bigPowerOfFive } from './big-decimal'
import { floatOf } from './float-parse'
import { readHexadecimal } from './hexadecimal'
import { compareToOverflow, overflowLimit } from './range'
import { scratchAllocate, scratchOpen } from './scratch'
import { copyExponent, readSpelling, spelledAfter, spelledExponent, spelledFirst } from './spelling'

/** Kinds of the character before. */
const DIGIT: u32 = 1
const UNDERSCORE: u32 = 2
const OTHER: u32 = 3

/** Whether the text that was read last spells a number that is out of range. */
export let isOutOfRange: bool = false

/** The number that a text spells, or undefined. */
export function readNumberText(start: usize, end: usize): Value {
  scratchOpen()
  isOutOfRange = false
  if (start == end) return UNDEFINED
  const first = <u32>load<u8>(start)
  const digits = start + usize(first == 0x2d || first == 0x2b)
  if (end - digits > 2 && load<u8>(digits) == 0x30 && (<u32>load<u8>(digits, 1) | 0x20) == 0x78) {
    return readHexadecimal(digits + 2, end, first == 0x2d)
  }
  const text = scratchAllocate(end - start + 2)
  let out = text
  if (first == 0x2d) store<u8>(out++, 0x2d)
  out = copyDecimal(digits, end, out)
  if (out == 0) return UNDEFINED
  const number = numberFromText(text, u32(out - text))
  isOutOfRange = !isInRange(number, text, out)
  return isOutOfRange ? UNDEFINED : number
}

/** Writes the JSON spelling of an unsigned decimal; returns the address after it, or 0 if the text is no number. */
function copyDecimal(at: usize, end: usize, out: usize): usize {
  const start = out
  let previous = OTHER
  let inFraction = false
  let hasDigits = false
  let fractionWritten = false
  for (; at < end; at++) {
    const unit = <u32>load<u8>(at)
    if (unit == 0x5f) {
      if (previous != DIGIT) return 0
      previous = UNDERSCORE
    } else if (unit == 0x2e) {
      if (inFraction || previous == UNDERSCORE) return 0
      previous = OTHER
      inFraction = true
      if (out == start) store<u8>(out++, 0x30)
    } else if (unit - 0x30 <= 9) {
      previous = DIGIT
      hasDigits = true
      if (inFraction && !fractionWritten) {
        fractionWritten = true
        store<u8>(out++, 0x2e)
      }
      // A zero in front is dropped; one is put back if nothing follows it.
      if (inFraction || unit != 0x30 || out != start) store<u8>(out++, unit)
    } else break
  }
  if (!hasDigits || previous == UNDERSCORE) return 0
  if (out == start) store<u8>(out++, 0x30)
  if (at == end) return out
  if ((<u32>load<u8>(at) | 0x20) != 0x65) return 0
  return copyExponent(at, end, out)
}

/** Whether the value of a decimal is neither too large for a double nor too small for OPA. */
function isInRange(number: Value, text: usize, end: usize): bool {
  readSpelling(text, end)
  if (spelledFirst == 0) return true
  const place = spelledExponent + i32(spelledAfter - spelledFirst)
  // Far from both bounds there is nothing to compute. (A point among the digits makes `place` one too high.)
  if (place < 308 && place > -30000) return true
  if (place > 310 || place < -30200) return false
  const order = compareToOverflow(floatOf(number))
  if (order != 0) return order < 0
  const digits = bigFromDigits(spelledFirst, spelledAfter)
  const power = u32(abs(spelledExponent))
  const scale = bigShiftLeft(bigPowerOfFive(power), power)
  if (spelledExponent >= 0) return bigCompare(bigMultiply(digits, scale), overflowLimit()) < 0
  return bigCompare(digits, bigMultiply(overflowLimit(), scale)) < 0
}
