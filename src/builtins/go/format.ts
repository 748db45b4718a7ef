/**
 * Go's `fmt.Sprintf` for the arguments that Rego has: how a format is taken apart, and what is said about one that does not
 * fit its arguments.
 */
import type { Budget } from '../context.js'
import { type Flags, NO_FLAGS } from './format-flags.js'
import { formatArgument, typeOfArgument } from './format-argument.js'

/** An integer of 64 bits and a larger one are told apart, as Go's types are. `type` is Go's name where it is another. */
export type GoArgument = (
  | { readonly kind: 'int64'; readonly value: bigint }
  | { readonly kind: 'big'; readonly value: bigint }
  | { readonly kind: 'float64'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
) & { readonly type?: string }

/** Widths, precisions and argument numbers beyond this are refused; in the format only where another digit follows. */
const MAX_NUMBER = 1_000_000

/** Characters of the result that are a unit of work. */
const CHARACTERS_PER_UNIT = 8

/** The formatted text; faults are written into it, as Go does. */
export function formatGo(format: string, args: readonly GoArgument[], budget: Budget = {}): string {
  return new Formatter(format, args, budget).run()
}

class Formatter {
  readonly #format: string
  readonly #args: readonly GoArgument[]
  readonly #out: string[] = []
  #at = 0
  #next = 0
  #isReordered = false
  #isGoodIndex = true

  constructor(
    format: string,
    args: readonly GoArgument[],
    readonly budget: Budget,
  ) {
    this.#format = format
    this.#args = args
  }

  run(): string {
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at)
      this.#out.push(this.#format.slice(this.#at, percent === -1 ? undefined : percent))
      if (percent === -1) break
      this.#at = percent + 1
      this.#isGoodIndex = true
      this.#directive()
    }
    if (!this.#isReordered && this.#next < this.#args.length) this.#reportExtra()
    return this.#out.join('')
  }

  /** One directive after its percent sign. */
  #directive(): void {
    const flags: Flags = { ...NO_FLAGS }
    this.#readFlags(flags)
    let afterIndex = this.#readIndex()
    if (this.#char() === '*') {
      this.#at++
      const width = this.#integerArgument()
      if (width === undefined) this.#out.push('%!(BADWIDTH)')
      else {
        flags.width = Math.abs(width)
        flags.minus ||= width < 0
      }
      afterIndex = false
    } else {
      flags.width = this.#readNumber()
      if (afterIndex && flags.width !== undefined) this.#isGoodIndex = false
    }
    // A point that ends the format is a verb.
    if (this.#char() === '.' && this.#at + 1 < this.#format.length) {
      this.#at++
      if (afterIndex) this.#isGoodIndex = false
      afterIndex = this.#readIndex()
      if (this.#char() === '*') {
        this.#at++
        const precision = this.#integerArgument()
        if (precision === undefined || precision < 0) this.#out.push('%!(BADPREC)')
        else flags.precision = precision
        afterIndex = false
      } else flags.precision = this.#readNumber() ?? 0
    }
    if (!afterIndex) this.#readIndex()
    this.#verb(flags)
  }

  #verb(flags: Flags): void {
    if (this.#at >= this.#format.length) {
      this.#out.push('%!(NOVERB)')
      return
    }
    const verb = String.fromCodePoint(this.#format.codePointAt(this.#at) as number)
    this.#at += verb.length
    if (verb === '%') this.#out.push('%')
    else if (!this.#isGoodIndex) this.#out.push(`%!${verb}(BADINDEX)`)
    else {
      const argument = this.#args[this.#next]
      if (argument === undefined) this.#out.push(`%!${verb}(MISSING)`)
      else {
        this.#next++
        const text = formatArgument(argument, verb, flags)
        this.budget.spend?.(text.length / CHARACTERS_PER_UNIT)
        this.#out.push(text)
      }
    }
  }

  #readFlags(flags: Flags): void {
    for (; ; this.#at++) {
      switch (this.#char()) {
        case '#':
          flags.sharp = true
          continue
        case '0':
          flags.zero = true
          continue
        case '+':
          flags.plus = true
          continue
        case '-':
          flags.minus = true
          continue
        case ' ':
          flags.space = true
          continue
      }
      return
    }
  }

  /** `[n]` chooses the argument that comes next; whether there was one. */
  #readIndex(): boolean {
    if (this.#char() !== '[') return false
    this.#isReordered = true
    const close = this.#format.indexOf(']', this.#at)
    if (this.#format.length - this.#at < 3 || close === -1) {
      this.#at++
      this.#isGoodIndex = false
      return false
    }
    const text = this.#format.slice(this.#at + 1, close)
    this.#at = close + 1
    const number = /^[0-9]{1,7}$/.test(text) && Number(text) <= MAX_NUMBER ? Number(text) : undefined
    if (number !== undefined && number >= 1 && number <= this.#args.length) this.#next = number - 1
    else this.#isGoodIndex = false
    return number !== undefined
  }

  #readNumber(): number | undefined {
    const digits = /[0-9]*/y
    digits.lastIndex = this.#at
    const text = digits.exec(this.#format)?.[0] ?? ''
    this.#at += text.length
    if (text === '') return undefined
    const number = Number(text)
    if (Math.floor(number / 10) <= MAX_NUMBER) return number
    this.#at = this.#format.length
    return undefined
  }

  #integerArgument(): number | undefined {
    const argument = this.#args[this.#next]
    if (argument === undefined) return undefined
    this.#next++
    if (argument.kind !== 'int64') return undefined
    const value = Number(argument.value)
    return Math.abs(value) <= MAX_NUMBER ? value : undefined
  }

  #char(): string | undefined {
    return this.#format[this.#at]
  }

  #reportExtra(): void {
    const extra = this.#args.slice(this.#next)
    const texts = extra.map((one) => `${typeOfArgument(one)}=${formatArgument(one, 'v', NO_FLAGS)}`)
    this.#out.push(`%!(EXTRA ${texts.join(', ')})`)
  }
}
