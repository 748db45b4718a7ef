/** Durations such as `1h2m3.5s`: Go's, and days, weeks and years of 365 days. */
import { failure } from '../context.js'
import { isInt64 } from './instant.js'
import { quoteBytes } from './quote-bytes.js'

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
  y: 31_536_000_000_000_000n,
}

/** Nanoseconds of a duration; a malformed one is a builtin error. */
export function parseDuration(text: string): bigint {
  const invalid = (): Error => failure(`time: invalid duration ${quoteBytes(text)}`)
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (body === '0') return 0n
  if (body === '') throw invalid()
  let total = 0n
  let rest = body
  while (rest !== '') {
    const [whole, integer = '', fraction = '', unit = ''] = /^([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/.exec(rest) ?? []
    if (whole === undefined || (integer === '' && fraction === '')) throw invalid()
    if (unit === '') throw failure(`time: missing unit in duration ${quoteBytes(text)}`)
    const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined
    if (factor === undefined) throw failure(`time: unknown unit ${quoteBytes(unit)} in duration ${quoteBytes(text)}`)
    total += BigInt(integer || '0') * factor + (BigInt(fraction || '0') * factor) / 10n ** BigInt(fraction.length)
    rest = rest.slice(whole.length)
  }
  const signed = sign === '-' ? -total : total
  if (!isInt64(signed)) throw invalid()
  return signed
}
