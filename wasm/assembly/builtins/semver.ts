/**
 * Semantic versions (semver.org, 2.0.0), with an optional `v` in front. The parts of a version are left where they are in the
 * text and compared there. As in the reference enforcer, numbers may have needless zeros, and what follows a hyphen or a plus
 * sign may be empty.
 */
import { Text } from '../eval/abort'
import { compareBytes } from '../memory/bytes'
import { integerValue } from '../value/number'
import { booleanOf } from '../value/scalar'
import { stringBytes, stringLength } from '../value/string'
import { TYPE_STRING, UNDEFINED, typeOf, Value } from '../value/type'
import { failureAbout, hasType } from './failure'

const DOT: u32 = 0x2e
const HYPHEN: u32 = 0x2d
const PLUS: u32 = 0x2b

/** What `readVersion` found: the three numbers, and the pre-release between its hyphen and what follows. */
let numbers: usize = 0
let numbersEnd: usize = 0
let preRelease: usize = 0
let preReleaseEnd: usize = 0

/** False for what is no string. */
export function isValidVersion(value: Value): Value {
  return booleanOf(typeOf(value) == TYPE_STRING && readVersion(value))
}

/** -1, 0 or 1; what comes after a plus sign does not count. */
export function compareVersions(a: Value, b: Value): Value {
  if (!hasType('semver.compare', 1, TYPE_STRING, a) || !hasType('semver.compare', 2, TYPE_STRING, b)) return UNDEFINED
  if (!readVersion(a)) return invalidVersion('operand 1: string "', a)
  const aNumbers = numbers
  const aNumbersEnd = numbersEnd
  const aPreRelease = preRelease
  const aPreReleaseEnd = preReleaseEnd
  if (!readVersion(b)) return invalidVersion('operand 2: string "', b)
  const order = compareNumbers(aNumbers, aNumbersEnd, numbers, numbersEnd)
  return integerValue(order != 0 ? order : comparePreReleases(aPreRelease, aPreReleaseEnd, preRelease, preReleaseEnd))
}

function invalidVersion(before: Text, value: Value): Value {
  return failureAbout('semver.compare', before, stringBytes(value), stringLength(value), '" is not a valid SemVer')
}

function readVersion(value: Value): bool {
  let at = stringBytes(value)
  const end = at + stringLength(value)
  if (at < end && load<u8>(at) == 0x76) at++
  numbers = at
  for (let part = 0; part < 3; part++) {
    if (part > 0) {
      if (at == end || load<u8>(at) != DOT) return false
      at++
    }
    const stop = digitsEnd(at, end)
    if (!isNumber(at, stop)) return false
    at = stop
  }
  numbersEnd = at
  preRelease = at
  preReleaseEnd = at
  if (at < end && load<u8>(at) == HYPHEN) {
    preRelease = at + 1
    preReleaseEnd = identifiersEnd(at + 1, end)
    if (preReleaseEnd == 0) return false
    at = preReleaseEnd
  }
  if (at < end && load<u8>(at) == PLUS) {
    at = identifiersEnd(at + 1, end)
    if (at == 0) return false
  }
  return at == end
}

function digitsEnd(at: usize, end: usize): usize {
  while (at < end && <u32>load<u8>(at) - 0x30 <= 9) at++
  return at
}

/** Digits of at most 63 bits; needless zeros do no harm, as in the reference enforcer. */
function isNumber(start: usize, end: usize): bool {
  if (start == end) return false
  start = withoutZeros(start, end)
  if (end - start > 19) return false
  let value: u64 = 0
  for (let at = start; at < end; at++) value = value * 10 + (load<u8>(at) - 0x30)
  return value <= <u64>i64.MAX_VALUE
}

/** Address after identifiers with dots between them, or after none at all; 0 if one of several is empty. */
function identifiersEnd(at: usize, end: usize): usize {
  if (at == end || load<u8>(at) == PLUS) return at
  while (true) {
    const start = at
    while (at < end && isIdentifierByte(load<u8>(at))) at++
    if (at == start) return 0
    if (at == end || load<u8>(at) != DOT) return at
    at++
  }
}

/** Where digits begin to count; the last one always does. */
function withoutZeros(at: usize, end: usize): usize {
  while (at + 1 < end && load<u8>(at) == 0x30) at++
  return at
}

function isIdentifierByte(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26 || byte - 0x30 < 10 || byte == HYPHEN
}

/** The order of two rows of three numbers with dots between them. */
function compareNumbers(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  while (true) {
    const aStop = dotOrEnd(a, aEnd)
    const bStop = dotOrEnd(b, bEnd)
    const order = compareIdentifiers(a, aStop, b, bStop)
    if (order != 0 || aStop == aEnd) return order
    a = aStop + 1
    b = bStop + 1
  }
}

/** A version without a pre-release is above those with one. */
function comparePreReleases(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  if (a == aEnd || b == bEnd) return i32(a == aEnd) - i32(b == bEnd)
  while (true) {
    const aStop = dotOrEnd(a, aEnd)
    const bStop = dotOrEnd(b, bEnd)
    const order = compareIdentifiers(a, aStop, b, bStop)
    if (order != 0) return order
    if (aStop == aEnd || bStop == bEnd) return i32(bStop == bEnd) - i32(aStop == aEnd)
    a = aStop + 1
    b = bStop + 1
  }
}

function dotOrEnd(at: usize, end: usize): usize {
  while (at < end && load<u8>(at) != DOT) at++
  return at
}

/** Numbers by value, whatever their size, and below all others; the others by their bytes. */
function compareIdentifiers(a: usize, aEnd: usize, b: usize, bEnd: usize): i32 {
  const aIsNumber = digitsEnd(a, aEnd) == aEnd
  const bIsNumber = digitsEnd(b, bEnd) == bEnd
  if (aIsNumber != bIsNumber) return aIsNumber ? -1 : 1
  if (aIsNumber) {
    a = withoutZeros(a, aEnd)
    b = withoutZeros(b, bEnd)
  }
  const aLength = u32(aEnd - a)
  const bLength = u32(bEnd - b)
  if (aIsNumber && aLength != bLength) return aLength < bLength ? -1 : 1
  return compareBytes(a, aLength, b, bLength)
}
