/**
 * The inside of strings: plain, raw, and the text of template strings between the embedded expressions.
 */

export type QuotedFault = 'non-terminated-string' | 'illegal-escape'

const LF = 0x0a
const QUOTE = 0x22
const BACKSLASH = 0x5c
const BACKQUOTE = 0x60
const OPENING_BRACE = 0x7b

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Reads one piece of quoted text; afterwards the fields tell what it was. */
export class QuotedText {
  content = ''
  /** The closing quote, the brace of an embedded expression, or neither. */
  ended: 'quote' | 'brace' | 'fault' = 'fault'
  /** The first fault. */
  fault: QuotedFault | undefined
  faultAt = 0

  constructor(
    readonly text: string,
    readonly raw: boolean,
    readonly template: boolean,
  ) {}

  /** Reads from `start`, which is inside of the quotes; gives the offset behind the delimiter that ended it. */
  read(start: number): number {
    const { text, raw, template } = this
    const closing = raw ? BACKQUOTE : QUOTE
    let plain = start
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === closing || (template && code === OPENING_BRACE)) {
        this.content += text.slice(plain, at)
        this.ended = code === closing ? 'quote' : 'brace'
        return at + 1
      }
      if (code === LF && !raw) break
      if (code !== BACKSLASH || (raw && !template)) continue
      if (template && text.charCodeAt(at + 1) === OPENING_BRACE) {
        this.content += `${text.slice(plain, at)}{`
        at++
      } else if (!raw) {
        this.content += text.slice(plain, at)
        at = this.#readEscape(at)
      } else continue
      plain = at + 1
    }
    this.content += text.slice(plain, at)
    this.fault ??= 'non-terminated-string'
    return at
  }

  /** Reads the escape whose backslash is at `at`; gives the offset of its last character. */
  #readEscape(at: number): number {
    const letter = this.text.charAt(at + 1)
    if (letter === 'u') return this.#readUnicodeEscape(at)
    const meaning = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
    if (meaning !== undefined) {
      this.content += meaning
      return at + 1
    }
    this.#refuse(at)
    // A line break after the backslash ends the string, and a quote is most likely meant to.
    return letter === '\n' || letter === '' ? at : at + 1
  }

  #readUnicodeEscape(at: number): number {
    const unit = this.#hexUnit(at)
    if (unit === undefined) {
      this.#refuse(at)
      return at + 1
    }
    if (!isSurrogate(unit)) {
      this.content += String.fromCharCode(unit)
      return at + 5
    }
    const next = unit < 0xdc00 ? this.#hexUnit(at + 6) : undefined
    if (next === undefined || next < 0xdc00 || next > 0xdfff) {
      // Half of a pair is no character; it reads as the replacement character.
      this.content += '\ufffd'
      return at + 5
    }
    this.content += String.fromCharCode(unit, next)
    return at + 11
  }

  /** The code unit of the escape at `at`, if it is one. */
  #hexUnit(at: number): number | undefined {
    const escape = this.text.slice(at, at + 6)
    return /^\\u[0-9a-fA-F]{4}$/.test(escape) ? Number.parseInt(escape.slice(2), 16) : undefined
  }

  #refuse(at: number): void {
    if (this.fault !== undefined) return
    this.fault = 'illegal-escape'
    this.faultAt = at
  }
}

/** A letter, digit or underscore. */
export function isNameCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || (code >= 0x30 && code <= 0x39)
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
