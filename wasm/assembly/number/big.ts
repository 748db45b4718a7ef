/**
 * Natural numbers of any size, in scratch memory: the exact half of arithmetic. Schoolbook methods, because a literal has
 * at most some 30,000 digits; long work is charged as fuel.
 *
 *  0              4
 *  │ length: u32  │ limbs: u32[length], least significant first, no zero at the top; length 0 is zero
 */
import { burn } from '../eval/fuel'
import { scratchAllocate } from './scratch'

/** One unit of fuel stands for about this many limb operations. */
export const LIMBS_PER_FUEL: i64 = 16

@inline export function bigLength(big: usize): u32 {
  return load<u32>(big)
}

@inline export function bigLimb(big: usize, at: u32): u32 {
  return load<u32>(big + 4 + ((<usize>at) << 2))
}

@inline export function bigSetLimb(big: usize, at: u32, limb: u32): void {
  store<u32>(big + 4 + ((<usize>at) << 2), limb)
}

/** Bytes of a big, header included. */
@inline export function bigSize(big: usize): usize {
  return 4 + (<usize>bigLength(big) << 2)
}

/** Room for `limbs` limbs, all zero; the length is set to `limbs`, for the maker to trim. */
export function bigNew(limbs: u32): usize {
  const size: usize = 4 + ((<usize>limbs) << 2)
  const big = scratchAllocate(size)
  memory.fill(big, 0, size)
  store<u32>(big, limbs)
  return big
}

export function bigTrim(big: usize): void {
  let length = bigLength(big)
  while (length > 0 && bigLimb(big, length - 1) == 0) length--
  store<u32>(big, length)
}

export function bigFromU64(value: u64): usize {
  const big = bigNew(2)
  bigSetLimb(big, 0, <u32>value)
  bigSetLimb(big, 1, <u32>(value >> 32))
  bigTrim(big)
  return big
}

/** A copy that has room for `room` limbs. */
export function bigCopy(big: usize, room: u32): usize {
  const copy = bigNew(max(room, bigLength(big)))
  memory.copy(copy, big, bigSize(big))
  return copy
}

/** The low 64 bits. */
export function bigToU64(big: usize): u64 {
  const length = bigLength(big)
  const low: u64 = length > 0 ? bigLimb(big, 0) : 0
  const high: u64 = length > 1 ? bigLimb(big, 1) : 0
  return low | (high << 32)
}

export function bigBitLength(big: usize): u32 {
  const length = bigLength(big)
  return length == 0 ? 0 : length * 32 - <u32>clz(bigLimb(big, length - 1))
}

export function bigCompare(a: usize, b: usize): i32 {
  const length = bigLength(a)
  if (length != bigLength(b)) return length < bigLength(b) ? -1 : 1
  for (let at = length; at > 0; at--) {
    const left = bigLimb(a, at - 1)
    const right = bigLimb(b, at - 1)
    if (left != right) return left < right ? -1 : 1
  }
  return 0
}

/** The order of a + b and c, without making the sum. */
export function bigCompareSum(a: usize, b: usize, c: usize): i32 {
  const length = max(max(bigLength(a), bigLength(b)), bigLength(c))
  let carry: u64 = 0
  let order = 0
  for (let at: u32 = 0; at < length; at++) {
    if (at < bigLength(a)) carry += <u64>bigLimb(a, at)
    if (at < bigLength(b)) carry += <u64>bigLimb(b, at)
    const limb = <u32>carry
    const other = at < bigLength(c) ? bigLimb(c, at) : 0
    if (limb != other) order = limb < other ? -1 : 1
    carry >>= 32
  }
  return carry != 0 ? 1 : order
}

export function bigAdd(a: usize, b: usize): usize {
  const long = bigLength(a) >= bigLength(b) ? a : b
  const short = long == a ? b : a
  const length = bigLength(long)
  const shortLength = bigLength(short)
  const sum = bigNew(length + 1)
  let carry: u64 = 0
  for (let at: u32 = 0; at < length; at++) {
    carry += <u64>bigLimb(long, at) + (at < shortLength ? <u64>bigLimb(short, at) : 0)
    bigSetLimb(sum, at, <u32>carry)
    carry >>= 32
  }
  bigSetLimb(sum, length, <u32>carry)
  bigTrim(sum)
  return sum
}

/** a - b, where a >= b. */
export function bigSubtract(a: usize, b: usize): usize {
  const length = bigLength(a)
  const difference = bigNew(length)
  memory.copy(difference + 4, a + 4, (<usize>length) << 2)
  bigSubtractFrom(difference, b)
  return difference
}

/** a -= b in place, where a >= b. */
export function bigSubtractFrom(a: usize, b: usize): void {
  const length = bigLength(a)
  const shortLength = bigLength(b)
  let borrow: i64 = 0
  for (let at: u32 = 0; at < length; at++) {
    if (at >= shortLength && borrow == 0) break
    const limb = <i64>bigLimb(a, at) - (at < shortLength ? <i64>bigLimb(b, at) : 0) + borrow
    bigSetLimb(a, at, <u32>limb)
    borrow = limb >> 63
  }
  bigTrim(a)
}

export function bigMultiply(a: usize, b: usize): usize {
  const aLength = bigLength(a)
  const bLength = bigLength(b)
  burn((<i64>aLength * <i64>bLength) / LIMBS_PER_FUEL)
  const product = bigNew(aLength + bLength)
  for (let i: u32 = 0; i < aLength; i++) {
    const limb = <u64>bigLimb(a, i)
    let carry: u64 = 0
    for (let j: u32 = 0; j < bLength; j++) {
      carry += limb * <u64>bigLimb(b, j) + <u64>bigLimb(product, i + j)
      bigSetLimb(product, i + j, <u32>carry)
      carry >>= 32
    }
    bigSetLimb(product, i + bLength, <u32>carry)
  }
  bigTrim(product)
  return product
}

/** big = big × factor + addend in place. INVARIANT: the maker left room for one limb more. */
export function bigMultiplySmall(big: usize, factor: u32, addend: u32): void {
  const length = bigLength(big)
  let carry: u64 = addend
  for (let at: u32 = 0; at < length; at++) {
    carry += <u64>bigLimb(big, at) * <u64>factor
    bigSetLimb(big, at, <u32>carry)
    carry >>= 32
  }
  if (carry != 0) {
    bigSetLimb(big, length, <u32>carry)
    store<u32>(big, length + 1)
  }
}

export function bigShiftLeft(big: usize, bits: u32): usize {
  const length = bigLength(big)
  const whole = bits >> 5
  const part = bits & 31
  const shifted = bigNew(length + whole + 1)
  let carry: u64 = 0
  for (let at: u32 = 0; at < length; at++) {
    carry |= (<u64>bigLimb(big, at)) << part
    bigSetLimb(shifted, at + whole, <u32>carry)
    carry >>= 32
  }
  bigSetLimb(shifted, length + whole, <u32>carry)
  bigTrim(shifted)
  return shifted
}

/** Drops the low `bits` bits. */
export function bigShiftRight(big: usize, bits: u32): usize {
  const length = bigLength(big)
  const whole = bits >> 5
  if (whole >= length) return bigNew(0)
  const part = bits & 31
  const shifted = bigNew(length - whole)
  for (let at = whole; at < length; at++) {
    const high: u64 = at + 1 < length ? bigLimb(big, at + 1) : 0
    bigSetLimb(shifted, at - whole, <u32>(((high << 32) | <u64>bigLimb(big, at)) >> part))
  }
  bigTrim(shifted)
  return shifted
}

/** Whether one of the low `bits` bits is set. */
export function bigHasLowBits(big: usize, bits: u32): bool {
  const length = bigLength(big)
  const whole = min(bits >> 5, length)
  for (let at: u32 = 0; at < whole; at++) if (bigLimb(big, at) != 0) return true
  const part = bits & 31
  return whole < length && part != 0 && (bigLimb(big, whole) & ((1 << part) - 1)) != 0
}
