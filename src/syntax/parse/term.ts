/**
 * Terms: scalars, names, everything in brackets, and what follows them.
 */
import type { Term } from '../ast.js'
import { isNumberTooBig } from '../scan-number.js'
import { parseArray, parseBraces } from './collection.js'
import { parseKeyedExpr } from './expr.js'
import { parsePostfix } from './ref.js'
import type { ParseState } from './state.js'
import { parseTemplate } from './template.js'

/** A primary and the references and calls that follow it directly. */
export function parseTerm(state: ParseState): Term {
  if (state.is('-')) return parseNegative(state)
  return parsePostfix(state, parsePrimary(state))
}

function parsePrimary(state: ParseState): Term {
  switch (state.token.kind) {
    case 'name':
      return parseName(state)
    case 'string': {
      const token = state.advance()
      const raw = state.source.text.charCodeAt(token.start) === 0x60
      return { kind: 'string', value: token.text, raw, span: state.spanOf(token) }
    }
    case 'number':
      return parseNumber(state, state.token.start, '')
    case '[':
      return parseArray(state)
    case '{':
      return parseBraces(state)
    case '(':
      return parseParentheses(state)
    case 'template-start':
      return parseTemplate(state)
    default:
      return state.failUnexpected()
  }
}

function parseNumber(state: ParseState, start: number, sign: '' | '-'): Term {
  const token = state.advance()
  const text = sign + token.text
  if (isNumberTooBig(token.text)) state.fail('number-too-big', state.spanFrom(start))
  return { kind: 'number', text, span: state.spanFrom(start) }
}

function parseName(state: ParseState): Term {
  const { token } = state
  if (isNameHere(state)) {
    state.advance()
    const span = state.spanOf(token)
    if (token.text === 'set' && state.is('(') && !state.token.spaced && state.peek(1).kind === ')') {
      state.moveTo(state.at + 2)
      return { kind: 'set', items: [], span: state.spanFrom(token.start) }
    }
    return { kind: 'var', name: token.text, span }
  }
  const span = state.spanOf(token)
  if (token.text === 'null') {
    state.advance()
    return { kind: 'null', span }
  }
  if (token.text === 'true' || token.text === 'false') {
    state.advance()
    return { kind: 'boolean', value: token.text === 'true', span }
  }
  return state.failUnexpected()
}

/** Whether the next word is a name. `contains` stays one (it is a builtin), and so do `and` and `or` when called. */
function isNameHere(state: ParseState): boolean {
  const { token } = state
  if (!state.isReserved(token) || token.text === 'contains') return true
  const next = state.peek(1)
  return (token.text === 'and' || token.text === 'or') && next.kind === '(' && !next.spaced
}

/** `-1` is a number; `-x` is `0 - x`. */
function parseNegative(state: ParseState): Term {
  const minus = state.advance()
  if (state.is('number')) return parsePostfix(state, parseNumber(state, minus.start, '-'))
  if (!state.is('name') || (state.isReserved(state.token) && !isNameHere(state))) state.failUnexpected('number')
  const right = parseTerm(state)
  state.growth++
  const left: Term = { kind: 'number', text: '0', span: state.spanOf(minus) }
  return { kind: 'infix', op: '-', left, right, parens: false, unaryMinus: true, span: state.spanFrom(minus.start) }
}

function parseParentheses(state: ParseState): Term {
  const opening = state.advance()
  state.enter(opening)
  const inner = parseKeyedExpr(state)
  if (!state.take(')')) {
    if (state.is('invalid')) state.failUnexpected()
    if (state.is(':=') || state.is('=')) state.fail('group-assignment', state.spanOf(state.token))
    state.fail('non-terminated', state.spanOf(state.token), 'expression', state.describe(state.token))
  }
  state.leave()
  if (inner.kind !== 'infix' && inner.kind !== 'member') return inner
  return { ...inner, parens: true, span: state.spanFrom(opening.start) }
}
