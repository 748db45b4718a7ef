/**
 * What follows a term without white space: `.name`, `[key]`, `(arguments)`.
 */
import type { RefPart, RefTerm, Term, VarTerm } from '../ast.js'
import { parseArguments } from './collection.js'
import { parseExpr } from './expr.js'
import type { ParseState } from './state.js'

/** Heads that a reference cannot have, with their names in messages. */
const ILLEGAL_HEADS: Readonly<Partial<Record<Term['kind'], string>>> = {
  null: 'null',
  boolean: 'boolean',
  number: 'number',
  string: 'string',
  template: 'templatestring',
}

/** References and calls that begin with `head`: `head.a[b](c).d`. */
export function parsePostfix(state: ParseState, head: Term): Term {
  let term = head
  let justCalled = false
  while (!state.token.spaced) {
    if (isRefPartStart(state)) {
      // Only parentheses can have ended a reference that now goes on.
      if (term.kind === 'ref') state.fail('illegal-ref', term.span, 'ref')
      checkHead(state, term)
      const path = [parseRefPart(state)]
      while (!state.token.spaced && isRefPartStart(state)) path.push(parseRefPart(state))
      term = { kind: 'ref', head: term, path, span: state.spanFrom(head.span.start) }
      justCalled = false
    } else if (state.is('(') && !justCalled) {
      checkHead(state, term)
      term = parseCall(state, term)
      justCalled = true
    } else break
    state.growth++
  }
  return term
}

export function isRefPartStart(state: ParseState): boolean {
  return state.is('.') || state.is('[')
}

/** `.name` or `[expr]`. */
export function parseRefPart(state: ParseState): RefPart {
  const opening = state.advance()
  if (opening.kind === '.') {
    if (state.token.spaced) state.failSpaced()
    const name = state.expect('name', 'identifier')
    return { dot: true, term: { kind: 'string', value: name.text, raw: false, span: state.spanOf(name) } }
  }
  state.enter(opening)
  const term = parseExpr(state)
  state.expect(']', ']')
  state.leave()
  return { dot: false, term }
}

function checkHead(state: ParseState, head: Term): void {
  const illegal = ILLEGAL_HEADS[head.kind]
  if (illegal !== undefined) state.fail('illegal-ref', head.span, illegal)
}

function parseCall(state: ParseState, operator: Term): Term {
  if (!isOperator(operator)) return state.fail('illegal-call', operator.span, `this ${operator.kind}`)
  const args = parseArguments(state)
  return { kind: 'call', operator, args, span: state.spanFrom(operator.span.start) }
}

function isOperator(term: Term): term is VarTerm | RefTerm {
  return term.kind === 'var' || term.kind === 'ref'
}
