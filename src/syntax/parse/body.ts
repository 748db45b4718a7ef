/**
 * Bodies and their members: literals with `not`, `some`, `every` and `with`.
 */
import type { Body, Expr, Literal, Term, With } from '../ast.js'
import { continueKeyedExpr, parseKeyedExpr } from './expr.js'
import { hasLogicalKeywords, parseLogicalLiteral } from './logical.js'
import { failSeparator } from './missing-import.js'
import { isRefPartStart, parsePostfix, parseRefPart } from './ref.js'
import { parseEvery, parseSome } from './quantifier.js'
import type { ParseState } from './state.js'
import { parseTerm } from './term.js'

/** `{ literals }`. */
export function parseBracedBody(state: ParseState): Body {
  const opening = state.expect('{', '{')
  state.enter(opening)
  const body = parseBodyUntil(state, '}')
  state.leave()
  return { ...body, span: state.spanFrom(opening.start) }
}

/** Literals up to the closing token, which is passed. */
export function parseBodyUntil(state: ParseState, closing: '}' | ']' | 'eof'): Body {
  const { start } = state.token
  if (state.is(closing)) state.fail('empty-body', state.spanOf(state.token))
  const literals = [parseLiteral(state)]
  while (!state.is(closing)) {
    if (!state.take(';') && !state.token.newline) failSeparator(state, closing)
    literals.push(parseLiteral(state))
  }
  const span = state.spanFrom(start)
  state.advance()
  return { kind: 'body', literals, span }
}

/** One member of a body. */
export function parseLiteral(state: ParseState): Literal {
  if (hasLogicalKeywords(state)) return parseLogicalLiteral(state)
  const { start } = state.token
  if (isQuantifier(state)) return parseQuantifier(state)
  const negated = state.takeKeyword('not')
  if (negated) refuseQuantifier(state)
  const expr = parseStatement(state, !negated)
  return { kind: 'literal', negated, expr, withs: parseWiths(state), span: state.spanFrom(start) }
}

export function isQuantifier(state: ParseState): boolean {
  return state.isKeyword('some') || state.isKeyword('every')
}

/** A `some` or `every` with its `with`s; the declaration of variables takes none. */
export function parseQuantifier(state: ParseState): Literal {
  const { start } = state.token
  const expr = state.isKeyword('some') ? parseSome(state) : parseEvery(state)
  const withs = expr.kind === 'some-decl' ? [] : parseWiths(state)
  return { kind: 'literal', negated: false, expr, withs, span: state.spanFrom(start) }
}

/** After `not`. */
export function refuseQuantifier(state: ParseState): void {
  if (isQuantifier(state)) state.fail('illegal-negation', state.spanOf(state.token), state.token.text)
}

/** `expr`, `expr := expr` or `expr = expr`. Only a first word of a literal may be a keyword that heads a reference. */
export function parseStatement(state: ParseState, beginsLiteral: boolean): Expr {
  const { start } = state.token
  const first = beginsLiteral && isKeywordRef(state) ? parseKeywordRef(state) : parseTerm(state)
  const left = continueKeyedExpr(state, first)
  if (!state.is(':=') && !state.is('=')) return { kind: 'term', term: left, span: state.spanFrom(start) }
  const kind = state.advance().kind === ':=' ? 'assign' : 'unify'
  const right = parseKeyedExpr(state)
  return { kind, left, right, span: state.spanFrom(start) }
}

/** Whether a keyword heads a reference here: `if.x`, `not["y"]`. */
export function isKeywordRef(state: ParseState): boolean {
  return state.isReserved(state.token) && state.token.text !== 'contains' && state.isRefStart()
}

/** `if.x`, `not["y"]`. */
function parseKeywordRef(state: ParseState): Term {
  const name = state.advance()
  return parsePostfix(state, { kind: 'var', name: name.text, span: state.spanOf(name) })
}

export function parseWiths(state: ParseState): readonly With[] {
  const withs: With[] = []
  while (state.isKeyword('with')) {
    const { start } = state.advance()
    const target = parseTarget(state)
    if (!state.takeKeyword('as')) state.failUnexpected('as keyword')
    const value = parseKeyedExpr(state)
    withs.push({ kind: 'with', target, value, span: state.spanFrom(start) })
  }
  return withs
}

/** A name or a reference; nothing that is called. */
function parseTarget(state: ParseState): Term {
  if (!state.is('name') || state.isReserved(state.token)) state.failUnexpected('ident')
  const name = state.advance()
  const head: Term = { kind: 'var', name: name.text, span: state.spanOf(name) }
  const path = []
  while (!state.token.spaced && isRefPartStart(state)) path.push(parseRefPart(state))
  return path.length === 0 ? head : { kind: 'ref', head, path, span: state.spanFrom(name.start) }
}
