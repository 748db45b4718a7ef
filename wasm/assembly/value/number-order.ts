/**
 * Exact order and hash of numbers by their text, in time linear in it: exponents are never expanded.
 *
 * A text is read as  sign × 0.d₁d₂d₃… × 10^place  with d₁ ≠ 0, the digits left where they are, a point among them:
 *
 *  0         4                   8                  16
 *  │ sign    │ first digit: u32  │ after last: u32  │ place: i64
 */
import { burnForDigits } from '../eval/fuel'
import { DECIMAL_A, DECIMAL_B, DIGITS_A, DIGITS_B } from '../memory/layout'
import { combine, finish, murmur3Integer } from '../memory/murmur'
import { integerOf, isInteger, numberText, numberTextLength, writeInteger } from './number'
import { TYPE_NUMBER, Value } from './type'

const FIRST: usize = 4
const AFTER: usize = 8
const PLACE: usize = 16

/** Exponents beyond this count as this; the parser lets none through. */
const LARGEST_EXPONENT: i64 = 1_000_000_000_000_000_000

const POINT: u32 = 0x2e
const ZERO: u32 = 0x30
const MINUS: u32 = 0x2d

/** -1, 0 or 1. */
export function compareNumbers(a: Value, b: Value): i32 {
  if (isInteger(a) && isInteger(b)) return integerOf(a) < integerOf(b) ? -1 : i32(integerOf(a) > integerOf(b))
  readNumber(DECIMAL_A, a, DIGITS_A)
  readNumber(DECIMAL_B, b, DIGITS_B)
  const sign = load<i32>(DECIMAL_A)
  const other = load<i32>(DECIMAL_B)
  if (sign != other) return sign < other ? -1 : 1
  return sign * compareMagnitudes()
}

/** The same for equal numbers of any spelling, and the same as `hashInteger` for those that fit 64 bits. */
export function hashNumberText(number: Value): u32 {
  readNumber(DECIMAL_A, number, DIGITS_A)
  const sign = load<i32>(DECIMAL_A)
  if (sign == 0) return murmur3Integer(0, TYPE_NUMBER)
  const place = load<i64>(DECIMAL_A, PLACE)
  let digit = <usize>load<u32>(DECIMAL_A, FIRST)
  const after = <usize>load<u32>(DECIMAL_A, AFTER)
  let magnitude: u64 = 0
  let spread: u32 = TYPE_NUMBER
  let count: i64 = 0
  for (; digit < after; digit++) {
    const code = <u32>load<u8>(digit)
    if (code == POINT) continue
    if (count < 19) magnitude = magnitude * 10 + (code - ZERO)
    spread = combine(spread, code)
    count++
  }
  if (count <= place && place <= 19) {
    for (; count < place; count++) magnitude *= 10
    const limit: u64 = sign < 0 ? 0x8000000000000000 : 0x7fffffffffffffff
    if (magnitude <= limit) return murmur3Integer(sign < 0 ? 0 - magnitude : magnitude, TYPE_NUMBER)
  }
  return finish(combine(combine(spread, u32(place)), u32(sign)))
}

/** Writes what the text says to `decimal`; `digits` is room for the digits of an integer. */
function readNumber(decimal: usize, number: Value, digits: usize): void {
  if (isInteger(number)) readText(decimal, digits, u32(writeInteger(digits, integerOf(number)) - digits))
  else readText(decimal, numberText(number), numberTextLength(number))
}

function readText(decimal: usize, text: usize, byteLength: u32): void {
  burnForDigits(byteLength)
  const end = text + byteLength
  let at = text
  let sign = 1
  if (<u32>load<u8>(at) == MINUS) {
    sign = -1
    at++
  }
  let first: usize = 0
  let after: usize = 0
  let place: i64 = 0
  let beforePoint = true
  let exponent: i64 = 0
  for (; at < end; at++) {
    const code = <u32>load<u8>(at)
    if (code == POINT) {
      beforePoint = false
      continue
    }
    if ((code | 0x20) == 0x65) {
      exponent = readExponent(at + 1, end)
      break
    }
    if (code != ZERO) {
      if (first == 0) first = at
      after = at + 1
    }
    if (beforePoint) {
      if (first != 0) place++
    } else if (first == 0) place--
  }
  store<i32>(decimal, first == 0 ? 0 : sign)
  store<u32>(decimal, first, FIRST)
  store<u32>(decimal, after, AFTER)
  store<i64>(decimal, place + exponent, PLACE)
}

function readExponent(at: usize, end: usize): i64 {
  const mark = <u32>load<u8>(at)
  if (mark == MINUS || mark == 0x2b) at++
  let exponent: i64 = 0
  for (; at < end; at++) exponent = min(exponent * 10 + (<u32>load<u8>(at) - ZERO), LARGEST_EXPONENT / 10)
  return mark == MINUS ? -exponent : exponent
}

/** Of the two decimals read last, which have the same sign. */
function compareMagnitudes(): i32 {
  if (load<i32>(DECIMAL_A) == 0) return 0
  const aPlace = load<i64>(DECIMAL_A, PLACE)
  const bPlace = load<i64>(DECIMAL_B, PLACE)
  if (aPlace != bPlace) return aPlace < bPlace ? -1 : 1
  let a = <usize>load<u32>(DECIMAL_A, FIRST)
  let b = <usize>load<u32>(DECIMAL_B, FIRST)
  const aEnd = <usize>load<u32>(DECIMAL_A, AFTER)
  const bEnd = <usize>load<u32>(DECIMAL_B, AFTER)
  while (true) {
    if (a < aEnd && <u32>load<u8>(a) == POINT) a++
    if (b < bEnd && <u32>load<u8>(b) == POINT) b++
    if (a == aEnd || b == bEnd) return a != aEnd ? 1 : b != bEnd ? -1 : 0
    const left = <u32>load<u8>(a++)
    const right = <u32>load<u8>(b++)
    if (left != right) return left < right ? -1 : 1
  }
}

/**
 * The value of a number held as text if it is integral and not negative and fits 63 bits, else -1. As in OPA, which reads
 * indexes so, `1.0` is integral but `1e0` is not.
 */
export function integralOf(number: Value): i64 {
  if (hasExponent(numberText(number), numberTextLength(number))) return -1
  readNumber(DECIMAL_A, number, DIGITS_A)
  const sign = load<i32>(DECIMAL_A)
  if (sign <= 0) return sign
  const place = load<i64>(DECIMAL_A, PLACE)
  let digit = <usize>load<u32>(DECIMAL_A, FIRST)
  const after = <usize>load<u32>(DECIMAL_A, AFTER)
  let value: i64 = 0
  let count: i64 = 0
  for (; digit < after; digit++) {
    const code = <u32>load<u8>(digit)
    if (code == POINT) continue
    if (++count > 18) return -1
    value = value * 10 + (code - ZERO)
  }
  if (place < count || place > 18) return -1
  for (; count < place; count++) value *= 10
  return value
}

function hasExponent(text: usize, byteLength: u32): bool {
  for (let i: u32 = 0; i < byteLength; i++) if ((<u32>load<u8>(text + i) | 0x20) == 0x65) return true
  return false
}
