/** Reads a moment by a reference layout, as Go's `time.Parse` does. */
import { failure } from '../context.js'
import { nanosecondsOf } from './instant.js'
import { quoteBytes } from './quote-bytes.js'
import { LONG_DAYS, LONG_MONTHS, type LayoutChunk, isFraction, layoutChunks } from './time-layout.js'

/** Nanoseconds since 1970; a text that does not fit the layout is a builtin error. */
export function parseTime(layout: string, text: string): bigint {
  return new TimeReader(layout, text).read()
}

class TimeReader {
  readonly #layout: string
  readonly #text: string
  #rest: string
  #year = 0
  #month: number | undefined
  #day: number | undefined
  #yearDay: number | undefined
  #hour = 0
  #minute = 0
  #second = 0
  #nanosecond = 0
  #offset = 0
  /** Once `Z` or `UTC` was read, other offsets in the text do not count. */
  #isUtc = false
  #half: 'am' | 'pm' | undefined

  constructor(layout: string, text: string) {
    this.#layout = layout
    this.#text = text
    this.#rest = text
  }

  read(): bigint {
    const chunks = layoutChunks(this.#layout)
    for (const [at, chunk] of chunks.entries()) {
      this.#skip(chunk.prefix)
      if (chunk.element !== '') this.#element(chunk.element, chunks[at + 1])
    }
    if (this.#rest !== '') throw failure(`parsing time ${this.#quoted()}: extra text: ${quoteBytes(this.#rest)}`)
    return this.#finish()
  }

  /** Literal text must be there; blanks stand for any number of blanks. */
  #skip(prefix: string): void {
    let wanted = prefix
    while (wanted !== '') {
      if (wanted.startsWith(' ')) {
        if (this.#rest !== '' && !this.#rest.startsWith(' ')) throw this.#mismatch(prefix)
        wanted = wanted.replace(/^ +/, '')
        this.#rest = this.#rest.replace(/^ +/, '')
      } else {
        if (this.#rest.charAt(0) !== wanted.charAt(0)) throw this.#mismatch(prefix)
        wanted = wanted.slice(1)
        this.#rest = this.#rest.slice(1)
      }
    }
  }

  #element(element: string, next: LayoutChunk | undefined): void {
    switch (element) {
      case '2006':
        this.#year = Number(this.#take(/^[0-9]{4}/, element))
        return
      case '06': {
        const year = Number(this.#take(/^[0-9]{2}/, element))
        this.#year = year >= 69 ? 1900 + year : 2000 + year
        return
      }
      case 'January':
        this.#month = this.#name(LONG_MONTHS, element) + 1
        return
      case 'Jan':
        this.#month = this.#name(shortened(LONG_MONTHS), element) + 1
        return
      case '1':
      case '01':
        this.#month = this.#number(element, 1, 12, 'month')
        return
      case 'Monday':
        this.#name(LONG_DAYS, element)
        return
      case 'Mon':
        this.#name(shortened(LONG_DAYS), element)
        return
      case '2':
      case '_2':
      case '02':
        if (element === '_2') this.#rest = this.#rest.replace(/^ /, '')
        this.#day = this.#number(element, 0, 99, 'day')
        return
      case '__2':
      case '002':
        if (element === '__2') this.#rest = this.#rest.replace(/^ {1,2}/, '')
        this.#yearDay = Number(this.#take(element === '002' ? /^[0-9]{3}/ : /^[0-9]{1,3}/, element))
        return
      case '15':
        this.#hour = this.#number(element, 0, 23, 'hour', /^[0-9]{1,2}/)
        return
      case '3':
      case '03':
        this.#hour = this.#number(element, 0, 12, 'hour')
        return
      case '4':
      case '04':
        this.#minute = this.#number(element, 0, 59, 'minute')
        return
      case '5':
      case '05':
        this.#second = this.#number(element, 0, 59, 'second')
        this.#unaskedFraction(next)
        return
      case 'PM':
        this.#half = this.#take(/^[AP]M/, element) === 'PM' ? 'pm' : 'am'
        return
      case 'pm':
        this.#half = this.#take(/^[ap]m/, element) === 'pm' ? 'pm' : 'am'
        return
      case 'MST':
        this.#zoneName()
        return
    }
    if (isFraction(element)) this.#fraction(element)
    else this.#zoneOffset(element)
  }

  /** Seconds may have a fraction even where the layout has none. */
  #unaskedFraction(next: LayoutChunk | undefined): void {
    if (next?.prefix === '' && isFraction(next.element)) return
    const fraction = /^[.,][0-9]+/.exec(this.#rest)?.[0]
    if (fraction === undefined) return
    this.#setFraction(fraction)
  }

  #fraction(element: string): void {
    if (element.includes('9')) {
      const found = /^[.,][0-9]+/.exec(this.#rest)?.[0]
      if (found !== undefined) this.#setFraction(found)
      return
    }
    if (!new RegExp(`^[.,][0-9]{${element.length - 1}}`).test(this.#rest)) throw this.#mismatch(element)
    this.#setFraction(this.#rest.slice(0, element.length))
  }

  #setFraction(text: string): void {
    this.#nanosecond = Number(text.slice(1, 10).padEnd(9, '0'))
    this.#rest = this.#rest.slice(text.length)
  }

  #zoneOffset(element: string): void {
    if (element.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1)
      this.#isUtc = true
      return
    }
    const between = element.includes(':') ? ':' : ''
    const count = element.replace(/[^0-9]/g, '').length / 2
    const pattern = new RegExp(`^[+-]${Array(count).fill('[0-9]{2}').join(between)}`)
    const text = this.#take(pattern, element)
    const [hours = 0, minutes = 0, seconds = 0] = (text.match(/[0-9]{2}/g) ?? []).map(Number)
    if (hours > 24) throw this.#outOfRange('time zone offset hour')
    if (minutes > 60) throw this.#outOfRange('time zone offset minute')
    if (seconds > 60) throw this.#outOfRange('time zone offset second')
    this.#offset = (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
  }

  /** An abbreviation says nothing about the offset, except that it must look like one. */
  #zoneName(): void {
    if (this.#rest.length < 3) throw this.#mismatch('MST')
    const offsets = /^(?:UTC|(?:GMT)?[+-]0*(?:[0-9]|1[0-9]|2[0-3])(?![0-9])|GMT)/
    const letters = /^(?:ChST|MeST|(?:[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3})(?![A-Z]))/
    const name = this.#take(offsets.test(this.#rest) ? offsets : letters, 'MST')
    if (name === 'UTC') this.#isUtc = true
  }

  #name(names: readonly string[], element: string): number {
    const lower = this.#rest.toLowerCase()
    const at = names.findIndex((name) => lower.startsWith(name.toLowerCase()))
    if (at === -1) throw this.#mismatch(element)
    this.#rest = this.#rest.slice((names[at] as string).length)
    return at
  }

  #number(element: string, low: number, high: number, what: string, form?: RegExp): number {
    const pattern = form ?? (element.startsWith('0') ? /^[0-9]{2}/ : /^[0-9]{1,2}/)
    const value = Number(this.#take(pattern, element))
    if (value < low || value > high) throw this.#outOfRange(what)
    return value
  }

  #take(pattern: RegExp, element: string): string {
    const found = pattern.exec(this.#rest)?.[0]
    if (found === undefined) throw this.#mismatch(element)
    this.#rest = this.#rest.slice(found.length)
    return found
  }

  #finish(): bigint {
    if (this.#half === 'pm' && this.#hour < 12) this.#hour += 12
    else if (this.#half === 'am' && this.#hour === 12) this.#hour = 0
    const [month, day] = this.#monthAndDay()
    return nanosecondsOf({
      year: this.#year,
      month,
      day,
      hour: this.#hour,
      minute: this.#minute,
      second: this.#second,
      nanosecond: this.#nanosecond,
      offset: this.#isUtc ? 0 : this.#offset,
    })
  }

  #monthAndDay(): readonly [month: number, day: number] {
    if (this.#yearDay === undefined) {
      const [month, day] = [this.#month ?? 1, this.#day ?? 1]
      if (day < 1 || day > daysIn(this.#year, month)) throw this.#outOfRange('day')
      return [month, day]
    }
    if (this.#yearDay < 1 || this.#yearDay > (isLeap(this.#year) ? 366 : 365)) throw this.#outOfRange('day-of-year')
    const date = new Date(0)
    date.setUTCFullYear(this.#year, 0, this.#yearDay)
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()]
    if ((this.#month !== undefined && this.#month !== month) || (this.#day !== undefined && this.#day !== day)) {
      throw failure(`parsing time ${this.#quoted()}: day-of-year does not match ${this.#month === month ? 'day' : 'month'}`)
    }
    return [month, day]
  }

  #quoted(): string {
    return quoteBytes(this.#text)
  }

  #mismatch(element: string): Error {
    const [layout, rest, wanted] = [this.#layout, this.#rest, element].map((text) => quoteBytes(text))
    return failure(`parsing time ${this.#quoted()} as ${layout}: cannot parse ${rest} as ${wanted}`)
  }

  #outOfRange(what: string): Error {
    return failure(`parsing time ${this.#quoted()}: ${what} out of range`)
  }
}

function shortened(names: readonly string[]): string[] {
  return names.map((name) => name.slice(0, 3))
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysIn(year: number, month: number): number {
  return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}
