/**
 * Arithmetic on Rego numbers, as OPA computes.
 *
 * Integers are exact without limit. As soon as a fraction takes part, and in every division, operands and result are
 * floats with a 64-bit mantissa, and the result is spelt with the fewest digits that identify it.
 */
import {
  type BigFloat,
  addFloats,
  divideFloats,
  floatOf,
  isFloatIntegral,
  multiplyFloats,
  negateFloat,
  shortestDecimal,
  truncateFloat,
} from './big-float.js'
import { type RegoNumber, isIntegral, numberOf } from './number.js'
import { num } from './value.js'

/** Bits of the mantissa of a computed fraction. */
const FRACTION_BITS = 64
/** Bits of the mantissa of a double. */
const DOUBLE_BITS = 53

export function addNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  const small = smallSum(a, b, 1)
  if (small !== undefined) return small
  if (isIntegral(a) && isIntegral(b)) return num(exactInteger(a) + exactInteger(b))
  return numberOfFloat(addFloats(toFloat(a), toFloat(b)))
}

export function subtractNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  const small = smallSum(a, b, -1)
  if (small !== undefined) return small
  if (isIntegral(a) && isIntegral(b)) return num(exactInteger(a) - exactInteger(b))
  return numberOfFloat(addFloats(toFloat(a), negateFloat(toFloat(b))))
}

export function multiplyNumbers(a: RegoNumber, b: RegoNumber): RegoNumber {
  if (isIntegral(a) && isIntegral(b)) return num(exactInteger(a) * exactInteger(b))
  return signZero(numberOfFloat(multiplyFloats(toFloat(a), toFloat(b))), [a, b])
}

/** Undefined if the divisor is zero. */
export function divideNumbers(a: RegoNumber, b: RegoNumber): RegoNumber | undefined {
  if (isZero(b)) return undefined
  return signZero(numberOfFloat(divideFloats(toFloat(a), toFloat(b))), [a, b])
}

/** The remainder with the sign of the dividend; both are integers and the divisor is not zero. */
export function remainder(a: RegoNumber, b: RegoNumber): RegoNumber {
  return num(exactInteger(a) % exactInteger(b))
}

/** The sum of a list. One fraction in it makes all of it floating. */
export function sumOf(numbers: readonly RegoNumber[]): RegoNumber {
  if (numbers.every(isIntegral)) return numbers.reduce(addNumbers, num(0))
  const zero: BigFloat = { mantissa: 0n, exponent: 0, precision: FRACTION_BITS }
  return numberOfFloat(numbers.reduce((sum, one) => addFloats(sum, toFloat(one)), zero))
}

/** The product of a list, which OPA computes in the precision of a double unless all are integers. */
export function productOf(numbers: readonly RegoNumber[]): RegoNumber {
  if (numbers.every(isIntegral)) return num(numbers.reduce((product, one) => product * exactInteger(one), 1n))
  const one: BigFloat = { mantissa: 1n, exponent: 0, precision: DOUBLE_BITS }
  const product = numbers.reduce((all, factor) => multiplyFloats(all, toFloat(factor)), one)
  return signZero(numberOfFloat(product), numbers)
}

/** A floating zero has a sign, that of the product or quotient it comes from. */
function signZero(result: RegoNumber, factors: readonly RegoNumber[]): RegoNumber {
  if (!isZero(result)) return result
  return numberOf(factors.filter(({ text }) => text.startsWith('-')).length % 2 === 1 ? '-0' : '0')
}

export function absolute(a: RegoNumber): RegoNumber {
  const float = toFloat(a)
  return numberOfFloat(float.mantissa < 0n ? negateFloat(float) : float)
}

/** As OPA: what truncates to zero is not taken one lower, so that `floor(-0.5)` is 0. */
export function floorNumber(a: RegoNumber): RegoNumber {
  const float = toFloat(a)
  const whole = truncateFloat(float)
  return num(whole < 0n && !isFloatIntegral(float) ? whole - 1n : whole)
}

/** As OPA: what truncates to zero is taken one higher, so that `ceil(-0.5)` is 1. */
export function ceilNumber(a: RegoNumber): RegoNumber {
  const float = toFloat(a)
  const whole = truncateFloat(float)
  return num(whole >= 0n && !isFloatIntegral(float) ? whole + 1n : whole)
}

/** Half away from zero. */
export function roundNumber(a: RegoNumber): RegoNumber {
  const float = toFloat(a)
  const half: BigFloat = { mantissa: float.mantissa < 0n ? -1n : 1n, exponent: -1, precision: FRACTION_BITS }
  return num(truncateFloat(addFloats(float, half)))
}

export function isZero(a: RegoNumber): boolean {
  return a.parts.digits === 0n
}

/** The value as a bigint, if it is an integer. */
export function integerOf(a: RegoNumber): bigint | undefined {
  return isIntegral(a) ? exactInteger(a) : undefined
}

/** The spelling that OPA gives a computed float. */
function numberOfFloat(float: BigFloat): RegoNumber {
  if (float.mantissa === 0n) return num(0)
  const sign = float.mantissa < 0n ? '-' : ''
  const { digits, place } = shortestDecimal(float.mantissa < 0n ? negateFloat(float) : float)
  return numberOf(sign + (isFloatIntegral(float) ? digits.padEnd(place, '0') : fractionText(digits, place)))
}

/** As Go's `%g` writes the shortest form: exponents from -4 to 5 in positional notation. */
function fractionText(digits: string, place: number): string {
  const exponent = place - 1
  if (exponent < -4 || exponent >= 6) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    const power = String(Math.abs(exponent)).padStart(2, '0')
    return `${digits.charAt(0)}${fraction}e${exponent < 0 ? '-' : '+'}${power}`
  }
  if (place <= 0) return `0.${'0'.repeat(-place)}${digits}`
  return `${digits.slice(0, place)}.${digits.slice(place)}`
}

function toFloat(a: RegoNumber): BigFloat {
  return floatOf(a.parts, FRACTION_BITS)
}

function exactInteger(a: RegoNumber): bigint {
  const { digits, exponent } = a.parts
  return exponent === 0 ? digits : digits * 10n ** BigInt(exponent)
}

/** a + sign × b where both are short integers: the case that nearly all sums are. */
function smallSum(a: RegoNumber, b: RegoNumber, sign: 1 | -1): RegoNumber | undefined {
  const left = shortInteger(a.text)
  if (left === undefined) return undefined
  const right = shortInteger(b.text)
  return right === undefined ? undefined : num(left + sign * right + 0)
}

function shortInteger(text: string): number | undefined {
  return text.length <= 15 && /^-?[0-9]+$/.test(text) ? Number(text) : undefined
}
