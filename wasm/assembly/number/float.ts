/**
 * Binary floating point with a 64-bit mantissa and a wide exponent, rounded to nearest even: what OPA computes `/` and
 * fractional operands in. The records lie in scratch memory; mantissa × 2^exponent with the top bit of the mantissa set,
 * or mantissa 0 for zero, which has a sign.
 *
 *  0               8                12
 *  │ mantissa: u64 │ exponent: i32  │ negative: u32
 */
import {
  bigAdd, bigBitLength, bigCompare, bigFromU64, bigHasLowBits, bigLength, bigMultiply, bigShiftLeft, bigShiftRight,
  bigSubtract, bigToU64,
} from './big'
import { bigDivide, bigRemainder } from './big-division'
import { scratchAllocate } from './scratch'

/** Bits of the mantissa. */
export const PRECISION: u32 = 64

@unmanaged
export class Float {
  mantissa: u64
  exponent: i32
  negative: u32

  isZero(): bool {
    return this.mantissa == 0
  }

  /** Whether the value has no fraction. */
  isIntegral(): bool {
    return this.mantissa == 0 || this.exponent >= 0 || (this.exponent > -64 && ctz(this.mantissa) >= <u64>-this.exponent)
  }
}

export function newFloat(negative: u32, mantissa: u64, exponent: i32): Float {
  const float = changetype<Float>(scratchAllocate(offsetof<Float>()))
  float.mantissa = mantissa
  float.exponent = exponent
  float.negative = negative
  return float
}

export function floatFromInt(value: i64): Float {
  if (value == 0) return newFloat(0, 0, 0)
  const magnitude: u64 = value < 0 ? 0 - <u64>value : <u64>value
  return alignedFloat(value < 0 ? 1 : 0, magnitude, 0)
}

/**
 * The nearest float to big × 2^exponent with so many bits; `more` says that the true value is a little larger than that (a
 * remainder, bits cut off), which decides ties.
 */
export function roundFloat(negative: u32, big: usize, exponent: i32, more: bool, bits: u32): Float {
  const length = bigBitLength(big)
  if (length == 0) return newFloat(negative, 0, 0)
  if (length <= bits) return alignedFloat(negative, bigToU64(big), exponent)
  const dropped = length - bits
  let mantissa = bigToU64(bigShiftRight(big, dropped))
  exponent += <i32>dropped
  if (bigHasLowBits(bigShiftRight(big, dropped - 1), 1) && ((mantissa & 1) != 0 || more || bigHasLowBits(big, dropped - 1))) {
    mantissa++
    if (mantissa == 0) return newFloat(negative, 1 << 63, exponent + 1)
  }
  return alignedFloat(negative, mantissa, exponent)
}

/** The float with a mantissa that is not 0, its top bit moved to where it belongs. */
function alignedFloat(negative: u32, mantissa: u64, exponent: i32): Float {
  const shift = clz(mantissa)
  return newFloat(negative, mantissa << shift, exponent - <i32>shift)
}

export function floatAdd(a: Float, b: Float): Float {
  if (a.isZero() && b.isZero()) return newFloat(a.negative & b.negative, 0, 0)
  if (a.isZero()) return b
  if (b.isZero()) return a
  const large = a.exponent >= b.exponent ? a : b
  const small = large == a ? b : a
  const gap = large.exponent - small.exponent
  // Too small to move even the value halfway between two neighbours.
  if (gap > 130) return large
  const left = bigShiftLeft(bigFromU64(large.mantissa), gap)
  const right = bigFromU64(small.mantissa)
  if (large.negative == small.negative) return roundFloat(large.negative, bigAdd(left, right), small.exponent, false, PRECISION)
  const order = bigCompare(left, right)
  if (order == 0) return newFloat(0, 0, 0)
  if (order > 0) return roundFloat(large.negative, bigSubtract(left, right), small.exponent, false, PRECISION)
  return roundFloat(small.negative, bigSubtract(right, left), small.exponent, false, PRECISION)
}

export function floatNegate(a: Float): Float {
  return newFloat(a.negative ^ 1, a.mantissa, a.exponent)
}

/** Rounded to so many bits. */
export function floatMultiply(a: Float, b: Float, bits: u32): Float {
  const product = bigMultiply(bigFromU64(a.mantissa), bigFromU64(b.mantissa))
  return roundFloat(a.negative ^ b.negative, product, a.exponent + b.exponent, false, bits)
}

/** b is not zero. */
export function floatDivide(a: Float, b: Float): Float {
  return divideBigs(a.negative ^ b.negative, bigFromU64(a.mantissa), bigFromU64(b.mantissa), a.exponent - b.exponent)
}

/** The nearest float to dividend / divisor × 2^exponent. */
export function divideBigs(negative: u32, dividend: usize, divisor: usize, exponent: i32): Float {
  // Enough bits that the quotient has more than 65, so that rounding sees the half and the remainder sees the rest.
  const wanted = <i32>bigBitLength(divisor) + 66 - <i32>bigBitLength(dividend)
  const shift = max(wanted, 0)
  const quotient = bigDivide(bigShiftLeft(dividend, shift), divisor)
  return roundFloat(negative, quotient, exponent - shift, bigLength(bigRemainder) != 0, PRECISION)
}
