/** Writes a moment by a reference layout. */
import { LONG_DAYS, LONG_MONTHS, isFraction, layoutChunks } from './time-layout.js'
import type { CivilTime } from './instant.js'
import type { Zone } from './zone.js'

export function formatTime(time: CivilTime, zone: Zone, layout: string): string {
  return layoutChunks(layout)
    .map(({ prefix, element }) => prefix + formatElement(element, time, zone))
    .join('')
}

function formatElement(element: string, time: CivilTime, zone: Zone): string {
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12
  switch (element) {
    case '':
      return ''
    case '2006':
      return time.year < 0 ? `-${digits(-time.year, 4)}` : digits(time.year, 4)
    case '06':
      return digits(time.year % 100, 2)
    case 'January':
      return LONG_MONTHS[time.month - 1] as string
    case 'Jan':
      return (LONG_MONTHS[time.month - 1] as string).slice(0, 3)
    case '1':
      return String(time.month)
    case '01':
      return digits(time.month, 2)
    case 'Monday':
      return LONG_DAYS[time.weekday] as string
    case 'Mon':
      return (LONG_DAYS[time.weekday] as string).slice(0, 3)
    case '2':
      return String(time.day)
    case '_2':
      return String(time.day).padStart(2)
    case '02':
      return digits(time.day, 2)
    case '__2':
      return String(time.yearDay).padStart(3)
    case '002':
      return digits(time.yearDay, 3)
    case '15':
      return digits(time.hour, 2)
    case '3':
      return String(hour12)
    case '03':
      return digits(hour12, 2)
    case '4':
      return String(time.minute)
    case '04':
      return digits(time.minute, 2)
    case '5':
      return String(time.second)
    case '05':
      return digits(time.second, 2)
    case 'PM':
      return time.hour >= 12 ? 'PM' : 'AM'
    case 'pm':
      return time.hour >= 12 ? 'pm' : 'am'
    case 'MST':
      return zone.abbreviationAt(time.seconds)
  }
  if (isFraction(element)) return fraction(element, time.nanosecond)
  if (element.startsWith('Z') && time.offset === 0) return 'Z'
  return offset(element, time.offset)
}

function fraction(element: string, nanosecond: number): string {
  const shown = digits(nanosecond, 9).slice(0, element.length - 1)
  if (!element.includes('9')) return element.charAt(0) + shown
  const trimmed = shown.replace(/0+$/, '')
  return trimmed === '' ? '' : element.charAt(0) + trimmed
}

/** An element such as `-07:00:00` says which fields to write and whether colons stand between them. */
function offset(element: string, seconds: number): string {
  const magnitude = Math.abs(seconds)
  const fields = [Math.floor(magnitude / 3600), Math.floor(magnitude / 60) % 60, magnitude % 60]
  const count = element.replace(/[^0-9]/g, '').length / 2
  const text = fields.slice(0, count).map((field) => digits(field, 2))
  return (seconds < 0 ? '-' : '+') + text.join(element.includes(':') ? ':' : '')
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
