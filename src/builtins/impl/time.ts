/** `time.*`: moments are nanoseconds since 1970, in 64 bits. */
import { floatOf, isFloatIntegral, truncateFloat } from '../../value/big-float.js'
import type { RegoNumber } from '../../value/number.js'
import { type RegoValue, isArray, num, typeNameOf } from '../../value/value.js'
import { BuiltinError, type FunctionTable, failure } from '../context.js'
import { parseDuration } from '../go/duration.js'
import { civilTime, isInt64, nanosecondsOf, offsetOfLocal } from '../go/instant.js'
import { formatTime } from '../go/time-format.js'
import { LONG_DAYS, NAMED_LAYOUTS } from '../go/time-layout.js'
import { parseTime } from '../go/time-parse.js'
import { UTC, type Zone, zoneOf } from '../go/zone.js'
import { indexOperand, isNumber, numberOperand, stringOf } from '../operand.js'
import { timeDifference } from '../time-difference.js'

const RFC3339 = '2006-01-02T15:04:05Z07:00'
const RFC3339_NANO = '2006-01-02T15:04:05.999999999Z07:00'

/** Bits of the mantissa of OPA's floats. */
const FLOAT_BITS = 64
/** More decimal places than any number of nanoseconds has. */
const MOST_DIGITS = 1000

export const TIME: FunctionTable = {
  'time.now_ns': ({ nowNs }) => num(nowNs),
  'time.parse_ns': (_, layout, text) => {
    const [named, value] = [stringOf(layout, 1), stringOf(text, 2)]
    return inRange(parseTime(NAMED_LAYOUTS.get(named) ?? named, value))
  },
  'time.parse_rfc3339_ns': (_, text) => inRange(parseTime(RFC3339, stringOf(text, 1))),
  'time.parse_duration_ns': (_, text) => num(parseDuration(stringOf(text, 1))),
  'time.format': (_, moment) => {
    const { nanoseconds, zone, layout } = momentOf(moment, 1)
    const named = layout === undefined || layout === '' ? RFC3339_NANO : layout
    return formatTime(civilTime(nanoseconds, zone), zone, NAMED_LAYOUTS.get(named) ?? named)
  },
  'time.date': (_, moment) => {
    const { year, month, day } = civilOf(moment)
    return [num(year), num(month), num(day)]
  },
  'time.clock': (_, moment) => {
    const { hour, minute, second } = civilOf(moment)
    return [num(hour), num(minute), num(second)]
  },
  'time.weekday': (_, moment) => LONG_DAYS[civilOf(moment).weekday],
  'time.add_date': (_, moment, years, months, days) => {
    const { nanoseconds, zone } = momentOf(moment, 1)
    const [byYears, byMonths, byDays] = [indexOperand(years, 2), indexOperand(months, 3), indexOperand(days, 4)]
    const time = civilTime(nanoseconds, zone)
    const local = nanosecondsOfLocal({ ...time, year: time.year + byYears, month: time.month + byMonths, day: time.day + byDays })
    if (local === undefined) throw outOfRange()
    const seconds = local / 1_000_000_000n - (local < 0n ? 1n : 0n)
    return inRange(local - BigInt(offsetOfLocal(zone, Number(seconds))) * 1_000_000_000n)
  },
  'time.diff': (_, a, b) => {
    // OPA counts its operands as the first, both.
    const [first, second] = [momentOf(a, 1), momentOf(b, 1)]
    return timeDifference(first, second).map(num)
  },
}

interface Moment {
  readonly nanoseconds: bigint
  readonly zone: Zone
  readonly layout: string | undefined
}

/** A number of nanoseconds, or an array of one, a zone and a layout, the later ones optional. */
function momentOf(value: RegoValue | undefined, place: number): Moment {
  if (isNumber(value)) return { nanoseconds: nanosecondsOperand(value), zone: UTC, layout: undefined }
  if (value === undefined || !isArray(value) || value.length === 0) {
    const type = value === undefined ? 'undefined' : typeNameOf(value)
    throw new BuiltinError(
      'eval_type_error',
      `operand ${place} must be either number (ns) or [number (ns), string (tz)] but got ${type}`,
    )
  }
  const [nanoseconds, zoneName, layout] = value
  const number = numberOperand(nanoseconds, place)
  const name = zoneName === undefined ? '' : stringOf(zoneName, place)
  const zone = zoneOf(name)
  if (zone === undefined) throw failure(isPath(name) ? 'time: invalid location name' : `unknown time zone ${name}`)
  const layoutText = layout === undefined ? undefined : stringOf(layout, place)
  return { nanoseconds: nanosecondsOperand(number), zone, layout: layoutText }
}

/** Whether the name of a zone leads out of where zones are kept. */
function isPath(name: string): boolean {
  return name.includes('..') || /^[/\\]/.test(name)
}

function nanosecondsOperand(value: RegoValue): bigint {
  const number = numberOperand(value, 1)
  const whole = /^(-?[0-9]+)(?:\.0*)?$/.exec(number.text)?.[1]
  const nanoseconds = whole === undefined ? roundedNanoseconds(number) : BigInt(whole)
  if (nanoseconds === undefined || !isInt64(nanoseconds)) throw failure('timestamp too big')
  return nanoseconds
}

/** Other spellings are read as floats, and have to be integers then. */
function roundedNanoseconds({ parts }: RegoNumber): bigint | undefined {
  if (Math.abs(parts.exponent) > MOST_DIGITS) return undefined
  const float = floatOf(parts, FLOAT_BITS)
  return isFloatIntegral(float) ? truncateFloat(float) : undefined
}

function civilOf(moment: RegoValue | undefined): ReturnType<typeof civilTime> {
  const { nanoseconds, zone } = momentOf(moment, 1)
  return civilTime(nanoseconds, zone)
}

/** Nanoseconds of fields on the clock of Greenwich; undefined for years that no calendar here reaches. */
function nanosecondsOfLocal(fields: Parameters<typeof nanosecondsOf>[0]): bigint | undefined {
  const isInReach = Math.abs(fields.year) < 200_000 && Math.abs(fields.month) < 200_000 && Math.abs(fields.day) < 10_000_000
  return isInReach ? nanosecondsOf({ ...fields, offset: 0 }) : undefined
}

function inRange(nanoseconds: bigint): RegoValue {
  if (!isInt64(nanoseconds)) throw outOfRange()
  return num(nanoseconds)
}

function outOfRange(): BuiltinError {
  return failure('time outside of valid range')
}
