/**
 * Imports, and the keywords and versions that some of them turn on (rego-language, section 4).
 */
import type { Span } from '../../source/source.js'
import type { Import } from '../ast.js'
import { LOGICAL_KEYWORDS, V1_KEYWORDS } from '../token.js'
import { parsePath } from './path.js'
import type { ParseState } from './state.js'

/** Keywords that have an import each. Without a name, `future.keywords` turns on those of v1 only. */
const IMPORTABLE: readonly string[] = ['contains', 'every', 'if', 'in', 'not']

/** An import; the next token is the word. What it turns on is in force from here on. */
export function parseImport(state: ParseState, experimentalKeywords: boolean): Import {
  const { start } = state.advance()
  const pathStart = state.token.start
  const path = parsePath(state)
  const pathSpan = state.spanFrom(pathStart)
  const aliasToken = state.takeKeyword('as') ? parseAlias(state) : undefined
  const [root = ''] = path
  if (root === 'future' || root === 'rego') {
    if (aliasToken !== undefined) state.fail('import-no-alias', aliasToken, root)
    if (root === 'future') turnOnKeywords(state, path, pathSpan, experimentalKeywords)
    else turnOnVersion(state, path, pathSpan)
  } else if (root !== 'data' && root !== 'input') state.fail('import-root', pathSpan, root)
  else checkBinding(state, path, aliasToken)
  const alias = aliasToken === undefined ? undefined : state.source.text.slice(aliasToken.start, aliasToken.end)
  return { kind: 'import', path, alias, span: state.spanFrom(start) }
}

/** The place of the alias. */
function parseAlias(state: ParseState): Span {
  if (!state.is('name') || state.isReserved(state.token)) state.failUnexpected('var')
  return state.spanOf(state.advance())
}

/** What the import binds must be usable as a name. */
function checkBinding(state: ParseState, path: readonly string[], alias: Span | undefined): void {
  if (alias !== undefined) {
    const name = state.source.text.slice(alias.start, alias.end)
    if (name === 'input' || name === 'data') state.fail('import-alias-reserved', alias, name)
    return
  }
  const last = path.at(-1) ?? ''
  if (path.length > 1 && state.isReservedName(last)) state.fail('import-keyword-end', state.spanOf(state.previous), last)
}

function turnOnKeywords(state: ParseState, path: readonly string[], span: Span, experimentalKeywords: boolean): void {
  const [, group, keyword] = path
  if (group !== 'keywords' || path.length > 3) state.fail('import-future', span)
  if (keyword === undefined) {
    for (const one of V1_KEYWORDS) state.keywords.add(one)
    return
  }
  const known = experimentalKeywords ? [...IMPORTABLE, ...LOGICAL_KEYWORDS].sort() : IMPORTABLE
  if (!known.includes(keyword)) state.fail('import-keyword', span, known, keyword, LOGICAL_KEYWORDS.has(keyword))
  state.keywords.add(keyword)
  if (keyword === 'every') state.keywords.add('in')
}

function turnOnVersion(state: ParseState, path: readonly string[], span: Span): void {
  if (path.length !== 2 || path[1] !== 'v1') state.fail('import-rego', span, path.join('.'))
  for (const one of V1_KEYWORDS) state.keywords.add(one)
  state.version = 'v1'
}
