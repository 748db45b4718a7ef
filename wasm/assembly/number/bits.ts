/**
 * Bit operations on wholes. A negative number counts as its two's complement, -1 being all ones without end; -x - 1 is x with
 * every bit turned over, so that is how negative numbers go in and come out.
 */
import { abortWith } from '../eval/abort'
import { burn } from '../eval/fuel'
import { bigFromU64, bigHasLowBits, bigLength, bigLimb, bigNew, bigSetLimb, bigShiftLeft, bigShiftRight, bigTrim } from './big'
import { Whole, newWhole, wholeAdd, wholeNegate } from './whole'

export const BIT_AND: u32 = 0
export const BIT_OR: u32 = 1
export const BIT_XOR: u32 = 2

/** No number this long fits the memory. */
const LONGEST_SHIFT: u64 = 1 << 32

export function combineBits(a: Whole, b: Whole, operation: u32): Whole {
  const aMask = a.sign < 0 ? u32.MAX_VALUE : 0
  const bMask = b.sign < 0 ? u32.MAX_VALUE : 0
  const aBits = turned(a)
  const bBits = turned(b)
  const resultMask = apply(aMask, bMask, operation)
  const length = max(bigLength(aBits), bigLength(bBits))
  const bits = bigNew(length)
  for (let at: u32 = 0; at < length; at++) {
    const left = (at < bigLength(aBits) ? bigLimb(aBits, at) : 0) ^ aMask
    const right = (at < bigLength(bBits) ? bigLimb(bBits, at) : 0) ^ bMask
    bigSetLimb(bits, at, apply(left, right, operation) ^ resultMask)
  }
  bigTrim(bits)
  const whole = newWhole(1, bits)
  return resultMask == 0 ? whole : turnedOver(whole)
}

function apply(left: u32, right: u32, operation: u32): u32 {
  return operation == BIT_AND ? left & right : operation == BIT_OR ? left | right : left ^ right
}

/** The magnitude of a number that is not negative, of -x - 1 for a negative x. */
function turned(whole: Whole): usize {
  return whole.sign < 0 ? turnedOver(whole).magnitude : whole.magnitude
}

/** -x - 1. */
function turnedOver(whole: Whole): Whole {
  return wholeNegate(wholeAdd(whole, one()))
}

function one(): Whole {
  return newWhole(1, bigFromU64(1))
}

export function shiftWholeLeft(whole: Whole, bits: u64): Whole {
  if (whole.sign == 0) return whole
  if (bits >= LONGEST_SHIFT) abortWith('budget exceeded: memory')
  burn(<i64>(bits >> 9))
  return newWhole(whole.sign, bigShiftLeft(whole.magnitude, u32(bits)))
}

/** Towards minus infinity. */
export function shiftWholeRight(whole: Whole, bits: u64): Whole {
  const dropped = u32(min<u64>(bits, 1 << 31))
  const shifted = newWhole(whole.sign, bigShiftRight(whole.magnitude, dropped))
  if (whole.sign >= 0 || !bigHasLowBits(whole.magnitude, dropped)) return shifted
  return wholeAdd(shifted, newWhole(-1, bigFromU64(1)))
}
