/** The difference of two moments in calendar fields. */
import { civilTime } from './go/instant.js'
import type { Zone } from './go/zone.js'

interface ZonedMoment {
  readonly nanoseconds: bigint
  readonly zone: Zone
}

/** Years, months, days, hours, minutes and seconds from the earlier to the later, both seen in the zone of the first. */
export function timeDifference(first: ZonedMoment, second: ZonedMoment): readonly number[] {
  const isOrdered = first.nanoseconds <= second.nanoseconds
  const early = civilTime(isOrdered ? first.nanoseconds : second.nanoseconds, first.zone)
  const late = civilTime(isOrdered ? second.nanoseconds : first.nanoseconds, first.zone)
  let years = late.year - early.year
  let months = late.month - early.month
  let days = late.day - early.day
  let hours = late.hour - early.hour
  let minutes = late.minute - early.minute
  let seconds = late.second - early.second
  if (seconds < 0) {
    seconds += 60
    minutes--
  }
  if (minutes < 0) {
    minutes += 60
    hours--
  }
  if (hours < 0) {
    hours += 24
    days--
  }
  if (days < 0) {
    // The month that the earlier moment lies in lends its days.
    days += new Date(Date.UTC(early.year, early.month, 0)).getUTCDate()
    months--
  }
  if (months < 0) {
    months += 12
    years--
  }
  return [years, months, days, hours, minutes, seconds]
}
