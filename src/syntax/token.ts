/**
 * What the scanner hands to the parser: tokens that carry facts about themselves, and the tables about their kinds.
 *
 * Names are not told from keywords here, because that depends on the version and the imports of a module. Which names
 * may be keywords at all is a fact of the token (`word`), so that the parser asks its set only about those.
 */

/** Tokens whose spelling is fixed; the kind is the spelling. The second column is what messages call them. */
export const PUNCTUATION = {
  '.': '.',
  ',': ',',
  ';': ';',
  ':': ':',
  '(': '(',
  ')': ')',
  '[': '[',
  ']': ']',
  '{': '{',
  '}': '}',
  ':=': 'assign',
  '=': 'eq',
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '+': 'plus',
  '-': 'minus',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '&': 'and',
  '|': 'or',
} as const

export type Punctuation = keyof typeof PUNCTUATION

/**
 * A template string is a sequence: `template-start`, then any number of `template-text` and of `template-open`, tokens,
 * `template-close`; then `template-end`. An `invalid` token stands for text about which the scanner has reported.
 */
export type TokenKind =
  | Punctuation
  | 'name'
  | 'number'
  | 'string'
  | 'template-start'
  | 'template-text'
  | 'template-open'
  | 'template-close'
  | 'template-end'
  | 'invalid'
  | 'eof'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** The spelling of a name or number, the content of a string or of template text; otherwise empty. */
  readonly text: string
  /** White space or a comment stands before it. */
  readonly spaced: boolean
  /** A line break stands before it. */
  readonly newline: boolean
  /** A name that is a keyword in some version, or with some import. */
  readonly word: boolean
  /** For an opening bracket: the index of the token that closes it, -1 where there is none. Otherwise -1. */
  readonly close: number
}

/** Reserved in every version. */
export const RESERVED: ReadonlySet<string> = new Set([
  'as',
  'default',
  'else',
  'false',
  'import',
  'not',
  'null',
  'package',
  'some',
  'true',
  'with',
])

/** Reserved in v1; in v0 each by its import. */
export const V1_KEYWORDS: ReadonlySet<string> = new Set(['contains', 'every', 'if', 'in'])

/** Reserved by their import only, in both versions. (`not` is reserved anyway; its import changes what it means.) */
export const LOGICAL_KEYWORDS: ReadonlySet<string> = new Set(['and', 'or'])

/** How tightly an infix operator binds, 1 the loosest; all associate to the left. */
export const INFIX_LEVEL: ReadonlyMap<TokenKind, number> = new Map([
  ['==', 1],
  ['!=', 1],
  ['<', 1],
  ['<=', 1],
  ['>', 1],
  ['>=', 1],
  ['|', 2],
  ['&', 3],
  ['+', 4],
  ['-', 4],
  ['*', 5],
  ['/', 5],
  ['%', 5],
])

export function isWord(name: string): boolean {
  return RESERVED.has(name) || V1_KEYWORDS.has(name) || LOGICAL_KEYWORDS.has(name)
}
