/**
 * Division of bigs.
 */
import { burn } from '../eval/fuel'
import {
  LIMBS_PER_FUEL, bigCompare, bigFromU64, bigLength, bigLimb, bigNew, bigSetLimb, bigShiftLeft, bigShiftRight, bigTrim,
} from './big'

/** The remainder of the latest `bigDivide` or `bigDivideSmall`. */
export let bigRemainder: usize = 0
export let bigSmallRemainder: u32 = 0

/** Divides in place; the remainder goes to `bigSmallRemainder`. */
export function bigDivideSmall(big: usize, divisor: u32): void {
  let remainder: u64 = 0
  for (let at = bigLength(big); at > 0; at--) {
    remainder = (remainder << 32) | <u64>bigLimb(big, at - 1)
    bigSetLimb(big, at - 1, <u32>(remainder / divisor))
    remainder %= divisor
  }
  bigTrim(big)
  bigSmallRemainder = <u32>remainder
}

/** The quotient; the remainder goes to `bigRemainder`. The divisor is not zero. */
export function bigDivide(dividend: usize, divisor: usize): usize {
  if (bigCompare(dividend, divisor) < 0) {
    bigRemainder = dividend
    return bigNew(0)
  }
  const length = bigLength(divisor)
  if (length == 1) {
    const quotient = bigShiftLeft(dividend, 0)
    burn(<i64>bigLength(dividend) / LIMBS_PER_FUEL)
    bigDivideSmall(quotient, bigLimb(divisor, 0))
    bigRemainder = bigFromU64(bigSmallRemainder)
    return quotient
  }
  burn((<i64>(bigLength(dividend) - length + 1) * <i64>length) / LIMBS_PER_FUEL)
  return divideLong(dividend, divisor, length)
}

/**
 * Division by a divisor of two limbs or more: guess each limb of the quotient from the leading limbs, subtract, and add
 * back in the rare case that the guess was one too high. The shift makes the divisor's top bit 1, which bounds the guess.
 */
function divideLong(dividend: usize, divisor: usize, length: u32): usize {
  const shift = <u32>clz(bigLimb(divisor, length - 1))
  const low = bigShiftLeft(divisor, shift)
  const total = bigLength(dividend)
  const rest = bigNew(total + 1)
  const shifted = bigShiftLeft(dividend, shift)
  memory.copy(rest + 4, shifted + 4, (<usize>bigLength(shifted)) << 2)
  const first = <u64>bigLimb(low, length - 1)
  const second = <u64>bigLimb(low, length - 2)
  const quotient = bigNew(total - length + 1)
  for (let place = total - length + 1; place-- > 0; ) {
    const top = (<u64>bigLimb(rest, place + length) << 32) | <u64>bigLimb(rest, place + length - 1)
    let guess = top / first
    let left = top % first
    while (guess > 0xffffffff || guess * second > ((left << 32) | <u64>bigLimb(rest, place + length - 2))) {
      guess--
      left += first
      if (left > 0xffffffff) break
    }
    if (subtractProduct(rest, place, low, length, <u32>guess)) {
      guess--
      addBack(rest, place, low, length)
    }
    bigSetLimb(quotient, place, <u32>guess)
  }
  bigTrim(quotient)
  bigTrim(rest)
  bigRemainder = bigShiftRight(rest, shift)
  return quotient
}

/** rest -= factor × divisor at a limb offset; whether it went below zero. */
function subtractProduct(rest: usize, place: u32, divisor: usize, length: u32, factor: u32): bool {
  let carry: u64 = 0
  let borrow: i64 = 0
  for (let at: u32 = 0; at < length; at++) {
    carry += <u64>factor * <u64>bigLimb(divisor, at)
    const limb = <i64>bigLimb(rest, place + at) - <i64>(<u32>carry) + borrow
    bigSetLimb(rest, place + at, <u32>limb)
    carry >>= 32
    borrow = limb >> 63
  }
  const limb = <i64>bigLimb(rest, place + length) - <i64>carry + borrow
  bigSetLimb(rest, place + length, <u32>limb)
  return limb < 0
}

function addBack(rest: usize, place: u32, divisor: usize, length: u32): void {
  let carry: u64 = 0
  for (let at: u32 = 0; at < length; at++) {
    carry += <u64>bigLimb(rest, place + at) + <u64>bigLimb(divisor, at)
    bigSetLimb(rest, place + at, <u32>carry)
    carry >>= 32
  }
  bigSetLimb(rest, place + length, bigLimb(rest, place + length) + <u32>carry)
}
