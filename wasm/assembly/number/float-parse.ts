/**
 * Decimal to float. The digits are kept whole and multiplied or divided by a power of five of 128 bits, itself made by
 * squaring with 192 bits, and only then rounded. That is nearly but not wholly correct rounding: for powers beyond 5^55 a
 * value within 2^-60 of the middle between two floats may go either way. It is followed bit for bit because OPA's numbers
 * come out of the same steps.
 */
import { integerOf, isInteger, numberText, numberTextLength } from '../value/number'
import { Value } from '../value/type'
import { bigAdd, bigBitLength, bigFromU64, bigHasLowBits, bigMultiply, bigShiftRight } from './big'
import { bigFromDigits } from './big-decimal'
import { Float, PRECISION, divideBigs, floatFromInt, newFloat, roundFloat } from './float'
import { readSpelling, spelledEnd, spelledFirst, spelledLastExponent, spelledNegative, spelledStart } from './spelling'

/** The highest power of five that fits 64 bits. */
const EXACT_POWER: u32 = 27

const POWER_BITS: u32 = 128
const SQUARE_BITS: u32 = 192

/** The binary exponent that belongs to what `roundBig` or `powerOfFive` gave. */
let roundedExponent: i32 = 0

/** The float nearest to a number value. */
export function floatOf(number: Value): Float {
  if (isInteger(number)) return floatFromInt(integerOf(number))
  const start = numberText(number)
  readSpelling(start, start + numberTextLength(number))
  const negative = u32(spelledNegative)
  if (spelledFirst == 0) return newFloat(negative, 0, 0)
  const mantissa = bigFromDigits(spelledStart, spelledEnd)
  const exponent = spelledLastExponent
  if (exponent == 0) return roundFloat(negative, mantissa, 0, false, PRECISION)
  const power = powerOfFive(<u32>abs(exponent))
  const binary = roundedExponent
  // 10^e = 5^e × 2^e, and 5^|e| is power × 2^binary.
  if (exponent > 0) return roundFloat(negative, bigMultiply(mantissa, power), exponent + binary, false, PRECISION)
  return divideBigs(negative, mantissa, power, exponent - binary)
}

/** 5^exponent, exact up to 27, rounded to 128 bits at every step beyond; times 2^`roundedExponent`. */
function powerOfFive(exponent: u32): usize {
  let power = bigFromU64(exactPower(min(exponent, EXACT_POWER)))
  let binary: i32 = 0
  let square = bigFromU64(5)
  let squareBinary: i32 = 0
  for (let left = exponent - min(exponent, EXACT_POWER); left > 0; left >>= 1) {
    if ((left & 1) != 0) {
      power = roundBig(bigMultiply(power, square), POWER_BITS)
      binary += squareBinary + roundedExponent
    }
    square = roundBig(bigMultiply(square, square), SQUARE_BITS)
    squareBinary = 2 * squareBinary + roundedExponent
  }
  roundedExponent = binary
  return power
}

function exactPower(exponent: u32): u64 {
  let power: u64 = 1
  for (; exponent > 0; exponent--) power *= 5
  return power
}

/** The nearest multiple of 2^`roundedExponent` with so many bits, ties to even. */
function roundBig(big: usize, bits: u32): usize {
  const length = bigBitLength(big)
  roundedExponent = 0
  if (length <= bits) return big
  const dropped = length - bits
  roundedExponent = <i32>dropped
  const kept = bigShiftRight(big, dropped)
  const half = bigHasLowBits(bigShiftRight(big, dropped - 1), 1)
  if (!half || !(bigHasLowBits(kept, 1) || bigHasLowBits(big, dropped - 1))) return kept
  return bigAdd(kept, bigFromU64(1))
}
