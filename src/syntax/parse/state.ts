/**
 * What all parts of the parser share: where we are in the tokens, which words are keywords just now, and how a fault is
 * reported.
 *
 * A fault is reported and then thrown as `SyntaxFault`, which only the loop over statements catches: it goes on at the
 * next statement, so one fault never causes a second message.
 */
import { SYNTAX_MESSAGES, type SyntaxRule } from '../../diagnostics/catalogue/syntax.js'
import type { DiagnosticSink, MessageRow } from '../../diagnostics/diagnostic.js'
import type { Source, Span } from '../../source/source.js'
import type { RegoVersion } from '../ast.js'
import { PUNCTUATION, RESERVED, type Punctuation, type Token, type TokenKind, V1_KEYWORDS } from '../token.js'
import { adviceAt } from './advice.js'

/** Thrown after the report of a fault; never leaves `src/syntax/parse`. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault'
}

/** The facts of a message. */
export type FactsOf<Rule extends SyntaxRule> = Parameters<(typeof SYNTAX_MESSAGES)[Rule]['text']>

export class ParseState {
  readonly source: Source
  readonly sink: DiagnosticSink
  readonly maxDepth: number
  /** In force from here on; imports add to it. */
  readonly keywords: Set<string>
  /** The next token. INVARIANT: `token === tokens[at]`. */
  token: Token
  at = 0
  /** The version whose rules the module follows; `import rego.v1` changes it. */
  version: RegoVersion
  /** Whether the text may have template strings: texts in v0 have none, whatever they import. */
  readonly hasTemplates: boolean
  depth = 0
  /** Operators and postfixes since the statement began: with `depth`, a bound on the height of its tree. */
  growth = 0
  /** The token that the statement begins with. */
  statementStart = 0
  /** The greatest `depth` since the statement began. */
  deepest = 0
  readonly #tokens: readonly Token[]
  readonly #strictFaults: (() => void)[] = []

  constructor(source: Source, tokens: readonly Token[], version: RegoVersion, maxDepth: number, sink: DiagnosticSink) {
    this.source = source
    this.sink = sink
    this.maxDepth = maxDepth
    this.version = version
    this.hasTemplates = version === 'v1'
    this.keywords = new Set(version === 'v1' ? V1_KEYWORDS : [])
    this.#tokens = tokens
    this.token = tokens[0] as Token
  }

  /** The token `distance` ahead; `eof` beyond the end. */
  peek(distance: number): Token {
    return this.tokenAt(this.at + distance)
  }

  tokenAt(index: number): Token {
    return (this.#tokens[index] ?? this.#tokens.at(-1)) as Token
  }

  /** The token before the next one; only after an `advance`. */
  get previous(): Token {
    return this.#tokens[this.at - 1] as Token
  }

  advance(): Token {
    const passed = this.token
    if (passed.kind !== 'eof') this.token = this.#tokens[++this.at] as Token
    return passed
  }

  moveTo(index: number): void {
    this.at = index
    this.token = this.tokenAt(index)
  }

  is(kind: TokenKind): boolean {
    return this.token.kind === kind
  }

  /** Passes the token if it is of this kind. */
  take(kind: TokenKind): boolean {
    if (this.token.kind !== kind) return false
    this.advance()
    return true
  }

  expect(kind: TokenKind, expected: string): Token {
    if (this.token.kind !== kind) this.failUnexpected(expected)
    return this.advance()
  }

  /** Whether this name may not be used as one here. A word before `.` or `[` is a name (keywords in references). */
  isReserved(token: Token): boolean {
    return token.word && this.isReservedName(token.text)
  }

  isReservedName(name: string): boolean {
    return RESERVED.has(name) || this.keywords.has(name)
  }

  /** Whether the next token is this keyword, in force and used as such. */
  isKeyword(word: string): boolean {
    return this.token.word && this.token.text === word && this.isReserved(this.token) && !this.isRefStart()
  }

  takeKeyword(word: string): boolean {
    if (!this.isKeyword(word)) return false
    this.advance()
    return true
  }

  /** Whether a `.` or `[` follows the next token directly. */
  isRefStart(): boolean {
    const next = this.peek(1)
    return !next.spaced && (next.kind === '.' || next.kind === '[')
  }

  spanFrom(start: number): Span {
    return { source: this.source, start, end: this.at === 0 ? start : this.previous.end }
  }

  spanOf(token: Token): Span {
    return { source: this.source, start: token.start, end: token.end }
  }

  /** What messages call a token. */
  describe(token: Token): string {
    const { kind } = token
    if (kind === 'name') return this.isReserved(token) ? `${token.text} keyword` : 'identifier token'
    if (kind === 'template-open' || kind === 'template-close') return `${kind === 'template-open' ? '{' : '}'} token`
    if (Object.hasOwn(PUNCTUATION, kind)) return `${PUNCTUATION[kind as Punctuation]} token`
    return kind.startsWith('template') ? 'string token' : `${kind} token`
  }

  report<Rule extends SyntaxRule>(rule: Rule, span: Span, ...facts: FactsOf<Rule>): void {
    this.sink.report<Record<Rule, MessageRow<never>>, Rule>(SYNTAX_MESSAGES, rule, span, ...facts)
  }

  fail<Rule extends SyntaxRule>(rule: Rule, span: Span, ...facts: FactsOf<Rule>): never {
    this.report(rule, span, ...facts)
    throw new SyntaxFault()
  }

  /** The next token cannot stand here. */
  failUnexpected(expected = ''): never {
    if (this.token.kind === 'invalid') throw new SyntaxFault()
    this.fail('unexpected-token', this.spanOf(this.token), this.describe(this.token), expected, adviceAt(this, this.at))
  }

  /** White space stands where a name has to follow directly. The name is passed, it belongs to the faulty statement. */
  failSpaced(): never {
    const span = this.spanOf(this.advance())
    this.fail('unexpected-token', span, 'whitespace token', 'identifier')
  }

  /** A fault only under v1 rules, which an import further down may still turn on. */
  reportStrict<Rule extends SyntaxRule>(rule: Rule, span: Span, ...facts: FactsOf<Rule>): void {
    this.#strictFaults.push(() => this.report(rule, span, ...facts))
  }

  flushStrictFaults(): void {
    for (const report of this.#strictFaults) report()
  }

  /** One level deeper, at the bracket `token`; `leave` undoes it, and so does the next statement. */
  enter(token: Token): void {
    if (++this.depth > this.maxDepth) this.fail('too-deep', this.spanOf(token), this.maxDepth)
    if (this.depth > this.deepest) this.deepest = this.depth
  }

  leave(): void {
    this.depth--
  }

  beginStatement(): void {
    this.depth = 0
    this.deepest = 0
    this.growth = 0
    this.statementStart = this.at
  }
}
