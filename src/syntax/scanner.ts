/**
 * Text to tokens, in one pass and in linear time (rego-language, section 2).
 *
 * Errors are reported and leave an `invalid` token, about which the parser says nothing more. Brackets are matched on
 * the way, because the closing brace of an embedded expression has to be told from others in a template string; the
 * parser looks ahead over matched brackets instead of trying and going back.
 */
import type { DiagnosticSink } from '../diagnostics/diagnostic.js'
import { SYNTAX_MESSAGES } from '../diagnostics/catalogue/syntax.js'
import type { Source } from '../source/source.js'
import type { Comment } from './ast.js'
import { type NumberFault, findNumberEnd } from './scan-number.js'
import { type QuotedFault, QuotedText, isNameCode } from './scan-string.js'
import { PUNCTUATION, type Punctuation, type Token, type TokenKind, isWord } from './token.js'

export interface ScannedText {
  /** Ends with an `eof` token. */
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
}

/** A text with more lexical faults than this is not looked at further. */
const MAX_FAULTS = 100

/** All tokens and comments of a text. */
export function scan(source: Source, sink: DiagnosticSink): ScannedText {
  return new Scanner(source, sink).scan()
}

type MutableToken = { -readonly [Key in keyof Token]: Token[Key] }

const CLOSERS: Readonly<Partial<Record<TokenKind, TokenKind>>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  'template-open': 'template-close',
}

const TAB = 0x09
const LF = 0x0a
const CR = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const HASH = 0x23
const DOLLAR = 0x24
const DOT = 0x2e
const EQUALS = 0x3d
const BACKQUOTE = 0x60

class Scanner {
  readonly #source: Source
  readonly #text: string
  readonly #sink: DiagnosticSink
  readonly #tokens: MutableToken[] = []
  readonly #comments: Comment[] = []
  /** Indexes of the opening brackets that are not closed yet. */
  readonly #open: number[] = []
  /** For each template string we are in: whether it is raw. */
  readonly #templates: boolean[] = []
  #at = 0
  #spaced = false
  #newline = false
  #faults = 0

  constructor(source: Source, sink: DiagnosticSink) {
    this.#source = source
    this.#text = source.text
    this.#sink = sink
  }

  scan(): ScannedText {
    if (this.#text.charCodeAt(0) === 0xfeff) this.#at = 1
    this.#checkCharacters()
    this.#newline = true
    while (this.#skipSpace() && this.#faults < MAX_FAULTS) this.#scanToken()
    this.#at = this.#text.length
    this.#add('eof', this.#at, '')
    return { tokens: this.#tokens, comments: this.#comments }
  }

  /** Characters that are not allowed anywhere, not even in comments and strings. */
  #checkCharacters(): void {
    const illegal = /[\0\ufeff\ud800-\udfff]/u.exec(this.#at === 1 ? ` ${this.#text.slice(1)}` : this.#text)
    if (illegal === null) return
    const what = illegal[0] === '\0' ? 'null character' : illegal[0] === '\ufeff' ? 'byte-order mark' : 'utf-8 character'
    this.#reportIllegal('illegal-text', illegal.index, illegal.index + 1, what)
  }

  /** Moves to the next token; false at the end. */
  #skipSpace(): boolean {
    const text = this.#text
    for (;;) {
      const code = text.charCodeAt(this.#at)
      if (code === LF) this.#newline = true
      else if (code === HASH) {
        this.#scanComment()
        continue
      } else if (code !== SPACE && code !== TAB && code !== CR) return this.#at < text.length
      this.#spaced = true
      this.#at++
    }
  }

  #scanComment(): void {
    const start = this.#at
    const lineEnd = this.#text.indexOf('\n', start)
    const end = lineEnd === -1 ? this.#text.length : lineEnd
    const textEnd = this.#text.charCodeAt(end - 1) === CR ? end - 1 : end
    const span = { source: this.#source, start, end: textEnd }
    this.#comments.push({ kind: 'comment', text: this.#text.slice(start + 1, textEnd), span })
    this.#spaced = true
    this.#at = end
  }

  #scanToken(): void {
    const text = this.#text
    const start = this.#at
    const code = text.charCodeAt(start)
    if (isNameCode(code)) return isDigit(code) ? this.#scanNumber() : this.#scanName()
    if (code === QUOTE || code === BACKQUOTE) return this.#scanString(code === BACKQUOTE)
    if (code === DOLLAR) return this.#scanTemplateStart()
    if (code === DOT && isDigit(text.charCodeAt(start + 1))) return this.#scanNumber()
    const two = text.charCodeAt(start + 1) === EQUALS ? text.slice(start, start + 2) : ''
    if (two === ':=' || two === '==' || two === '!=' || two === '<=' || two === '>=') return this.#add(two, start + 2, '')
    const one = text.charAt(start)
    if (!Object.hasOwn(PUNCTUATION, one)) return this.#scanIllegal()
    const kind = one as Punctuation
    if (kind === '(' || kind === '[' || kind === '{') return this.#addOpening(kind)
    if (kind === ')' || kind === ']' || kind === '}') return this.#addClosing(kind)
    this.#add(kind, start + 1, '')
  }

  #scanName(): void {
    const start = this.#at
    let end = start + 1
    while (isNameCode(this.#text.charCodeAt(end))) end++
    this.#add('name', end, this.#text.slice(start, end))
  }

  #scanNumber(): void {
    const start = this.#at
    const { end, fault } = findNumberEnd(this.#text, start)
    if (fault === undefined) return this.#add('number', end, this.#text.slice(start, end))
    this.#report(fault, start, end)
    this.#add('invalid', end, '')
  }

  #scanString(raw: boolean): void {
    const quoted = new QuotedText(this.#text, raw, false)
    const end = quoted.read(this.#at + 1)
    this.#reportQuoted(quoted, this.#at, end)
    this.#add(quoted.fault === undefined ? 'string' : 'invalid', end, quoted.content)
  }

  #scanTemplateStart(): void {
    const start = this.#at
    const code = this.#text.charCodeAt(start + 1)
    if (code !== QUOTE && code !== BACKQUOTE) {
      this.#report('illegal-dollar', start, start + 1)
      return this.#add('invalid', start + 1, '')
    }
    this.#add('template-start', start + 2, '')
    this.#templates.push(code === BACKQUOTE)
    this.#scanTemplateText()
  }

  /** From behind the opening quote or a closing brace to the next `{` or the closing quote. */
  #scanTemplateText(): void {
    const quoted = new QuotedText(this.#text, this.#templates.at(-1) as boolean, true)
    const stop = quoted.read(this.#at)
    this.#reportQuoted(quoted, this.#at, stop)
    const textEnd = quoted.ended === 'fault' ? stop : stop - 1
    if (quoted.content !== '') this.#add('template-text', textEnd, quoted.content)
    this.#at = textEnd
    if (quoted.fault !== undefined) this.#add('invalid', textEnd, '')
    if (quoted.ended === 'brace') return this.#addOpening('template-open')
    this.#templates.pop()
    if (quoted.ended === 'quote') this.#add('template-end', stop, '')
  }

  #reportQuoted(quoted: QuotedText, start: number, end: number): void {
    if (quoted.fault === 'non-terminated-string') this.#report(quoted.fault, start, end)
    else if (quoted.fault !== undefined) this.#report(quoted.fault, quoted.faultAt, Math.min(quoted.faultAt + 2, end))
  }

  #scanIllegal(): void {
    const start = this.#at
    const character = String.fromCodePoint(this.#text.codePointAt(start) as number)
    // A run of them is one fault: a word in another script, a whole pasted paragraph.
    const run = /[^\s\x21-\x7e]+/uy
    run.lastIndex = start
    const end = start + (run.exec(this.#text)?.[0].length ?? character.length)
    this.#reportIllegal('illegal-character', start, end, this.#text.slice(start, end))
    this.#add('invalid', end, '')
  }

  #addOpening(kind: '(' | '[' | '{' | 'template-open'): void {
    this.#open.push(this.#tokens.length)
    this.#add(kind, this.#at + 1, '')
  }

  #addClosing(kind: ')' | ']' | '}'): void {
    const innermost = this.#open.at(-1)
    const opener = innermost === undefined ? undefined : (this.#tokens[innermost] as MutableToken)
    if (opener !== undefined) {
      const closesTemplate = opener.kind === 'template-open' && kind === '}'
      if (closesTemplate || CLOSERS[opener.kind] === kind) {
        opener.close = this.#tokens.length
        this.#open.pop()
      }
      if (closesTemplate) {
        this.#add('template-close', this.#at + 1, '')
        return this.#scanTemplateText()
      }
    }
    this.#add(kind, this.#at + 1, '')
  }

  #add(kind: TokenKind, end: number, text: string): void {
    const word = kind === 'name' && isWord(text)
    this.#tokens.push({ kind, start: this.#at, end, text, spaced: this.#spaced, newline: this.#newline, word, close: -1 })
    this.#spaced = false
    this.#newline = false
    this.#at = end
  }

  #report(rule: NumberFault | QuotedFault | 'illegal-dollar', start: number, end: number): void {
    this.#faults++
    this.#sink.report(SYNTAX_MESSAGES, rule, { source: this.#source, start, end })
  }

  #reportIllegal(rule: 'illegal-character' | 'illegal-text', start: number, end: number, what: string): void {
    this.#faults++
    this.#sink.report(SYNTAX_MESSAGES, rule, { source: this.#source, start, end }, what)
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
