/**
 * Reads JSON and value text into values: one pass, no recursion, numbers kept as spelt.
 *
 * Value text is what OPA prints terms as. It differs from JSON in that braces without colons are sets, `set()` is the
 * empty one, keys may be anything, strings may have Go's escapes and numbers may begin with a dot.
 */
import { isWithinNumberLimit } from './big-float.js'
import { type RegoNumber, numberOf } from './number.js'
import { RegoObject, RegoSet, type RegoValue } from './value.js'

/** How deep arrays, objects and sets may nest, as in OPA's own reader. */
export const MAX_NESTING = 10_000

/** A text that is not what it should be. `offset` is in UTF-16 code units. */
export class ValueSyntaxError extends Error {
  override readonly name = 'ValueSyntaxError'

  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message)
  }
}

export type ValueGrammar = 'json' | 'text'

/** A collection that is being read; `key` is the one whose value comes next. */
type Frame =
  | { readonly kind: 'array'; readonly items: RegoValue[] }
  | { readonly kind: 'braces' }
  | { readonly kind: 'object'; readonly entries: [RegoValue, RegoValue][]; key: RegoValue | undefined }
  | { readonly kind: 'set'; readonly items: RegoValue[] }

const SPACE = /[ \t\n\r]*/y
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y
const JSON_NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LOOSE_NUMBER = /-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y
const JSON_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Reads the one value that `text` spells; throws `ValueSyntaxError`, also for a number that `accepts` turns down. */
export function readValue(
  text: string,
  grammar: ValueGrammar,
  accepts: (number: RegoNumber) => boolean = isWithinNumberLimit,
): RegoValue {
  return new ValueReader(text, grammar, accepts).read()
}

class ValueReader {
  readonly #text: string
  readonly #grammar: ValueGrammar
  readonly #open: Frame[] = []
  readonly #accepts: (number: RegoNumber) => boolean
  #at = 0

  constructor(text: string, grammar: ValueGrammar, accepts: (number: RegoNumber) => boolean) {
    this.#text = text
    this.#grammar = grammar
    this.#accepts = accepts
  }

  read(): RegoValue {
    for (;;) {
      let value = this.#openOrScalar()
      while (value !== undefined) {
        const frame = this.#open.pop()
        this.#skipSpace()
        if (frame === undefined) return this.#finish(value)
        value = this.#place(frame, value)
      }
    }
  }

  /** A scalar or empty collection, or nothing if a collection was opened whose first member follows. */
  #openOrScalar(): RegoValue | undefined {
    this.#skipSpace()
    const char = this.#text[this.#at]
    switch (char) {
      case '[':
        return this.#openFrame({ kind: 'array', items: [] }, ']', [])
      case '{':
        return this.#openFrame(
          this.#grammar === 'json' ? { kind: 'object', entries: [], key: undefined } : { kind: 'braces' },
          '}',
          RegoObject.of([]),
        )
      case '"':
        return this.#string()
      case 't':
        return this.#word('true', true)
      case 'f':
        return this.#word('false', false)
      case 'n':
        return this.#word('null', null)
      case 's':
        if (this.#grammar === 'text') return this.#word('set()', RegoSet.of([]))
    }
    return this.#number()
  }

  #openFrame(frame: Frame, close: string, empty: RegoValue): RegoValue | undefined {
    this.#at++
    this.#skipSpace()
    if (this.#text[this.#at] === close) {
      this.#at++
      return empty
    }
    if (this.#open.length >= MAX_NESTING) throw this.#fault(`nested deeper than ${MAX_NESTING} levels`)
    this.#open.push(frame)
    if (frame.kind === 'object' && this.#text[this.#at] !== '"') throw this.#unexpected('a key string')
    return undefined
  }

  /** Puts a value that was just read where it belongs; gives the collection if that closes it. */
  #place(frame: Frame, value: RegoValue): RegoValue | undefined {
    const char = this.#text[this.#at]
    switch (frame.kind) {
      case 'array':
        frame.items.push(value)
        return this.#nextMember(frame, ']', () => frame.items)
      case 'braces':
        // The first member decides: a colon makes it a key.
        if (char !== ':') return this.#place({ kind: 'set', items: [] }, value)
        return this.#place({ kind: 'object', entries: [], key: undefined }, value)
      case 'set':
        frame.items.push(value)
        return this.#nextMember(frame, '}', () => RegoSet.of(frame.items))
      case 'object': {
        if (frame.key === undefined) {
          if (char !== ':') throw this.#unexpected('`:`')
          this.#at++
          frame.key = value
          this.#open.push(frame)
          return undefined
        }
        frame.entries.push([frame.key, value])
        frame.key = undefined
        return this.#nextMember(frame, '}', () => RegoObject.of(frame.entries))
      }
    }
  }

  #nextMember(frame: Frame, close: string, finish: () => RegoValue): RegoValue | undefined {
    const char = this.#text[this.#at]
    if (char !== ',' && char !== close) throw this.#unexpected(`\`,\` or \`${close}\``)
    this.#at++
    if (char === close) return finish()
    this.#open.push(frame)
    if (frame.kind === 'object' && this.#grammar === 'json') {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') throw this.#unexpected('a key string')
    }
    return undefined
  }

  #finish(value: RegoValue): RegoValue {
    if (this.#at < this.#text.length) throw this.#unexpected('the end')
    return value
  }

  #word(word: string, value: RegoValue): RegoValue {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected('a value')
    this.#at += word.length
    return value
  }

  #number(): RegoNumber {
    const spelling = this.#match(this.#grammar === 'json' ? JSON_NUMBER : LOOSE_NUMBER)
    if (spelling === '') throw this.#unexpected('a value')
    const number = numberOf(spelling)
    if (!this.#accepts(number)) throw this.#fault('number too big')
    this.#at += spelling.length
    return number
  }

  #string(): string {
    this.#at++
    const parts: string[] = []
    for (;;) {
      const plain = this.#match(PLAIN_TEXT)
      this.#at += plain.length
      parts.push(plain)
      const char = this.#text[this.#at]
      if (char === '"') break
      if (char !== '\\') throw this.#unexpected('the rest of a string')
      parts.push(this.#escape())
    }
    this.#at++
    const text = parts.length === 1 ? (parts[0] as string) : parts.join('')
    // In JSON half a surrogate pair is no character, wherever it comes from. In value text it stands for a raw byte.
    return this.#grammar === 'json' ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text
  }

  #escape(): string {
    const char = this.#text[this.#at + 1] ?? ''
    const simple = JSON_ESCAPES[char]
    if (simple !== undefined) {
      this.#at += 2
      return simple
    }
    if (char === 'u') return this.#hexEscape(4)
    if (this.#grammar === 'text') {
      if (char === 'x') return this.#hexEscape(2)
      if (char === 'U') return this.#hexEscape(8)
      if (char === 'a' || char === 'v') {
        this.#at += 2
        return char === 'a' ? '\x07' : '\v'
      }
    }
    throw this.#unexpected('an escape')
  }

  #hexEscape(length: number): string {
    const digits = this.#text.slice(this.#at + 2, this.#at + 2 + length)
    if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) throw this.#unexpected('an escape')
    const code = Number.parseInt(digits, 16)
    if (code > 0x10ffff) throw this.#unexpected('an escape')
    this.#at += 2 + length
    // `\xff` is a raw byte; below 0x80 byte and character are the same.
    return length === 2 && code >= 0x80 ? String.fromCharCode(0xdc00 + code) : String.fromCodePoint(code)
  }

  #skipSpace(): void {
    this.#at += this.#match(SPACE).length
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    return pattern.exec(this.#text)?.[0] ?? ''
  }

  #unexpected(wanted: string): ValueSyntaxError {
    if (this.#at >= this.#text.length) return this.#fault(`expected ${wanted}, found the end`)
    const found = String.fromCodePoint(this.#text.codePointAt(this.#at) as number)
    return this.#fault(`expected ${wanted}, found ${JSON.stringify(found)}`)
  }

  #fault(message: string): ValueSyntaxError {
    return new ValueSyntaxError(message, this.#at)
  }
}
