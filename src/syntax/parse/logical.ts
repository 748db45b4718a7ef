/**
 * Literals where a keyword import is in force that changes what braces and parentheses mean: improved negation with
 * `not { … }`, and the experimental `and` and `or` (rego-language, sections 7.5 and 7.6).
 *
 * Everything is first read as an operand; an operand that stands alone is an ordinary literal.
 */
import type { Body, Expr, Literal, LogicalOperand, Term } from '../ast.js'
import {
  isKeywordRef,
  isQuantifier,
  parseBracedBody,
  parseQuantifier,
  parseStatement,
  parseWiths,
  refuseQuantifier,
} from './body.js'
import { bracketContinues, isFollowedByOperator, looksLikeValue } from './lookahead.js'
import type { ParseState } from './state.js'

/** Whether literals have to be read in this way. */
export function hasLogicalKeywords(state: ParseState): boolean {
  const { keywords } = state
  return keywords.has('and') || keywords.has('or') || keywords.has('not')
}

export function parseLogicalLiteral(state: ParseState): Literal {
  const { start } = state.token
  if (isQuantifier(state)) {
    const literal = parseQuantifier(state)
    // A quantifier is no operand. Behind it a call begins, if anything does.
    if (isOperator(state) && !isCall(state)) state.failUnexpected()
    return literal
  }
  const literal = asLiteral(parseDisjunction(state))
  const withs = parseWiths(state)
  if (withs.length === 0) return literal
  if (isOperator(state)) state.fail('operand-with', literal.span, state.token.text)
  return { ...literal, withs: [...literal.withs, ...withs], span: state.spanFrom(start) }
}

function isOperator(state: ParseState): boolean {
  return state.isKeyword('and') || state.isKeyword('or')
}

/** Whether the keyword is the name of a builtin that is called. */
function isCall(state: ParseState): boolean {
  const { kind, spaced } = state.tokenAt(state.at + 1)
  return kind === '(' && !spaced
}

function parseDisjunction(state: ParseState): LogicalOperand {
  const { start } = state.token
  let left = parseConjunction(state)
  while (state.takeKeyword('or')) left = combine(state, start, 'or', left, parseConjunction(state, 'or'))
  return left
}

/** `before` is the operator that stands before it, if one does. */
function parseConjunction(state: ParseState, before?: 'or'): LogicalOperand {
  const { start } = state.token
  let left = parseOperand(state, before)
  if (isOperator(state)) refuseBraces(state, left)
  while (state.takeKeyword('and')) left = combine(state, start, 'and', left, parseOperand(state, 'and'))
  return left
}

/** An operand that begins with a brace is a body; a value there has to be parenthesised. */
function refuseBraces(state: ParseState, operand: LogicalOperand): void {
  if (operand.kind === 'operand-body' || state.source.text.charAt(operand.span.start) !== '{') return
  state.fail('operand-braces', operand.span, 'a value', '')
}

function combine(
  state: ParseState,
  start: number,
  op: 'and' | 'or',
  left: LogicalOperand,
  right: LogicalOperand,
): LogicalOperand {
  state.growth++
  for (const side of [left, right]) if (onlyPrints(side)) state.fail('operand-prints', side.span, op)
  const span = state.spanFrom(start)
  const expr: Expr = { kind: 'logical', op, left, right, span }
  return asOperand({ kind: 'literal', negated: false, expr, withs: [], span })
}

/** Whether nothing in an operand can fail: calls of `print` always succeed. */
function onlyPrints(operand: LogicalOperand): boolean {
  if (operand.kind === 'operand-literal') return isPrint(operand.literal)
  return !operand.negated && operand.body.literals.every(isPrint)
}

function isPrint({ negated, expr }: Literal): boolean {
  if (negated || expr.kind !== 'term' || expr.term.kind !== 'call') return false
  const { operator } = expr.term
  return operator.kind === 'var' && operator.name === 'print'
}

function parseOperand(state: ParseState, before: 'and' | 'or' | undefined): LogicalOperand {
  const { start } = state.token
  const negated = state.takeKeyword('not')
  if (negated) refuseQuantifier(state)
  const improved = negated && state.keywords.has('not')
  if (state.is('{') && (improved || (!negated && (before !== undefined || isFollowedByOperator(state))))) {
    const body = parseOperandBody(state, negated ? 'not ' : '')
    return { kind: 'operand-body', negated, body, span: state.spanFrom(start) }
  }
  if (state.is('(') && isGroup(state, negated)) return parseGroup(state, start, negated, before)
  const expr = parseStatement(state, !negated && before === undefined)
  return asOperand({ kind: 'literal', negated, expr, withs: [], span: state.spanFrom(start) })
}

/**
 * `{ body }` as an operand. What could be taken for an object or a comprehension is refused, because it would mean
 * something else than it seems to.
 */
function parseOperandBody(state: ParseState, before: string): Body {
  const opening = state.spanOf(state.token)
  if (looksLikeValue(state) === 'object' && state.token.close > state.at + 1) {
    state.fail('operand-braces', opening, 'object', before)
  }
  const body = parseBracedBody(state)
  const first = body.literals[0]
  if (first?.expr.kind === 'term' && isUnion(first.expr.term, first.negated && !state.keywords.has('not')))
    state.fail('ambiguous-operand', opening)
  return body
}

/** `a | b` without parentheses, which in braces looks like a comprehension; negated, it does so to OPA in parentheses too. */
function isUnion(term: Term, negated: boolean): boolean {
  return term.kind === 'infix' && term.op === '|' && (negated || !term.parens)
}

/**
 * Whether the parentheses at the next token are an operand of their own, and not the beginning of a longer term. Only
 * improved negation takes such a group without `and` and `or`.
 */
function isGroup(state: ParseState, negated: boolean): boolean {
  const { keywords } = state
  return (negated ? keywords.has('not') : keywords.has('and') || keywords.has('or')) && !bracketContinues(state)
}

/** `( operands with … )`, perhaps negated; a plain expression in parentheses comes out as a term. */
function parseGroup(state: ParseState, start: number, negated: boolean, before: 'and' | 'or' | undefined): LogicalOperand {
  const opening = state.advance()
  state.enter(opening)
  if (isQuantifier(state) || isKeywordRef(state)) state.failUnexpected()
  const inner = parseDisjunction(state)
  const withs = parseWiths(state)
  if (!state.is(')')) {
    if (state.is('invalid')) state.failUnexpected()
    state.fail('non-terminated', state.spanOf(state.token), 'expression', state.describe(state.token))
  }
  state.advance()
  state.leave()
  const literal = asLiteral(inner)
  if (withs.length > 0 && !negated && before === undefined && !isOperator(state) && literal.expr.kind !== 'logical') {
    state.fail('non-terminated', (withs[0] as (typeof withs)[0]).span, 'expression', 'with keyword')
  }
  if (literal.expr.kind === 'assign' || literal.expr.kind === 'unify') state.fail('group-assignment', literal.expr.span)
  const span = state.spanFrom(start)
  // Parentheses that enclose a `with` are the group's own; otherwise they are those of the expression inside.
  const grouped: Literal =
    withs.length > 0 ? { ...literal, withs: [...literal.withs, ...withs], span } : parenthesised(literal, span)
  if (!negated) return asOperand(grouped)
  if (!grouped.negated) return asOperand({ ...grouped, negated: true, span })
  const body: Body = { kind: 'body', literals: [grouped], span: grouped.span }
  return asOperand({ kind: 'literal', negated: true, expr: { kind: 'body-expr', body, span: grouped.span }, withs: [], span })
}

/** A term remembers its parentheses; everything else does not need them to be printed again. */
function parenthesised(literal: Literal, span: Literal['span']): Literal {
  const { expr } = literal
  if (expr.kind !== 'term' || literal.negated) return { ...literal, span }
  const { term } = expr
  const inner = term.kind === 'infix' || term.kind === 'member' ? { ...term, parens: true, span } : term
  return { ...literal, expr: { ...expr, term: inner, span }, span }
}

function asOperand(literal: Literal): LogicalOperand {
  if (literal.expr.kind === 'body-expr' && literal.withs.length === 0) {
    return { kind: 'operand-body', negated: literal.negated, body: literal.expr.body, span: literal.span }
  }
  return { kind: 'operand-literal', literal, span: literal.span }
}

function asLiteral(operand: LogicalOperand): Literal {
  if (operand.kind === 'operand-literal') return operand.literal
  const { negated, body, span } = operand
  return { kind: 'literal', negated, expr: { kind: 'body-expr', body, span: body.span }, withs: [], span }
}
