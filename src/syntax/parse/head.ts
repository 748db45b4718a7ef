/**
 * Rule heads: a name, what follows it directly, and a value.
 */
import type { Head, RefPart, Term } from '../ast.js'
import { parseArguments } from './collection.js'
import { parseKeyedExpr } from './expr.js'
import { isRefPartStart, parseRefPart } from './ref.js'
import type { ParseState } from './state.js'

/** What messages call a token that is taken for the name of a rule. */
const VALUES: Readonly<Record<string, string>> = {
  number: 'number',
  string: 'string',
  'template-start': 'templatestring',
  '[': 'array',
  null: 'null',
  true: 'boolean',
  false: 'boolean',
}

/** Keywords that begin something else than a rule. */
const EXPRESSIONS: Readonly<Record<string, string>> = {
  not: 'negated expressions',
  some: "'some' declarations",
  every: "'every' expressions",
}

export interface ParsedHead {
  /** Empty parentheses leave an empty list of arguments. */
  readonly head: Head
  /** White space stands behind the name, which is only good before a body, `contains`, or in a default. */
  readonly isDetached: boolean
  /** The name is that of an operator, `and` or `or`, where these are keywords. There is no body behind such a head. */
  readonly isOperator: boolean
}

export function parseHead(state: ParseState, isDefault: boolean): ParsedHead {
  const { start } = state.token
  const isKeyword = state.isReserved(state.token)
  const isOperator = !isDefault && isKeyword && isOperatorCall(state)
  const name = isOperator ? state.advance().text : parseHeadName(state)
  const isDetached = !isKeyword && state.token.spaced && (isRefPartStart(state) || state.is('('))
  const path: RefPart[] = isDetached && isRefPartStart(state) ? [parseRefPart(state)] : []
  while (!state.token.spaced && isRefPartStart(state)) path.push(parseRefPart(state))
  const takesArguments = state.is('(') && (!state.token.spaced || (isDetached && path.length === 0))
  const args = takesArguments ? parseArguments(state) : undefined
  if (args !== undefined && !state.token.spaced && isRefPartStart(state)) failAfterArguments(state, start)
  const reference: Head = {
    kind: 'head',
    name,
    path,
    args,
    contains: undefined,
    value: undefined,
    assign: undefined,
    span: state.spanFrom(start),
  }
  // Here `contains` is itself whatever follows it: `p contains[x]` has an array for a member.
  if (state.token.word && state.token.text === 'contains' && state.isReserved(state.token)) {
    return {
      head: { ...reference, contains: parseMember(state, args), span: state.spanFrom(start) },
      isDetached: false,
      isOperator,
    }
  }
  if (isOperator && !state.is(':=') && !state.is('=')) state.fail('keyword-as-rule-name', state.spanFrom(start), name)
  if (!state.is(':=') && !state.is('=')) return { head: reference, isDetached, isOperator }
  const assign = state.advance().kind as ':=' | '='
  return { head: { ...reference, value: parseKeyedExpr(state), assign, span: state.spanFrom(start) }, isDetached, isOperator }
}

function parseHeadName(state: ParseState): string {
  const { token } = state
  if (token.kind === 'name' && token.text === 'set' && state.peek(1).kind === '(' && state.peek(2).kind === ')') {
    state.fail('illegal-rule-name', state.spanOf(token), 'set')
  }
  if (token.kind === 'name' && (!state.isReserved(token) || state.isRefStart())) return state.advance().text
  const what = VALUES[token.kind === 'name' ? token.text : token.kind]
  if (what !== undefined) state.fail('illegal-rule-name', state.spanOf(token), what)
  if (token.kind !== 'name') return state.failUnexpected()
  if (looksLikeHead(state)) return state.fail('keyword-as-rule-name', state.spanOf(token), token.text)
  const expression = EXPRESSIONS[token.text]
  if (expression !== undefined && state.peek(1).kind === 'name') state.fail('illegal-rule-head', state.spanOf(token), expression)
  return state.failUnexpected()
}

/** `and(x, y)`, `or(x, y)`: both are functions before they are keywords. */
function isOperatorCall(state: ParseState): boolean {
  const next = state.peek(1)
  return (state.token.text === 'and' || state.token.text === 'or') && next.kind === '(' && !next.spaced
}

/** Whether the keyword at the next token seems to be meant as the name of a rule; `else` is a branch in a wrong place. */
function looksLikeHead(state: ParseState): boolean {
  if (state.token.text === 'else') return false
  const next = state.peek(1)
  if (next.kind === 'name') return next.text === 'if' || next.text === 'contains'
  return next.kind === ':=' || next.kind === '=' || (next.kind === '(' && !next.spaced)
}

function parseMember(state: ParseState, args: readonly Term[] | undefined): Term {
  if (args !== undefined) state.fail('contains-on-function', state.spanOf(state.token))
  state.advance()
  return parseKeyedExpr(state)
}

/** `f(x).y` */
function failAfterArguments(state: ParseState, start: number): never {
  while (!state.token.spaced && isRefPartStart(state)) parseRefPart(state)
  const span = state.spanFrom(start)
  state.fail('invalid-rule-head', span, state.source.text.slice(span.start, span.end))
}
