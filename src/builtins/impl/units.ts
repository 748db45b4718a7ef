/** `units.*`: amounts with a decimal or binary unit. */
import { floatOf, isWithinNumberLimit, multiplyFloats, truncateFloat } from '../../value/big-float.js'
import { type RegoNumber, numberOf } from '../../value/number.js'
import { num } from '../../value/value.js'
import { type FunctionTable, failure } from '../context.js'
import { stringOf } from '../operand.js'

const DECIMAL = ['k', 'm', 'g', 't', 'p', 'e']
const FACTORS: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ...DECIMAL.map((unit, at) => [unit, 10n ** BigInt(3 * (at + 1))] as const),
  ...DECIMAL.map((unit, at) => [`${unit}i`, 2n ** BigInt(10 * (at + 1))] as const),
])

/** Digits after the point of an amount that is no integer. */
const DECIMALS = 10

export const UNITS: FunctionTable = {
  'units.parse': (_, text) => {
    const { amount, unit } = amountOf(stringOf(text, 1), 'units.parse', 'amount')
    // A lone small m is milli, a capital one mega; otherwise case does not count.
    const isMilli = unit === 'm'
    const factor = isMilli ? 1n : FACTORS.get(unit.toLowerCase())
    if (factor === undefined) throw failure(`units.parse: unit ${unit.charAt(0)}${unit.slice(1).toLowerCase()} not recognized`)
    const { digits, exponent } = amount.parts
    return exactNumber(digits * factor, exponent - (isMilli ? 3 : 0))
  },
  'units.parse_bytes': (_, text) => {
    const { amount, unit } = amountOf(stringOf(text, 1), 'units.parse_bytes', 'byte amount')
    const lower = unit.toLowerCase()
    const factor = FACTORS.get(lower === 'b' ? 'none' : lower.replace(/b$/, ''))
    if (factor === undefined) throw failure(`units.parse_bytes: byte unit ${lower} not recognized`)
    const bytes = multiplyFloats(floatOf(amount.parts, 64), floatOf({ digits: factor, exponent: 0 }, 64))
    return num(truncateFloat(bytes))
  },
}

/** The number and the unit that a text is made of. */
function amountOf(raw: string, name: string, what: string): { amount: RegoNumber; unit: string } {
  const text = raw.replaceAll('"', '')
  if (text.includes(' ')) throw failure(`${name}: spaces not allowed in resource strings`)
  const spelling = /^(?:[0-9.+-]|[eE](?=[0-9+-]))*/.exec(text)?.[0] ?? ''
  if (spelling === '') throw failure(`${name}: no ${what} provided`)
  if (!/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(spelling)) {
    throw failure(`${name}: could not parse ${what} to a number`)
  }
  const amount = numberOf(spelling.replace(/^\+/, ''))
  if (!isWithinNumberLimit(amount)) throw failure(`${name}: could not parse ${what} to a number`)
  return { amount, unit: text.slice(spelling.length) }
}

/** digits × 10^exponent: plain digits if that is an integer, else with ten decimals, halves away from zero. */
function exactNumber(digits: bigint, exponent: number): RegoNumber {
  if (exponent >= 0) return num(digits * 10n ** BigInt(exponent))
  const divisor = 10n ** BigInt(-exponent)
  if (digits % divisor === 0n) return num(digits / divisor)
  const magnitude = digits < 0n ? -digits : digits
  const scaled = (magnitude * 10n ** BigInt(DECIMALS) * 2n + divisor) / (divisor * 2n)
  const text = scaled.toString().padStart(DECIMALS + 1, '0')
  return numberOf(`${digits < 0n ? '-' : ''}${text.slice(0, -DECIMALS)}.${text.slice(-DECIMALS)}`)
}
