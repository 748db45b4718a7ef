/**
 * Bigs from and to decimal digits, and the powers of ten's odd half.
 */
import { burn } from '../eval/fuel'
import {
  LIMBS_PER_FUEL, bigLength, bigLimb, bigMultiply, bigMultiplySmall, bigNew, bigSetLimb, bigShiftLeft, bigTrim,
} from './big'

/** The natural number that the digits between two addresses spell; a point is passed over. */
export function bigFromDigits(start: usize, end: usize): usize {
  // A limb holds 9.6 digits.
  const limbs = <u32>((end - start) / 9) + 2
  burn((<i64>limbs * <i64>limbs) / (2 * LIMBS_PER_FUEL))
  const big = bigNew(limbs)
  store<u32>(big, 0)
  let chunk: u32 = 0
  let scale: u32 = 1
  for (let at = start; at < end; at++) {
    const digit = <u32>load<u8>(at) - 0x30
    if (digit > 9) continue
    chunk = chunk * 10 + digit
    scale *= 10
    if (scale == 1000000000) {
      bigMultiplySmall(big, scale, chunk)
      chunk = 0
      scale = 1
    }
  }
  if (scale > 1) bigMultiplySmall(big, scale, chunk)
  bigTrim(big)
  return big
}

/** Writes the digits of `big`, which is used up, so that they end before `end`; returns where they start. */
export function bigWriteDigits(big: usize, end: usize): usize {
  const length = <i64>bigLength(big)
  burn((length * length) / (2 * LIMBS_PER_FUEL))
  let at = end
  do {
    let chunk = divideByBillion(big)
    // All nine digits of a chunk, except for the leading one.
    for (let left = 9; left > 0 && (chunk != 0 || bigLength(big) != 0); left--) {
      store<u8>(--at, 0x30 + <u8>(chunk % 10))
      chunk /= 10
    }
  } while (bigLength(big) != 0)
  if (at == end) store<u8>(--at, 0x30)
  return at
}

/** As `bigDivideSmall`; a constant divisor is several times as fast. */
function divideByBillion(big: usize): u32 {
  let remainder: u64 = 0
  for (let at = bigLength(big); at > 0; at--) {
    const part = (remainder << 32) | <u64>bigLimb(big, at - 1)
    const quotient = part / 1000000000
    bigSetLimb(big, at - 1, <u32>quotient)
    remainder = part - quotient * 1000000000
  }
  bigTrim(big)
  return <u32>remainder
}

/** An upper bound of the number of decimal digits. */
export function bigDigitBound(big: usize): u32 {
  return bigLength(big) * 10 + 1
}

/** 5 to the power of `exponent`. */
export function bigPowerOfFive(exponent: u32): usize {
  // 13 is the highest power that fits a limb; beyond a few dozen limbs squaring pays.
  if (exponent <= 400) {
    const power = bigNew(2 + (exponent * 5) / 64)
    store<u32>(power, 1)
    bigSetLimb(power, 0, 1)
    let left = exponent
    for (; left >= 13; left -= 13) bigMultiplySmall(power, 1220703125, 0)
    for (; left > 0; left--) bigMultiplySmall(power, 5, 0)
    return power
  }
  const half = bigPowerOfFive(exponent >> 1)
  const square = bigMultiply(half, half)
  if ((exponent & 1) == 0) return square
  const power = bigShiftLeft(square, 0)
  bigMultiplySmall(power, 5, 0)
  return power
}
