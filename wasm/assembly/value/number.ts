/**
 * Numbers: an integer of 64 bits in canonical spelling, or any other number as the text that spells it.
 *
 *  0      1       4                 8
 *  │ 3    │ 0     │                 │ value: i64             12, -7, 0
 *  │ 3    │ 1     │ byteLength: u32 │ JSON number text …     -0, 1.0, 1e2, 18446744073709551616
 */
import { copyBytes } from '../memory/bytes'
import { allocate } from '../memory/heap'
import { INTEGERS, LARGEST_INTEGER, SMALLEST_INTEGER } from '../memory/layout'
import { TYPE_NUMBER, Value } from './type'

const KIND: usize = 1
const LENGTH: usize = 4
const INTEGER: usize = 8
export const NUMBER_HEADER: usize = 8
export const INTEGER_SIZE: usize = 16

/** Longest canonical spelling of a 64-bit integer. */
export const LONGEST_INTEGER: u32 = 20

const TEXT_KIND: u32 = TYPE_NUMBER | (1 << 8)

export function integerValue(value: i64): Value {
  if (value >= SMALLEST_INTEGER && value <= LARGEST_INTEGER) return INTEGERS + (<usize>(value - SMALLEST_INTEGER) << 4)
  const number = allocate(INTEGER_SIZE)
  store<u32>(number, TYPE_NUMBER)
  store<i64>(number, value, INTEGER)
  return number
}

/** Whether the number is held as an integer. (A number held as text may still have an integral value: `1.0`.) */
@inline export function isInteger(number: Value): bool {
  return load<u8>(number, KIND) == 0
}

/** The value of a number for which `isInteger` holds. */
@inline export function integerOf(number: Value): i64 {
  return load<i64>(number, INTEGER)
}

/** Length of the text of a number that is not held as an integer. */
@inline export function numberTextLength(number: Value): u32 {
  return load<u32>(number, LENGTH)
}

/** Address of the text of a number that is not held as an integer. */
@inline export function numberText(number: Value): usize {
  return number + NUMBER_HEADER
}

/** The number that a valid JSON number text spells, in the representation that belongs to it. */
export function numberFromText(text: usize, byteLength: u32): Value {
  if (byteLength <= LONGEST_INTEGER && isCanonicalInteger(text, byteLength)) return integerValue(parsedInteger)
  const number = allocate(NUMBER_HEADER + byteLength)
  store<u32>(number, TEXT_KIND)
  store<u32>(number, byteLength, LENGTH)
  copyBytes(number + NUMBER_HEADER, text, byteLength)
  return number
}

/** What `isCanonicalInteger` read. */
let parsedInteger: i64 = 0

/** Whether the text is plain digits, `-` in front allowed, that fit 64 bits and are no `-0`. */
function isCanonicalInteger(text: usize, byteLength: u32): bool {
  const negative = load<u8>(text) == 0x2d
  const digits = text + usize(negative)
  const count = byteLength - u32(negative)
  if (count > 19) return false
  let magnitude: u64 = 0
  for (let i: u32 = 0; i < count; i++) {
    const digit = <u32>load<u8>(digits + i) - 0x30
    if (digit > 9) return false
    magnitude = magnitude * 10 + digit
  }
  if (negative) {
    if (magnitude == 0 || magnitude > 0x8000000000000000) return false
    parsedInteger = -(<i64>magnitude)
  } else {
    if (magnitude > 0x7fffffffffffffff) return false
    parsedInteger = <i64>magnitude
  }
  return true
}

/** Writes an integer in decimal at an address (room for 20 bytes) and returns the address after it. */
export function writeInteger(at: usize, value: i64): usize {
  let magnitude = <u64>value
  if (value < 0) {
    store<u8>(at++, 0x2d)
    magnitude = 0 - magnitude
  }
  const after = at + digitCount(magnitude)
  let digit = after
  while (magnitude > u32.MAX_VALUE) {
    const rest = magnitude / 10
    store<u8>(--digit, 0x30 + u32(magnitude - rest * 10))
    magnitude = rest
  }
  let low = u32(magnitude)
  while (low >= 10) {
    const rest = low / 10
    store<u8>(--digit, 0x30 + (low - rest * 10))
    low = rest
  }
  store<u8>(--digit, 0x30 + low)
  return after
}

function digitCount(magnitude: u64): u32 {
  let count: u32 = 1
  while (magnitude >= 10000) {
    magnitude /= 10000
    count += 4
  }
  return magnitude >= 1000 ? count + 3 : magnitude >= 100 ? count + 2 : magnitude >= 10 ? count + 1 : count
}

export function writeSmallIntegers(): void {
  for (let value = SMALLEST_INTEGER; value <= LARGEST_INTEGER; value++) {
    const at = INTEGERS + (<usize>(value - SMALLEST_INTEGER) << 4)
    store<u32>(at, TYPE_NUMBER)
    store<i64>(at, value, INTEGER)
  }
}
