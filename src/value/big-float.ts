/**
 * Binary floating point with a mantissa of any chosen width and an exponent without bounds, rounded to nearest even.
 *
 * OPA computes with fractions in 64-bit mantissas (`arithmetic.ts`); a few builtins of it use the 53 bits of a double.
 */
import type { DecimalParts, RegoNumber } from './number.js'

/** mantissa × 2^exponent; the mantissa is signed and has at most `precision` bits. */
export interface BigFloat {
  readonly mantissa: bigint
  readonly exponent: number
  readonly precision: number
}

/** Binary exponents beyond this, either way, are refused wherever numbers are read, as OPA refuses them. */
export const MAX_BINARY_EXPONENT = 100_000
/** Decimal exponents that are surely within the limit. */
const SAFE_DECIMAL_EXPONENT = 30_000

/** Whether a number is of a size that OPA takes. */
export function isWithinNumberLimit(number: RegoNumber): boolean {
  if (number.text.length < SAFE_DECIMAL_EXPONENT && !/[eE]/.test(number.text)) return true
  const { digits, exponent } = number.parts
  if (digits === 0n) return true
  const magnitude = digits < 0n ? -digits : digits
  const place = magnitude.toString().length + exponent
  if (Math.abs(place) < SAFE_DECIMAL_EXPONENT) return true
  if (Math.abs(place) > SAFE_DECIMAL_EXPONENT + 200) return false
  // Exactly: 2^-100001 <= magnitude < 2^100000.
  if (exponent >= 0) return magnitude * 10n ** BigInt(exponent) < 1n << BigInt(MAX_BINARY_EXPONENT)
  return magnitude << BigInt(MAX_BINARY_EXPONENT + 1) >= 10n ** BigInt(-exponent)
}

/** The float nearest to a decimal number. */
export function floatOf({ digits, exponent }: DecimalParts, precision: number): BigFloat {
  if (exponent >= 0) return round(digits * 10n ** BigInt(exponent), 0, precision)
  return roundQuotient(digits, 10n ** BigInt(-exponent), 0, precision)
}

export function addFloats(a: BigFloat, b: BigFloat): BigFloat {
  const exponent = Math.min(a.exponent, b.exponent)
  const left = a.mantissa << BigInt(a.exponent - exponent)
  const right = b.mantissa << BigInt(b.exponent - exponent)
  return round(left + right, exponent, a.precision)
}

export function negateFloat(a: BigFloat): BigFloat {
  return { ...a, mantissa: -a.mantissa }
}

export function multiplyFloats(a: BigFloat, b: BigFloat): BigFloat {
  return round(a.mantissa * b.mantissa, a.exponent + b.exponent, a.precision)
}

/** The divisor is not zero. */
export function divideFloats(a: BigFloat, b: BigFloat): BigFloat {
  return roundQuotient(a.mantissa, b.mantissa, a.exponent - b.exponent, a.precision)
}

/** The integer next to a float in the direction of zero. */
export function truncateFloat({ mantissa, exponent }: BigFloat): bigint {
  if (exponent >= 0) return mantissa << BigInt(exponent)
  const magnitude = (mantissa < 0n ? -mantissa : mantissa) >> BigInt(-exponent)
  return mantissa < 0n ? -magnitude : magnitude
}

export function isFloatIntegral({ mantissa, exponent }: BigFloat): boolean {
  return exponent >= 0 || mantissa === (mantissa >> BigInt(-exponent)) << BigInt(-exponent)
}

/** How many bits a non-negative integer has. */
function bitLength(value: bigint): number {
  if (value === 0n) return 0
  const hex = value.toString(16)
  return hex.length * 4 - Math.clz32(Number.parseInt(hex.charAt(0), 16)) + 28
}

function round(mantissa: bigint, exponent: number, precision: number): BigFloat {
  const magnitude = mantissa < 0n ? -mantissa : mantissa
  const surplus = bitLength(magnitude) - precision
  if (surplus <= 0) return { mantissa, exponent: mantissa === 0n ? 0 : exponent, precision }
  const shift = BigInt(surplus)
  let kept = magnitude >> shift
  const rest = magnitude - (kept << shift)
  const half = 1n << (shift - 1n)
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n
  return { mantissa: mantissa < 0n ? -kept : kept, exponent: exponent + surplus, precision }
}

function roundQuotient(dividend: bigint, divisor: bigint, exponent: number, precision: number): BigFloat {
  const isNegative = dividend < 0n !== divisor < 0n
  const above = dividend < 0n ? -dividend : dividend
  const below = divisor < 0n ? -divisor : divisor
  // Two bits more than are kept, and a third that says whether anything was cut off, decide the rounding.
  const shift = Math.max(0, precision + 2 + bitLength(below) - bitLength(above))
  const scaled = above << BigInt(shift)
  const quotient = scaled / below
  const sticky = (quotient << 1n) | (quotient * below === scaled ? 0n : 1n)
  return round(isNegative ? -sticky : sticky, exponent - shift - 1, precision)
}

/** The fewest decimal digits that identify a float: 0.`digits` × 10^`place`. */
export interface ShortestDecimal {
  readonly digits: string
  readonly place: number
}

/** The shortest decimal nearest to a positive float that no other float of its precision is nearer to. */
export function shortestDecimal(float: BigFloat): ShortestDecimal {
  const widen = float.precision - bitLength(float.mantissa)
  const mantissa = float.mantissa << BigInt(widen)
  const exponent = float.exponent - widen - 1
  const inclusive = (mantissa & 1n) === 0n
  // Value and the bounds half a unit away, as integers of one common scale.
  const scale = exponent >= 0 ? 1n << BigInt(exponent) : 5n ** BigInt(-exponent)
  const middle = mantissa * 2n * scale
  const text = middle.toString()
  const place = text.length + Math.min(exponent, 0)
  // Once Go has met the upper bound, and may not take it, it does not look at anything between it and the value.
  let isClosedAbove = false
  for (let length = 1; length < text.length; length++) {
    const unit = 10n ** BigInt(text.length - length)
    const down = middle - (middle % unit)
    const up = down + unit
    const lowIsIn = inclusive ? down >= middle - scale : down > middle - scale
    if (!inclusive && up === middle + scale) isClosedAbove = true
    const highIsIn = !isClosedAbove && up <= middle + scale
    if (!lowIsIn && !highIsIn) continue
    const takeUp = highIsIn && (!lowIsIn || isNearer(middle - down, up - middle, (down / unit) & 1n))
    const digits = (takeUp ? up : down).toString()
    // Rounding up may carry into a new first place.
    return { digits: digits.replace(/0+$/, ''), place: place + digits.length - text.length }
  }
  return { digits: text.replace(/0+$/, ''), place }
}

/** Whether to round up when both ways are open: to the nearer one, in a tie to the even one. */
function isNearer(toDown: bigint, toUp: bigint, oddness: bigint): boolean {
  return toUp < toDown || (toUp === toDown && oddness === 1n)
}
