/**
 * Paths of packages and imports: `a.b["c d"]`.
 */
import type { ParseState } from './state.js'

/** The parts of a path; any word may be one. */
export function parsePath(state: ParseState): readonly string[] {
  const parts = [state.expect('name', '').text]
  while (!state.token.spaced && (state.is('.') || state.is('['))) {
    const opening = state.advance()
    if (opening.kind === '.') {
      if (state.token.spaced) state.failSpaced()
      parts.push(state.expect('name', 'identifier').text)
    } else {
      if (!state.is('string')) failPart(state)
      parts.push(state.advance().text)
      state.expect(']', ']')
    }
  }
  return parts
}

function failPart(state: ParseState): never {
  if (state.is('invalid')) state.failUnexpected()
  const found = state.is('name') ? 'var token' : state.describe(state.token)
  state.fail('path-part', state.spanOf(state.token), found)
}
