/**
 * Arrays, sets, objects, comprehensions and argument lists: everything in brackets that holds terms.
 *
 * A single term before a bar makes a comprehension, so `{a | b}` is one and `{a + 1 | b}` is a set that holds a union.
 */
import type { Term } from '../ast.js'
import { parseBodyUntil } from './body.js'
import { continueExpr, parseExpr } from './expr.js'
import type { ParseState } from './state.js'
import { parseTerm } from './term.js'

/** `[items]` or `[head | body]`. */
export function parseArray(state: ParseState): Term {
  const opening = state.advance()
  state.enter(opening)
  const leading = state.take(',')
  const items: Term[] = []
  if (leading || !state.is(']')) {
    const first = parseTerm(state)
    if (!leading && state.take('|')) {
      const body = parseBodyUntil(state, ']')
      state.leave()
      return { kind: 'array-compr', head: first, body, span: state.spanFrom(opening.start) }
    }
    items.push(continueExpr(state, first))
    parseMoreItems(state, ']', '"," or "]"', items)
  }
  state.expect(']', '"," or "]"')
  state.leave()
  return { kind: 'array', items, span: state.spanFrom(opening.start) }
}

/** `{…}`: an object, a set or a comprehension of either. */
export function parseBraces(state: ParseState): Term {
  const opening = state.advance()
  if (state.take('}')) return { kind: 'object', entries: [], span: state.spanFrom(opening.start) }
  state.enter(opening)
  const leading = state.take(',')
  const first = parseTerm(state)
  let term: Term
  if (!leading && state.take('|')) {
    const body = parseBodyUntil(state, '}')
    term = { kind: 'set-compr', head: first, body, span: state.spanFrom(opening.start) }
  } else {
    const item = continueExpr(state, first)
    term = state.take(':') ? parseObject(state, opening.start, item, leading) : parseSet(state, opening.start, item)
  }
  state.leave()
  return term
}

function parseSet(state: ParseState, start: number, first: Term): Term {
  const items = [first]
  parseMoreItems(state, '}', '"," or "}"', items)
  if (!state.take('}')) failUnclosed(state, 'set')
  return { kind: 'set', items, span: state.spanFrom(start) }
}

/** From behind the first colon. */
function parseObject(state: ParseState, start: number, firstKey: Term, leading: boolean): Term {
  const firstValue = parseTerm(state)
  if (!leading && state.take('|')) {
    const body = parseBodyUntil(state, '}')
    return { kind: 'object-compr', key: firstKey, head: firstValue, body, span: state.spanFrom(start) }
  }
  const entries = [{ key: firstKey, value: continueExpr(state, firstValue) }]
  while (state.take(',') && !state.is('}')) {
    const key = parseExpr(state)
    state.expect(':', '":"')
    entries.push({ key, value: parseExpr(state) })
  }
  if (!state.take('}')) failUnclosed(state, 'object')
  return { kind: 'object', entries, span: state.spanFrom(start) }
}

/** `(a, b)` of a call or of a function head. */
export function parseArguments(state: ParseState): readonly Term[] {
  const opening = state.advance()
  state.enter(opening)
  const args: Term[] = []
  if (!state.is(')')) {
    args.push(parseExpr(state))
    parseMoreItems(state, ')', '"," or ")"', args)
  }
  state.expect(')', '"," or ")"')
  state.leave()
  return args
}

/** The rest of a list whose first item is there; a comma may end it. */
function parseMoreItems(state: ParseState, closing: ']' | '}' | ')', expected: string, items: Term[]): void {
  while (!state.is(closing)) {
    if (!state.is(',')) return closing === '}' ? undefined : state.failUnexpected(expected)
    state.advance()
    if (state.is(closing)) return
    items.push(parseExpr(state))
  }
}

function failUnclosed(state: ParseState, what: string): never {
  if (state.is('invalid')) state.failUnexpected()
  state.fail('non-terminated', state.spanOf(state.token), what, state.describe(state.token))
}
