/**
 * Time zones by the engine's own database, through `Intl.DateTimeFormat`: no tables of rules here.
 *
 * `Intl` knows offsets exactly but abbreviations only for some places; the others are listed below, and what has no letters
 * in the time zone database is written as its offset there too.
 */

export interface Zone {
  /** Seconds east of Greenwich at a time given in seconds since 1970. */
  readonly offsetAt: (seconds: number) => number
  /** Such as `CET` or `-03`. */
  readonly abbreviationAt: (seconds: number) => string
}

export const UTC: Zone = { offsetAt: () => 0, abbreviationAt: () => 'UTC' }

const zones = new Map<string, Zone | undefined>()

/** A zone by its name in the time zone database; undefined if there is none. The local zone is UTC here. */
export function zoneOf(name: string): Zone | undefined {
  if (name === '' || name === 'UTC' || name === 'Local') return UTC
  if (!zones.has(name)) zones.set(name, findZone(name))
  return zones.get(name)
}

function findZone(name: string): Zone | undefined {
  // Intl minds neither case nor offsets in place of names; the database does.
  if (!/^[A-Z][A-Za-z0-9]*(?:[_+-][A-Za-z0-9]+)*(?:\/[A-Z][A-Za-z0-9]*(?:[_+-][A-Za-z0-9]+)*)*$/.test(name)) return undefined
  let clock: Intl.DateTimeFormat
  try {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return undefined
  }
  const offsetAt = (seconds: number): number => {
    const fields = new Map(clock.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]))
    const field = (type: Intl.DateTimeFormatPartTypes): number => fields.get(type) ?? 0
    const local = Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'), field('second'))
    return local / 1000 - seconds
  }
  return { offsetAt, abbreviationAt: (seconds) => abbreviation(name, seconds, offsetAt) }
}

/** Regions whose English has the abbreviations of their surroundings. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-ZA', 'en-IN', 'en-NZ']

/** Abbreviations by offset where Intl has none or another; an empty list means that the offset itself is written. */
const EXCEPTIONS: readonly (readonly [zones: string, abbreviations: Readonly<Record<number, string>>])[] = [
  ['America/Adak', { [-36000]: 'HST', [-32400]: 'HDT' }],
  ['America/Dawson America/Hermosillo America/Mazatlan America/Whitehorse', { [-25200]: 'MST' }],
  ['America/Havana', { [-18000]: 'CST', [-14400]: 'CDT' }],
  ['America/St_Johns', { [-12600]: 'NST', [-9000]: 'NDT' }],
  ['Asia/Hong_Kong', { 28800: 'HKT' }],
  ['Asia/Jakarta Asia/Pontianak', { 25200: 'WIB' }],
  ['Asia/Jayapura', { 32400: 'WIT' }],
  ['Asia/Makassar', { 28800: 'WITA' }],
  ['Asia/Jerusalem', { 7200: 'IST', 10800: 'IDT' }],
  ['Asia/Karachi', { 18000: 'PKT' }],
  ['Asia/Macau Asia/Shanghai Asia/Taipei', { 28800: 'CST' }],
  ['Asia/Manila', { 28800: 'PST' }],
  ['Asia/Pyongyang Asia/Seoul', { 32400: 'KST' }],
  ['Asia/Tokyo', { 32400: 'JST' }],
  ['Europe/Dublin', { 0: 'GMT', 3600: 'IST' }],
  ['Europe/Guernsey Europe/Isle_of_Man Europe/Jersey', { 0: 'GMT', 3600: 'BST' }],
  ['Europe/Kirov Europe/Moscow Europe/Simferopol Europe/Volgograd', { 10800: 'MSK' }],
  ['Pacific/Guam Pacific/Saipan', { 36000: 'ChST' }],
  ['Pacific/Midway Pacific/Pago_Pago', { [-39600]: 'SST' }],
  ['Africa/Casablanca Africa/El_Aaiun', {}],
  ['Antarctica/Casey Antarctica/Troll Asia/Colombo Asia/Dubai Asia/Muscat', {}],
  ['Australia/Eucla Australia/Lord_Howe Pacific/Chatham', {}],
]

/** A winter and a summer of our days, whose abbreviations stand in where Intl has none for an older time. */
const RECENT_TIMES = [1_705_276_800, 1_720_915_200]

function abbreviation(name: string, seconds: number, offsetAt: (seconds: number) => number): string {
  const offset = offsetAt(seconds)
  // Only the local mean time of the days before time zones has seconds.
  if (offset % 60 !== 0) return 'LMT'
  const canonical = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  const exception = EXCEPTIONS.find(([zones]) => zones.split(' ').some((zone) => zone === name || zone === canonical))
  if (exception !== undefined) return exception[1][offset] ?? offsetText(offset)
  const times = [seconds, ...RECENT_TIMES.filter((time) => offsetAt(time) === offset)]
  for (const time of times) {
    for (const locale of LOCALES) {
      const parts = new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: 'short' }).formatToParts(time * 1000)
      const found = parts.find(({ type }) => type === 'timeZoneName')?.value
      if (found !== undefined && /^[A-Z]{3,5}$/.test(found)) return found
    }
  }
  return offsetText(offset)
}

/** `+03`, `-0330`. */
function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${minutes % 60 === 0 ? '' : two(minutes % 60)}`
}
