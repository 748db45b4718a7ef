/**
 * Doubles as Go's `strconv.FormatFloat` writes them: every digit exact, ties to even, which JavaScript's own formatting
 * does not give.
 */

export type FloatVerb = 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'x' | 'X' | 'b'

/** The digits of a positive number: 0.d1d2d3… × 10^place. Zero has none. */
interface Decimal {
  readonly digits: string
  readonly place: number
}

/** The text of a double. An absent precision asks for the fewest digits that identify it. */
export function formatFloat(value: number, verb: FloatVerb, precision: number | undefined): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const magnitude = Math.abs(value)
  if (magnitude === Number.POSITIVE_INFINITY) return `${sign === '' ? '+' : sign}Inf`
  return sign + formatMagnitude(magnitude, verb, precision)
}

function formatMagnitude(value: number, verb: FloatVerb, precision: number | undefined): string {
  switch (verb) {
    case 'e':
    case 'E': {
      const digits = precision === undefined ? shortest(value) : significant(value, precision + 1)
      return scientific(digits, precision ?? Math.max(digits.digits.length - 1, 0), verb)
    }
    case 'f':
    case 'F': {
      const digits = precision === undefined ? shortest(value) : atPlace(value, precision)
      return positional(digits, precision ?? Math.max(digits.digits.length - digits.place, 0))
    }
    case 'g':
    case 'G':
      return general(value, verb, precision)
    case 'x':
    case 'X': {
      const text = hexadecimal(value, precision)
      return verb === 'X' ? text.toUpperCase() : text
    }
    case 'b': {
      const { mantissa, exponent } = split(value)
      return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
    }
  }
}

function general(value: number, verb: 'g' | 'G', precision: number | undefined): string {
  const wanted = precision === 0 ? 1 : precision
  const decimal = wanted === undefined ? shortest(value) : significant(value, wanted)
  const count = decimal.digits.length
  let limit = wanted ?? 6
  if (wanted !== undefined && limit > count && count >= decimal.place) limit = count
  const exponent = decimal.place - 1
  if (exponent < -4 || exponent >= limit) return scientific(decimal, Math.max(count - 1, 0), verb === 'g' ? 'e' : 'E')
  return positional(decimal, Math.max(count - decimal.place, 0))
}

function scientific({ digits, place }: Decimal, precision: number, letter: 'e' | 'E'): string {
  const padded = digits.padEnd(precision + 1, '0')
  const exponent = digits === '' ? 0 : place - 1
  const fraction = precision > 0 ? `.${padded.slice(1, precision + 1)}` : ''
  return `${padded.charAt(0)}${fraction}${letter}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function positional({ digits, place }: Decimal, precision: number): string {
  const whole = place > 0 ? digits.slice(0, place).padEnd(place, '0') : '0'
  if (precision === 0) return whole
  const fraction = place > 0 ? digits.slice(place) : '0'.repeat(digits === '' ? 0 : -place) + digits
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`
}

function hexadecimal(value: number, precision: number | undefined): string {
  if (value === 0) return `0x0${precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`
  let { mantissa, exponent } = split(value)
  const shift = 53 - mantissa.toString(2).length
  mantissa <<= BigInt(shift)
  exponent -= shift
  // One hexadecimal digit before the point and thirteen after it.
  let digits = mantissa
  if (precision !== undefined && precision < 13) {
    const dropped = BigInt(4 * (13 - precision))
    digits = roundedShift(mantissa, dropped) << dropped
  }
  if (digits >> 53n !== 0n) {
    digits >>= 1n
    exponent += 1
  }
  const fraction = (digits & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  const kept = precision === undefined ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0')
  const power = exponent + 52
  return `0x1${kept === '' ? '' : `.${kept}`}p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** The fewest digits that identify the double: what JavaScript prints. */
function shortest(value: number): Decimal {
  if (value === 0) return { digits: '', place: 0 }
  const [digits = '', exponent = '0'] = value.toExponential().split('e')
  return { digits: digits.replace('.', ''), place: Number(exponent) + 1 }
}

/** That many significant digits, trailing zeros dropped. */
function significant(value: number, count: number): Decimal {
  if (value === 0) return { digits: '', place: 0 }
  const estimate = Number(value.toExponential().split('e')[1]) + 1
  const rounded = scaled(value, count - estimate)
  const text = rounded.toString()
  return { digits: text.replace(/0+$/, ''), place: estimate + text.length - count }
}

/** Digits down to 10^-`precision`. */
function atPlace(value: number, precision: number): Decimal {
  const rounded = scaled(value, precision)
  if (rounded === 0n) return { digits: '', place: 0 }
  const text = rounded.toString()
  return { digits: text, place: text.length - precision }
}

/** value × 10^power, rounded to an integer, ties to even. */
function scaled(value: number, power: number): bigint {
  const { mantissa, exponent } = split(value)
  const numerator = mantissa * 10n ** BigInt(Math.max(power, 0)) * 2n ** BigInt(Math.max(exponent, 0))
  const denominator = 10n ** BigInt(Math.max(-power, 0)) * 2n ** BigInt(Math.max(-exponent, 0))
  const quotient = numerator / denominator
  const twice = (numerator - quotient * denominator) * 2n
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient
}

function roundedShift(value: bigint, places: bigint): bigint {
  const quotient = value >> places
  const rest = value - (quotient << places)
  const half = 1n << (places - 1n)
  return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient
}

/** value = mantissa × 2^exponent, with the exponent of the double's last bit. */
function split(value: number): { mantissa: bigint; exponent: number } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const raw = bits.getBigUint64(0)
  const field = Number((raw >> 52n) & 0x7ffn)
  const fraction = raw & ((1n << 52n) - 1n)
  return field === 0 ? { mantissa: fraction, exponent: -1074 } : { mantissa: fraction | (1n << 52n), exponent: field - 1075 }
}
