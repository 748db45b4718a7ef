/**
 * Messages for words that would be keywords after an import which the module does not have.
 */
import type { ParseState } from './state.js'

/** What each keyword would allow. */
const FORMS: Readonly<Record<string, string>> = {
  in: '`x in xs` expressions',
  every: '`every x in xs { ... }` expressions',
  if: '`p if { ... }` rules',
  contains: '`p contains x` rules',
  and: '`x and y` expressions',
  or: '`x or y` expressions',
}

/** The members of a body must be separated, and are not here. */
export function failSeparator(state: ParseState, closing: '}' | ']' | 'eof'): never {
  const expected = closing === 'eof' ? '\\n or ;' : `\\n or ; or ${closing}`
  const keyword = [state.previous, state.token, state.peek(1)].find(
    (token) => token.kind === 'name' && isMissing(state, token.text),
  )
  if (keyword === undefined || state.is('invalid')) return state.failUnexpected(expected)
  const form = FORMS[keyword.text] as string
  state.fail('missing-import', state.spanOf(state.token), state.describe(state.token), expected, keyword.text, form)
}

/** The import that would make sense of `name name` at the beginning of a rule. */
export function missingRuleImport(state: ParseState): { readonly keyword: string; readonly form: string } | undefined {
  const { kind, text } = state.token
  if (kind !== 'name' || (text !== 'if' && text !== 'contains') || !isMissing(state, text)) return undefined
  return { keyword: text, form: FORMS[text] as string }
}

function isMissing(state: ParseState, word: string): boolean {
  return Object.hasOwn(FORMS, word) && !state.keywords.has(word)
}
