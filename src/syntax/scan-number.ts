/**
 * Where a number ends, and whether it is one the language can hold.
 */
import { MAX_BINARY_EXPONENT } from '../value/big-float.js'

export type NumberFault = 'expected-fraction' | 'expected-exponent' | 'illegal-number' | 'leading-zero'

const NUMBER = /(?:[0-9]+(\.[0-9]*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]*))?/y
const LETTERS = /[A-Za-z0-9_]+/y

/** The end of the number that begins at `start`, which is a digit or a dot before one; with the fault in it, if any. */
export function findNumberEnd(text: string, start: number): { readonly end: number; readonly fault: NumberFault | undefined } {
  NUMBER.lastIndex = start
  const match = NUMBER.exec(text) as RegExpExecArray
  const [spelling, fraction, exponent] = match
  const end = start + spelling.length
  LETTERS.lastIndex = end
  const letters = LETTERS.exec(text)
  if (fraction === '.') return { end: end + (letters?.[0].length ?? 0), fault: 'expected-fraction' }
  if (exponent !== undefined && !/[0-9]/.test(exponent))
    return { end: end + (letters?.[0].length ?? 0), fault: 'expected-exponent' }
  if (letters !== null) return { end: end + letters[0].length, fault: 'illegal-number' }
  if (/^0[0-9]/.test(spelling)) return { end, fault: 'leading-zero' }
  return { end, fault: undefined }
}

/** Decimal places in which 2^±100000 lies; only numbers in between need a closer look. */
const SURELY_SMALL = 30_100
const SURELY_BIG = 30_110

/** Whether the binary exponent of the number (value = m × 2^e, ½ <= m < 1) is beyond ±100000. */
export function isNumberTooBig(spelling: string): boolean {
  if (spelling.length < 5 || (spelling.length < SURELY_SMALL && !/[eE]/.test(spelling))) return false
  const [mantissa = '', exponentText = '0'] = spelling.replace(/^-/, '').split(/[eE]/)
  const [whole = '', fraction = ''] = mantissa.split('.')
  const digits = (whole + fraction).replace(/^0+/, '')
  if (/^0*$/.test(digits)) return false
  const exponent = Number(exponentText) - fraction.length
  // The value lies in [10^(place - 1), 10^place).
  const place = exponent + digits.length
  if (Math.abs(place) < SURELY_SMALL) return false
  if (Math.abs(place) > SURELY_BIG) return true
  return place > 0 ? isAtLeastLimit(digits, exponent) : isBelowLimit(digits, exponent)
}

/** digits × 10^exponent >= 2^100000 */
function isAtLeastLimit(digits: string, exponent: number): boolean {
  const limit = 1n << BigInt(MAX_BINARY_EXPONENT)
  if (exponent >= 0) return BigInt(digits) * 10n ** BigInt(exponent) >= limit
  return BigInt(digits) >= limit * 10n ** BigInt(-exponent)
}

/** digits × 10^exponent < 2^-100001, with a negative exponent */
function isBelowLimit(digits: string, exponent: number): boolean {
  return BigInt(digits) << BigInt(MAX_BINARY_EXPONENT + 1) < 10n ** BigInt(-exponent)
}
