/**
 * `some` and `every`.
 */
import type { Expr, Term, VarTerm } from '../ast.js'
import { parseBracedBody } from './body.js'
import { parseInfix } from './expr.js'
import type { ParseState } from './state.js'

/** `some x, y` or `some [key,] value in collection`. */
export function parseSome(state: ParseState): Expr {
  const { start } = state.advance()
  const terms: Term[] = []
  let hasParens = false
  do {
    if (!startsTerm(state)) state.failUnexpected('var')
    hasParens ||= state.is('(')
    terms.push(parseInfix(state))
  } while (state.take(','))
  const [first, second] = terms as [Term, Term | undefined]
  if (state.isKeyword('in') && terms.length <= 2) {
    const [key, value] = second === undefined ? [undefined, first] : [first, second]
    return parseSomeIn(state, start, key, value)
  }
  if (terms.length === 1 && first.kind === 'member') {
    const { key, value, collection } = first
    return { kind: 'some-in', key, value, collection, span: state.spanFrom(start) }
  }
  for (const term of terms) if (hasParens || !isVariable(state, term)) state.fail('some-needs-var', term.span)
  return { kind: 'some-decl', vars: terms as VarTerm[], span: state.spanFrom(start) }
}

/** At `in`. Of several `in`, the last separates: the ones before are memberships. */
function parseSomeIn(state: ParseState, start: number, firstKey: Term | undefined, firstValue: Term): Expr {
  let [key, value] = [firstKey, firstValue]
  for (;;) {
    state.advance()
    const collection = parseInfix(state)
    if (!state.isKeyword('in')) return { kind: 'some-in', key, value, collection, span: state.spanFrom(start) }
    state.growth++
    value = { kind: 'member', key, value, collection, parens: false, span: state.spanFrom((key ?? value).span.start) }
    key = undefined
  }
}

function startsTerm(state: ParseState): boolean {
  const { kind } = state.token
  return kind !== 'eof' && kind !== '}' && kind !== ']' && kind !== ')' && kind !== ';' && kind !== ','
}

/** `every [key,] value in domain { body }`. */
export function parseEvery(state: ParseState): Expr {
  const { start } = state.advance()
  const first = parseInfix(state)
  const second = state.take(',') ? parseInfix(state) : undefined
  if (!state.takeKeyword('in')) state.failUnexpected('`x[, y] in xs { ... }` expression')
  const domain = parseInfix(state)
  const key = second === undefined ? undefined : asVariable(state, first, 'key')
  const value = asVariable(state, second ?? first, 'value')
  if (!state.is('{')) state.failUnexpected('body')
  const body = parseBracedBody(state)
  return { kind: 'every', key, value, domain, body, span: state.spanFrom(start) }
}

function asVariable(state: ParseState, term: Term, which: string): VarTerm {
  if (term.kind === 'var' && term.name !== 'input' && term.name !== 'data') return term
  return state.fail('every-needs-variable', term.span, which)
}

/** Whether a term is a name that can be declared. */
function isVariable(state: ParseState, term: Term): term is VarTerm {
  return term.kind === 'var' && !(term.name === 'contains' && state.keywords.has('contains'))
}
