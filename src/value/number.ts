/**
 * Rego numbers: an exact decimal with the spelling it came in.
 *
 * A number is sign × digits × 10^exponent with a bigint `digits` that has no trailing zeros (zero is 0 × 10^0), so equal
 * numbers have equal parts whatever their spelling. `1e100000000` must stay small in memory: nothing here expands the
 * exponent.
 */

export class RegoNumber {
  readonly kind = 'number'
  #parts: DecimalParts | undefined

  constructor(
    /** As written; valid JSON number syntax, or a leading-dot form. */
    readonly text: string,
  ) {}

  /** The exact value: `digits` (signed, no trailing zeros) × 10^`exponent`. */
  get parts(): DecimalParts {
    this.#parts ??= parseParts(this.text)
    return this.#parts
  }
}

export interface DecimalParts {
  readonly digits: bigint
  readonly exponent: number
}

/** The number that `text` spells; the text is taken as valid. */
export function numberOf(text: string): RegoNumber {
  return new RegoNumber(text)
}

function parseParts(text: string): DecimalParts {
  const match = /^(-?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text)
  if (match === null) throw new RangeError(`not a number: ${text}`)
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match
  const all = whole + fraction
  const significant = withoutZeros(all)
  if (/^0*$/.test(significant)) return { digits: 0n, exponent: 0 }
  const digits = BigInt(significant)
  const exponent = Number(exponentText) - fraction.length + (all.length - significant.length)
  return { digits: sign === '-' ? -digits : digits, exponent }
}

/** What is left of digits when the zeros at the end are gone. */
function withoutZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--
  return digits.slice(0, end)
}

/** Whether the value is an integer, whatever its spelling. */
export function isIntegral(number: RegoNumber): boolean {
  return number.parts.exponent >= 0
}

/** Exact order by value. */
export function compareNumbers(a: RegoNumber, b: RegoNumber): number {
  if (a.text === b.text) return 0
  const left = a.parts
  const right = b.parts
  const leftSign = sign(left.digits)
  const rightSign = sign(right.digits)
  if (leftSign !== rightSign) return leftSign < rightSign ? -1 : 1
  if (left.exponent === right.exponent) return left.digits < right.digits ? -1 : left.digits > right.digits ? 1 : 0
  // Same sign, other exponents: compare magnitudes by the place of the first digit, then digit by digit.
  const leftDigits = abs(left.digits).toString()
  const rightDigits = abs(right.digits).toString()
  const leftPlace = leftDigits.length + left.exponent
  const rightPlace = rightDigits.length + right.exponent
  if (leftPlace !== rightPlace) return leftPlace < rightPlace ? -leftSign : leftSign
  const width = Math.max(leftDigits.length, rightDigits.length)
  const order = compareDigitText(leftDigits.padEnd(width, '0'), rightDigits.padEnd(width, '0'))
  return order * leftSign
}

function compareDigitText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function sign(digits: bigint): -1 | 0 | 1 {
  return digits < 0n ? -1 : digits > 0n ? 1 : 0
}

function abs(digits: bigint): bigint {
  return digits < 0n ? -digits : digits
}
