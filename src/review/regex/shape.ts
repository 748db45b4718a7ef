/**
 * The shape of a regular expression, as far as a reader needs it: a tree of alternatives, sequences and repetitions.
 *
 * What matches is never decided here, RE2 does that. A shape serves to make up a text that might match, and to see what
 * repeats inside of what. Patterns that are not RE2 have no reliable shape.
 */

export type Shape =
  /** One character out of some; `sample` is one of them. */
  | { readonly kind: 'char'; readonly sample: string }
  /** A place between characters. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'sequence'; readonly items: readonly Shape[] }
  /** `texts` are the options as written. */
  | { readonly kind: 'either'; readonly options: readonly Shape[]; readonly texts: readonly string[] }
  /** `text` is the whole as written, `itemText` what is repeated. */
  | {
      readonly kind: 'repeat'
      readonly item: Shape
      readonly least: number
      readonly most: number
      readonly text: string
      readonly itemText: string
    }

/** How deep groups may nest; deeper ones count as empty. RE2 has the same limit. */
const MAX_DEPTH = 1000

/** The shape of a pattern. */
export function shapeOf(pattern: string): Shape {
  const reader = new ShapeReader(pattern)
  const shape = reader.read()
  return shape
}

interface Level {
  readonly start: number
  readonly options: Shape[]
  readonly texts: string[]
  /** Where the option begins that is being read. */
  from: number
  items: Shape[]
}

/** Reads without recursion: a hostile pattern nests as deep as it is long. */
class ShapeReader {
  readonly #levels: Level[] = [{ start: 0, options: [], texts: [], from: 0, items: [] }]
  #at = 0

  constructor(private readonly pattern: string) {}

  read(): Shape {
    while (this.#at < this.pattern.length) this.#step()
    while (this.#levels.length > 1) this.#close()
    return this.#wholeOf(this.#levels[0] as Level)
  }

  #step(): void {
    const { pattern } = this
    const char = String.fromCodePoint(pattern.codePointAt(this.#at) as number)
    const top = this.#levels.at(-1) as Level
    const start = this.#at
    switch (char) {
      case '(':
        this.#open()
        return
      case ')':
        if (this.#levels.length > 1) this.#close()
        else this.#at++
        return
      case '|':
        this.#at++
        top.options.push(sequence(top.items))
        top.texts.push(pattern.slice(top.from, start))
        top.from = this.#at
        top.items = []
        return
      case '^':
      case '$':
        this.#at++
        return
      case '[':
        this.#add({ kind: 'char', sample: this.#readClass() }, start)
        return
      case '\\':
        this.#readEscape(start)
        return
      default:
        this.#at += char.length
        this.#add({ kind: 'char', sample: char === '.' ? 'x' : char }, start)
    }
  }

  #open(): void {
    const start = this.#at
    const flags = /\(\?[a-zA-Z-]*\)/y
    flags.lastIndex = start
    if (flags.test(this.pattern)) {
      this.#at = flags.lastIndex
      return
    }
    const head = /\((?:\?(?:P?<[^>]*>|[a-zA-Z-]*:))?/y
    head.lastIndex = start
    head.test(this.pattern)
    this.#at = Math.max(head.lastIndex, start + 1)
    if (this.#levels.length < MAX_DEPTH) this.#levels.push({ start, options: [], texts: [], from: this.#at, items: [] })
  }

  /** A group ends, with its bracket or with the text. */
  #close(): void {
    const level = this.#levels.pop() as Level
    const whole = this.#wholeOf(level)
    this.#at++
    this.#add(whole, level.start)
  }

  #wholeOf({ options, texts, from, items }: Level): Shape {
    if (options.length === 0) return sequence(items)
    const last = this.pattern.slice(from, this.#at)
    return { kind: 'either', options: [...options, sequence(items)], texts: [...texts, last] }
  }

  /** Adds an item with the repetition behind it. */
  #add(item: Shape, start: number): void {
    const quantifier = /(?:([*+?])|\{([0-9]{1,4})(,?)([0-9]{0,4})\})\??/y
    quantifier.lastIndex = this.#at
    const found = quantifier.exec(this.pattern)
    const { items } = this.#levels.at(-1) as Level
    if (found === null) {
      items.push(item)
      return
    }
    this.#at = quantifier.lastIndex
    const [, sign, low, comma, high] = found
    const least = sign === undefined ? Number(low) : sign === '+' ? 1 : 0
    const most = sign === undefined ? (comma === '' ? least : high === '' ? Infinity : Number(high)) : sign === '?' ? 1 : Infinity
    const text = this.pattern.slice(start, this.#at)
    items.push({ kind: 'repeat', item, least, most, text, itemText: text.slice(0, text.length - found[0].length) })
  }

  #readEscape(start: number): void {
    const { pattern } = this
    const next = pattern[start + 1] ?? '\\'
    if (next === 'Q') {
      const end = pattern.indexOf('\\E', start + 2)
      const text = pattern.slice(start + 2, end === -1 ? undefined : end)
      this.#at = end === -1 ? pattern.length : end + 2
      for (const char of text) (this.#levels.at(-1) as Level).items.push({ kind: 'char', sample: char })
      return
    }
    const long = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[0-9a-fA-F]*\}|[0-9a-fA-F]{2})|[0-7]{1,3})/y
    long.lastIndex = start
    const found = long.exec(pattern)?.[0] ?? pattern.slice(start, start + 2)
    this.#at = start + Math.max(found.length, 2)
    if (/^\\[bBAzE]$/.test(found)) return
    this.#add({ kind: 'char', sample: sampleOfEscape(found) }, start)
  }

  /** Reads a class, and gives a character that is in it as far as its first members tell. */
  #readClass(): string {
    const { pattern } = this
    const whole = /\[(\^?)(\]?(?:\[:\^?[a-z]*:\]|\\[\s\S]|[^\]\\])*)\]?/y
    whole.lastIndex = this.#at
    const found = whole.exec(pattern)
    this.#at = found === null ? pattern.length : whole.lastIndex
    const [, negated = '', body = ''] = found ?? []
    if (negated !== '') return ['x', '1', '-', ' ', '!'].find((char) => !inClass(body, char)) ?? 'x'
    const named = /^\[:(\^?)([a-z]*):\]/.exec(body)
    if (named !== null) return POSIX_SAMPLES[named[2] as string] ?? 'x'
    return body.startsWith('\\') ? sampleOfEscape(body.slice(0, 2)) : ([...body][0] ?? 'x')
  }
}

const POSIX_SAMPLES: Readonly<Record<string, string>> = {
  digit: '1',
  xdigit: '1',
  space: ' ',
  blank: ' ',
  punct: '-',
  upper: 'X',
}

/** Whether a class names a character, by itself, in a range, or in one of the usual escapes. */
function inClass(body: string, char: string): boolean {
  if (body.includes(char)) return true
  if (/\\[wS]/.test(body) && /\w/.test(char)) return true
  if (/\\d/.test(body) && /\d/.test(char)) return true
  if (/\\s/.test(body) && /\s/.test(char)) return true
  return [...body.matchAll(/(.)-(.)/gsu)].some(([, low = '', high = '']) => low <= char && char <= high)
}

const ESCAPE_SAMPLES: Readonly<Record<string, string>> = {
  d: '1',
  D: 'x',
  w: 'x',
  W: '-',
  s: ' ',
  S: 'x',
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  p: 'x',
  P: '1',
  C: 'x',
}

function sampleOfEscape(text: string): string {
  const letter = text[1] ?? '\\'
  if (letter === 'x' && text.length > 2) {
    const code = Number.parseInt(text.slice(2).replace(/[{}]/g, ''), 16)
    return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : 'x'
  }
  if (/[0-7]/.test(letter)) return String.fromCharCode(Number.parseInt(text.slice(1), 8))
  return ESCAPE_SAMPLES[letter] ?? letter
}

function sequence(items: readonly Shape[]): Shape {
  return items.length === 1 ? (items[0] as Shape) : items.length === 0 ? { kind: 'empty' } : { kind: 'sequence', items }
}
