/**
 * The exact value of a number's text: sign × digits × 10^exponent, in scratch memory. Two records of equal value are equal
 * field by field, however the numbers were spelt.
 *
 *  0               4                8             12                16
 *  │ negative: u32 │ exponent: i32  │ count: u32  │ digits: usize   │ ASCII digits, no zero at either end; count 0 is zero
 */
import { scratchAllocate } from './scratch'
import { NUMBER_TEXT, numberKind, numberInt, numberText, numberTextLength } from '../value/number'
import { writeInt } from './integer-text'
import { isHexadecimal, expandHexadecimal } from './hexadecimal'

/** Exponents beyond this are cut to it: nothing as large or as small can be computed or told apart anyway. */
const EXPONENT_BOUND: i32 = 1 << 29

/** The longest text of a 64-bit integer. */
const INT_TEXT: usize = 20

@unmanaged
export class Decimal {
  negative: u32
  exponent: i32
  count: u32
  digits: usize

  isZero(): bool {
    return this.count == 0
  }

  isIntegral(): bool {
    return this.exponent >= 0
  }

  /** The place of the first digit: 1 for 1 … 9, 0 for 0.1 … 0.9. */
  place(): i32 {
    return this.exponent + <i32>this.count
  }
}

/** The exact value of a number value. */
export function decimalOf(number: usize): Decimal {
  if (numberKind(number) == NUMBER_TEXT) {
    const start = numberText(number)
    return parseDecimal(start, start + numberTextLength(number))
  }
  const end = scratchAllocate(INT_TEXT) + INT_TEXT
  return parseDecimal(writeInt(numberInt(number), end), end)
}

/** The exact value of a well-formed text. */
export function parseDecimal(start: usize, end: usize): Decimal {
  if (isHexadecimal(start, end)) return expandHexadecimal(start, end)
  const decimal = changetype<Decimal>(scratchAllocate(16 + (end - start)))
  const digits = changetype<usize>(decimal) + 16
  let at = start
  const first = load<u8>(at)
  decimal.negative = first == 0x2d ? 1 : 0
  if (first == 0x2d || first == 0x2b) at++
  let count: u32 = 0
  let significant: u32 = 0
  let fraction: i32 = 0
  let inFraction = false
  for (; at < end; at++) {
    const unit = load<u8>(at)
    if (unit == 0x2e) inFraction = true
    else if (unit != 0x5f) {
      if ((unit | 0x20) == 0x65) break
      if (inFraction) fraction++
      if (count == 0 && unit == 0x30) continue
      store<u8>(digits + count++, unit)
      if (unit != 0x30) significant = count
    }
  }
  const exponent = at < end ? parseExponent(at + 1, end) : 0
  decimal.count = significant
  decimal.digits = digits
  decimal.exponent = significant == 0 ? 0 : exponent - fraction + <i32>(count - significant)
  return decimal
}

/** The signed integer between two addresses, cut to the bound. */
export function parseExponent(start: usize, end: usize): i32 {
  let exponent: i32 = 0
  let negative = false
  for (let at = start; at < end; at++) {
    const unit = load<u8>(at)
    if (unit == 0x2d) negative = true
    else if (unit >= 0x30 && unit <= 0x39 && exponent < EXPONENT_BOUND) exponent = exponent * 10 + <i32>(unit - 0x30)
  }
  exponent = min(exponent, EXPONENT_BOUND)
  return negative ? -exponent : exponent
}

/** -1, 0, 1. */
export function compareDecimals(a: Decimal, b: Decimal): i32 {
  if (a.isZero() || b.isZero()) {
    if (!a.isZero()) return a.negative != 0 ? -1 : 1
    return b.isZero() ? 0 : b.negative != 0 ? 1 : -1
  }
  if (a.negative != b.negative) return a.negative != 0 ? -1 : 1
  const order = compareMagnitudes(a, b)
  return a.negative != 0 ? -order : order
}

function compareMagnitudes(a: Decimal, b: Decimal): i32 {
  if (a.place() != b.place()) return a.place() < b.place() ? -1 : 1
  const order = memory.compare(a.digits, b.digits, min(a.count, b.count))
  if (order != 0) return order < 0 ? -1 : 1
  return a.count == b.count ? 0 : a.count < b.count ? -1 : 1
}
