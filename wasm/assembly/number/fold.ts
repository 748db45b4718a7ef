/**
 * Sums and products of rows of numbers. Exact if all of them are integers; if one has a fraction, all are computed with as
 * floats, and only the last result is spelt.
 */
import { allocate, release } from '../memory/heap'
import { integerOf, integerValue, isInteger } from '../value/number'
import { Value } from '../value/type'
import { roundedFloatValue } from './arithmetic'
import { bigSize } from './big'
import { PRECISION, floatAdd, floatFromInt, floatMultiply, newFloat } from './float'
import { floatOf } from './float-parse'
import { scratchAllocate, scratchClose, scratchOpen } from './scratch'
import { Whole, isWhole, newWhole, wholeAdd, wholeFromInteger, wholeMultiply, wholeOf, wholeValue } from './whole'

/** Bits of a product that is computed in floats. */
const PRODUCT_PRECISION: u32 = 53

export function sumNumbers(items: usize, length: u32): Value {
  // As long as 64 bits do, without bigs.
  let small: i64 = 0
  let place: u32 = 0
  for (; place < length; place++) {
    const number = itemAt(items, place)
    if (!isInteger(number)) break
    const next = small + integerOf(number)
    if (((small ^ next) & (integerOf(number) ^ next)) < 0) break
    small = next
  }
  if (place == length) return integerValue(small)
  if (!areWhole(items, place, length)) return foldFloats(items, length, false)
  return foldWholes(items, place, length, small, false)
}

export function multiplyAll(items: usize, length: u32): Value {
  return areWhole(items, 0, length) ? foldWholes(items, 0, length, 1, true) : foldFloats(items, length, true)
}

@inline function itemAt(items: usize, place: u32): Value {
  return load<u32>(items + (<usize>place << 2))
}

function areWhole(items: usize, from: u32, length: u32): bool {
  for (let place = from; place < length; place++) if (!isWhole(itemAt(items, place))) return false
  return true
}

/** Each step has scratch memory of its own; what is carried over lies in a block of the heap meanwhile. */
function foldWholes(items: usize, from: u32, length: u32, start: i64, multiply: bool): Value {
  scratchOpen()
  let total = wholeFromInteger(start)
  for (let place = from; place < length; place++) {
    const number = <Whole>wholeOf(itemAt(items, place))
    const next = multiply ? wholeMultiply(total, number) : wholeAdd(total, number)
    const sign = next.sign
    const size = bigSize(next.magnitude)
    const kept = allocate(size)
    memory.copy(kept, next.magnitude, size)
    scratchClose()
    scratchOpen()
    const copy = scratchAllocate(size)
    memory.copy(copy, kept, size)
    release(kept, size)
    total = newWhole(sign, copy)
  }
  return wholeValue(total)
}

/**
 * A sum has the precision of all floats, a product the 53 bits that OPA begins it with. Each step has scratch memory of its
 * own, so the result of the one before is carried over by its fields.
 */
function foldFloats(items: usize, length: u32, multiply: bool): Value {
  const bits = multiply ? PRODUCT_PRECISION : PRECISION
  scratchOpen()
  let total = floatFromInt(multiply ? 1 : 0)
  for (let place: u32 = 0; place < length; place++) {
    const negative = total.negative
    const mantissa = total.mantissa
    const exponent = total.exponent
    scratchClose()
    scratchOpen()
    total = newFloat(negative, mantissa, exponent)
    const number = floatOf(itemAt(items, place))
    total = multiply ? floatMultiply(total, number, bits) : floatAdd(total, number)
  }
  return roundedFloatValue(total, bits)
}
