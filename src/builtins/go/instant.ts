/** Moments as Go's `time.Time` has them: nanoseconds since 1970, seen in a zone. */
import type { Zone } from './zone.js'

/** A moment in the fields of a calendar and a clock. */
export interface CivilTime {
  readonly year: number
  /** 1 … 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** From 1. */
  readonly yearDay: number
  /** Seconds east of Greenwich. */
  readonly offset: number
  /** Seconds since 1970. */
  readonly seconds: number
}

const NANOSECONDS = 1_000_000_000n
const DAY = 86_400_000

export function civilTime(nanoseconds: bigint, zone: Zone): CivilTime {
  const rest = ((nanoseconds % NANOSECONDS) + NANOSECONDS) % NANOSECONDS
  const seconds = Number((nanoseconds - rest) / NANOSECONDS)
  const offset = zone.offsetAt(seconds)
  const date = new Date((seconds + offset) * 1000)
  const year = date.getUTCFullYear()
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(rest),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - startOfYear(year)) / DAY) + 1,
    offset,
    seconds,
  }
}

/** Milliseconds at which a year begins. `Date.UTC` takes years below 100 for those of the last century. */
function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1)
}

/** Nanoseconds of a moment given by its fields; months and days out of range are carried over. */
export function nanosecondsOf(fields: {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  readonly offset: number
}): bigint {
  const date = new Date(0)
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  const seconds = fields.hour * 3600 + fields.minute * 60 + fields.second - fields.offset
  return (BigInt(date.getTime() / 1000) + BigInt(seconds)) * NANOSECONDS + BigInt(fields.nanosecond)
}

/** The offset of a zone at a time on its own clock, given as if that were Greenwich's; as Go decides about gaps and overlaps. */
export function offsetOfLocal(zone: Zone, localSeconds: number): number {
  const guess = zone.offsetAt(localSeconds)
  return guess === 0 ? 0 : zone.offsetAt(localSeconds - guess)
}

export function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value
}
