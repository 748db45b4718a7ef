/**
 * Hexadecimal number texts, `0x1.8p3`, which `to_number` takes: spelt anew as the exact decimal.
 */
import { burn } from '../eval/fuel'
import { numberFromText, writeInteger } from '../value/number'
import { UNDEFINED, Value } from '../value/type'
import { bigBitLength, bigCompare, bigLength, bigMultiply, bigMultiplySmall, bigNew, bigShiftLeft } from './big'
import { bigDigitBound, bigPowerOfFive, bigWriteDigits } from './big-decimal'
import { LEAST_EXPONENT, overflowLimit } from './range'
import { scratchAllocate } from './scratch'
import { copyExponent, readExponent } from './spelling'

/** Bits before the point of the largest double. */
const LARGEST_BITS: i32 = 1024

/** The number spelt by what comes after `0x`, or undefined. */
export function readHexadecimal(at: usize, end: usize, negative: bool): Value {
  const limbs = u32((end - at) >> 3) + 2
  burn((<i64>limbs * <i64>limbs) >> 1)
  const mantissa = bigNew(limbs)
  store<u32>(mantissa, 0)
  let fraction: i32 = 0
  let inFraction = false
  let hasDigits = false
  // The prefix counts as a digit before an underscore.
  let afterDigit = true
  let afterUnderscore = false
  for (; at < end; at++) {
    const unit = <u32>load<u8>(at)
    const digit = hexDigit(unit)
    if (unit == 0x5f) {
      if (!afterDigit) return UNDEFINED
      afterUnderscore = true
    } else if (unit == 0x2e) {
      if (inFraction || afterUnderscore) return UNDEFINED
      inFraction = true
      afterUnderscore = false
    } else if (digit < 16) {
      hasDigits = true
      afterUnderscore = false
      bigMultiplySmall(mantissa, 16, digit)
      if (inFraction) fraction += 4
    } else break
    afterDigit = digit < 16
  }
  if (!hasDigits || afterUnderscore || at == end || (<u32>load<u8>(at) | 0x20) != 0x70) return UNDEFINED
  const exponentText = scratchAllocate(end - at)
  const exponentEnd = copyExponent(at, end, exponentText)
  if (exponentEnd == 0) return UNDEFINED
  return spell(mantissa, readExponent(exponentText + 1, exponentEnd) - fraction, negative)
}

/** mantissa × 2^exponent in decimal; undefined if that is out of range. */
function spell(mantissa: usize, exponent: i32, negative: bool): Value {
  const zero = bigLength(mantissa) == 0
  const bits = <i32>bigBitLength(mantissa) + exponent
  if (!zero && (bits > LARGEST_BITS || bits < LEAST_EXPONENT)) return UNDEFINED
  const up = zero ? 0 : u32(max(exponent, 0))
  const down = zero ? 0 : u32(-min(exponent, 0))
  const shifted = bigShiftLeft(mantissa, up)
  if (bits == LARGEST_BITS && bigCompare(shifted, bigShiftLeft(overflowLimit(), down)) >= 0) return UNDEFINED
  const digits = bigMultiply(shifted, bigPowerOfFive(down))
  const room = <usize>bigDigitBound(digits) + 24
  const text = scratchAllocate(room)
  const digitsEnd = text + room - 22
  let start = bigWriteDigits(digits, digitsEnd)
  if (negative) store<u8>(--start, 0x2d)
  if (down == 0) return numberFromText(start, u32(digitsEnd - start))
  store<u8>(digitsEnd, 0x65)
  return numberFromText(start, u32(writeInteger(digitsEnd + 1, -<i64>down) - start))
}

function hexDigit(unit: u32): u32 {
  if (unit - 0x30 <= 9) return unit - 0x30
  const letter = (unit | 0x20) - 0x61
  return letter <= 5 ? letter + 10 : 16
}
