/**
 * Template strings: literal text with embedded expressions.
 */
import type { Literal, TemplateTerm } from '../ast.js'
import { parseLiteral } from './body.js'
import type { ParseState } from './state.js'

type TemplatePart = TemplateTerm['parts'][number]

/** From `template-start` to `template-end`. */
export function parseTemplate(state: ParseState): TemplateTerm {
  const opening = state.advance()
  if (!state.hasTemplates) state.fail('template-in-v0', state.spanOf(opening))
  const raw = state.source.text.charCodeAt(opening.start + 1) === 0x60
  const parts: TemplatePart[] = []
  for (;;) {
    if (state.is('template-text')) parts.push({ kind: 'text', value: state.advance().text })
    else if (state.is('template-open')) parts.push({ kind: 'embedded', literal: parseEmbedded(state) })
    else break
  }
  if (!state.take('template-end')) state.failUnexpected()
  return { kind: 'template', raw, parts, span: state.spanFrom(opening.start) }
}

function parseEmbedded(state: ParseState): Literal {
  const opening = state.advance()
  state.enter(opening)
  const literal = parseLiteral(state)
  const refused = whatIsRefused(literal)
  if (refused !== undefined) state.fail('template-expression', literal.span, refused)
  if (!state.take('template-close')) {
    if (state.is('invalid')) state.failUnexpected()
    state.fail('template-end', state.spanOf(state.token))
  }
  state.leave()
  return literal
}

/** What an embedded literal is, where it is not a plain expression. */
function whatIsRefused(literal: Literal): string | undefined {
  if (literal.negated) return "negation ('not')"
  switch (literal.expr.kind) {
    case 'assign':
      return "assignment (':=')"
    case 'unify':
      return "unification ('=')"
    case 'some-decl':
    case 'some-in':
      return "'some'"
    case 'every':
      return "'every'"
    case 'body-expr':
      return "negation ('not')"
    case 'logical':
    case 'term':
      return undefined
  }
}
