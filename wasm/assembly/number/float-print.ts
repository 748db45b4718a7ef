/**
 * Float to decimal: the fewest digits that lie nearer to the value than half a unit of its last place, in the shape that
 * OPA prints a computed number in.
 */
import {
  bigCompare, bigCompareSum, bigCopy, bigFromU64, bigLength, bigMultiply, bigMultiplySmall, bigShiftLeft, bigSubtractFrom,
} from './big'
import { bigPowerOfFive } from './big-decimal'
import { Float, PRECISION } from './float'
import { scratchAllocate } from './scratch'

/** A 64-bit mantissa never needs more digits. */
const MOST_DIGITS: usize = 24

/** log10(2) × 2^32. */
const LOG10_OF_2: i64 = 1292913986

/** What `shortestDigits` found: ASCII digits, how many, and how many of them stand before the point. */
let digits: usize = 0
let digitCount: u32 = 0
let digitPlace: i32 = 0

/** The text of a float between `floatText` and `floatTextEnd`. */
export let floatText: usize = 0
export let floatTextEnd: usize = 0

/** Writes a float, which is taken to have so many bits; the result lies at `floatText`. */
export function printFloat(float: Float, bits: u32): void {
  if (float.isZero()) {
    const text = scratchAllocate(2)
    store<u8>(text, 0x2d)
    store<u8>(text + 1, 0x30)
    floatText = float.negative != 0 ? text : text + 1
    floatTextEnd = text + 2
    return
  }
  shortestDigits(float, bits)
  const scientific = !float.isIntegral() && (digitPlace - 1 < -4 || digitPlace - 1 >= 6)
  const room = scientific ? MOST_DIGITS + 16 : MOST_DIGITS + 8 + <usize>max(digitPlace, 0)
  const text = scratchAllocate(room)
  let at = text
  if (float.negative != 0) store<u8>(at++, 0x2d)
  if (scientific) at = writeScientific(at)
  else at = writePositional(at)
  floatText = text
  floatTextEnd = at
}

function writeScientific(at: usize): usize {
  store<u8>(at++, load<u8>(digits))
  if (digitCount > 1) {
    store<u8>(at++, 0x2e)
    memory.copy(at, digits + 1, digitCount - 1)
    at += digitCount - 1
  }
  const exponent = digitPlace - 1
  store<u8>(at++, 0x65)
  store<u8>(at++, exponent < 0 ? 0x2d : 0x2b)
  let left = <u32>abs(exponent)
  let width: usize = 2
  for (let rest = left / 100; rest > 0; rest /= 10) width++
  for (let place = width; place-- > 0; left /= 10) store<u8>(at + place, 0x30 + <u8>(left % 10))
  return at + width
}

function writePositional(at: usize): usize {
  if (digitPlace <= 0) {
    store<u8>(at++, 0x30)
    store<u8>(at++, 0x2e)
    memory.fill(at, 0x30, <usize>-digitPlace)
    at += <usize>-digitPlace
    memory.copy(at, digits, digitCount)
    return at + digitCount
  }
  const whole = min(<u32>digitPlace, digitCount)
  memory.copy(at, digits, whole)
  at += whole
  memory.fill(at, 0x30, <u32>digitPlace - whole)
  at += <u32>digitPlace - whole
  if (digitCount <= whole) return at
  store<u8>(at++, 0x2e)
  memory.copy(at, digits + whole, digitCount - whole)
  return at + (digitCount - whole)
}

/**
 * Generates digits of the exact value, rest / scale × 10^place, until what is left (or what a digit more would add) is
 * within half a unit of the last place of the mantissa. The interval is closed where the mantissa is even, since rounding
 * then leads back to it; below a power of two it is taken as wide as above, as OPA does.
 */
function shortestDigits(float: Float, bits: u32): void {
  const spare = PRECISION - bits
  const mantissa = float.mantissa >> spare
  // In units of half the last place.
  const binary = float.exponent + <i32>spare - 1
  // log10 of the value, rounded down; at most one too low.
  const place = <i32>((<i64>(float.exponent + 63) * LOG10_OF_2) >> 32) + 1
  const power = bigPowerOfFive(<u32>abs(place))
  let rest = bigFromU64(mantissa)
  let half = bigFromU64(1)
  let scale = bigFromU64(1)
  if (place >= 0) scale = power
  else {
    rest = bigMultiply(rest, power)
    half = power
  }
  const shift = binary - place
  rest = bigShiftLeft(rest, <u32>max(shift, 0) + 1)
  half = bigShiftLeft(half, <u32>max(shift, 0))
  scale = bigShiftLeft(scale, <u32>max(-shift, 0))
  generateDigits(rest, half, scale, place, (mantissa & 1) == 0)
}

function generateDigits(rest: usize, half: usize, scale: usize, place: i32, closed: bool): void {
  digits = scratchAllocate(MOST_DIGITS)
  digitCount = 0
  digitPlace = place
  // INVARIANT: rest and half stay below ten times scale, so this is room for all multiplications to come.
  const room = bigLength(scale) + 1
  rest = bigCopy(rest, room)
  half = bigCopy(half, room)
  // OPA gives up rounding up once the open upper bound itself has been reached by the digits so far.
  let upBarred = false
  const order = bigCompareSum(rest, half, scale)
  if (order > 0 || (order == 0 && closed)) {
    digitPlace++
  } else {
    upBarred = order == 0
    bigMultiplySmall(rest, 10, 0)
    bigMultiplySmall(half, 10, 0)
  }
  for (;;) {
    let digit: u8 = 0
    while (bigCompare(rest, scale) >= 0) {
      bigSubtractFrom(rest, scale)
      digit++
    }
    const below = bigCompare(half, rest)
    const down = below > 0 || (closed && below == 0)
    const above = bigCompareSum(rest, half, scale)
    const up = !upBarred && (above > 0 || (closed && above == 0))
    if (down || up) {
      if (!down || (up && roundsUp(rest, scale, digit))) digit++
      store<u8>(digits + digitCount++, 0x30 + digit)
      return
    }
    if (above == 0) upBarred = true
    store<u8>(digits + digitCount++, 0x30 + digit)
    bigMultiplySmall(rest, 10, 0)
    bigMultiplySmall(half, 10, 0)
  }
}

/** Whether rest / scale is more than a half, or just a half after an odd digit. */
function roundsUp(rest: usize, scale: usize, digit: u8): bool {
  const order = bigCompareSum(rest, rest, scale)
  return order > 0 || (order == 0 && (digit & 1) != 0)
}
