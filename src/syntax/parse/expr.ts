/**
 * Expressions with infix operators, and membership (`x in xs`, `k, v in xs`) above them.
 *
 * Everything comes in two forms: one that reads the first term itself, and one that goes on after it. The first term has
 * often been read already, to see whether a bar follows.
 */
import type { InfixOperator, MemberTerm, Term } from '../ast.js'
import { INFIX_LEVEL, type Token } from '../token.js'
import type { ParseState } from './state.js'
import { parseTerm } from './term.js'

/** An expression where a comma separates items, so that the key form of membership is not possible. */
export function parseExpr(state: ParseState): Term {
  return continueExpr(state, parseTerm(state))
}

/** The expression that begins with the term `first`. */
export function continueExpr(state: ParseState, first: Term): Term {
  return continueMembership(state, continueInfix(state, first, 1))
}

/** An expression that stands alone, where `k, v in xs` is possible. */
export function parseKeyedExpr(state: ParseState): Term {
  return continueKeyedExpr(state, parseTerm(state))
}

/** The expression that begins with the term `start` and stands alone. */
export function continueKeyedExpr(state: ParseState, start: Term): Term {
  const first = continueInfix(state, start, 1)
  if (!state.is(',') || !state.keywords.has('in')) return continueMembership(state, first)
  const comma = state.advance()
  const value = parseInfix(state)
  if (!state.takeKeyword('in')) return failComma(state, comma)
  return continueMembership(state, parseCollection(state, first, value))
}

/** Only in front of `in` may a comma stand here. */
function failComma(state: ParseState, comma: Token): never {
  const advice = 'expressions stand on lines of their own, or with `;` between them; two names may stand before `in`'
  return state.fail('unexpected-token', state.spanOf(comma), state.describe(comma), '', advice)
}

/** Infix operators only, no membership. */
export function parseInfix(state: ParseState): Term {
  return continueInfix(state, parseTerm(state), 1)
}

function continueMembership(state: ParseState, first: Term): Term {
  let term = first
  while (state.takeKeyword('in')) term = parseCollection(state, undefined, term)
  return term
}

/** From behind `in`. */
function parseCollection(state: ParseState, key: Term | undefined, value: Term): MemberTerm {
  const collection = parseInfix(state)
  state.growth++
  return { kind: 'member', key, value, collection, parens: false, span: state.spanFrom((key ?? value).span.start) }
}

/** Operators that bind at least as tightly as `level`, after their first operand. */
function continueInfix(state: ParseState, first: Term, level: number): Term {
  let left = first
  for (;;) {
    const operatorLevel = INFIX_LEVEL.get(state.token.kind)
    if (operatorLevel === undefined || operatorLevel < level) return left
    const op = state.advance().kind as InfixOperator
    // The recursion into tighter levels counts as nesting, because it uses the stack like nesting.
    state.enter(state.previous)
    const right = continueInfix(state, parseTerm(state), operatorLevel + 1)
    state.leave()
    state.growth++
    left = { kind: 'infix', op, left, right, parens: false, span: state.spanFrom(first.span.start) }
  }
}
