/**
 * What braces hold, told without parsing them: their inside is walked token by token, over nested brackets at once, so
 * that looking ahead at every level stays linear.
 */
import { INFIX_LEVEL } from '../token.js'
import type { ParseState } from './state.js'

/**
 * Whether the braces at the next token could only be an object or a comprehension as a value: `{}`, `{k: …`, `{a | …`.
 * Otherwise they are a set or a body.
 */
export function looksLikeValue(state: ParseState): 'object' | 'comprehension' | undefined {
  const inside = state.at + 1
  const { close } = state.token
  if (close === inside) return 'object'
  const behindTerm = skipTerm(state, inside)
  if (behindTerm > inside && state.tokenAt(behindTerm).kind === '|') return 'comprehension'
  for (let index = inside; index < close;) {
    const token = state.tokenAt(index)
    if (token.kind === ':') return 'object'
    index = token.close > index ? token.close + 1 : index + 1
  }
  return undefined
}

/** Whether the braces at the next token, behind `if`, begin an expression; otherwise they are a body. */
export function bracesBeginLiteral(state: ParseState): boolean {
  return bracketContinues(state) || isFollowedByOperator(state) || looksLikeValue(state) !== undefined
}

/** Whether an operator or a postfix follows the bracket that closes the one at the next token. */
export function bracketContinues(state: ParseState): boolean {
  const { close } = state.token
  if (close === -1) return false
  const next = state.tokenAt(close + 1)
  const { kind } = next
  if (INFIX_LEVEL.has(kind) || kind === ':=' || kind === '=' || kind === ',') return true
  if (!next.spaced && (kind === '.' || kind === '[' || kind === '(')) return true
  return isKeywordAt(state, close + 1, 'in')
}

/** Whether `and` or `or` follows the bracket that closes the one at the next token. */
export function isFollowedByOperator(state: ParseState): boolean {
  const { close } = state.token
  return close !== -1 && (isKeywordAt(state, close + 1, 'and') || isKeywordAt(state, close + 1, 'or'))
}

function isKeywordAt(state: ParseState, index: number, word: string): boolean {
  const token = state.tokenAt(index)
  if (!token.word || token.text !== word || !state.keywords.has(word)) return false
  const next = state.tokenAt(index + 1)
  return next.spaced || (next.kind !== '.' && next.kind !== '[')
}

/** The index behind the term that begins at `index`; `index` itself if none does. */
function skipTerm(state: ParseState, index: number): number {
  let at = skipPrimary(state, state.tokenAt(index).kind === '-' ? index + 1 : index)
  for (;;) {
    const token = state.tokenAt(at)
    if (token.spaced) return at
    if (token.kind === '.') at += 2
    else if ((token.kind === '[' || token.kind === '(') && token.close > at) at = token.close + 1
    else return at
  }
}

function skipPrimary(state: ParseState, index: number): number {
  const { kind, close } = state.tokenAt(index)
  if (kind === 'template-start') return skipTemplate(state, index)
  if (close > index) return close + 1
  return kind === 'name' || kind === 'number' || kind === 'string' ? index + 1 : index
}

function skipTemplate(state: ParseState, index: number): number {
  let at = index + 1
  for (;;) {
    const { kind, close } = state.tokenAt(at)
    if (kind === 'template-end') return at + 1
    if (kind === 'template-open' && close > at) at = close + 1
    else if (kind === 'template-text') at++
    else return at
  }
}
