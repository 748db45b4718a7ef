/**
 * Where to go on after a fault: at the beginning of the next statement.
 */
import type { ParseState } from './state.js'

/**
 * Moves behind the faulty statement that began at token `from`.
 *
 * A statement is taken to begin at a name in the first column outside of all brackets that the faulty statement has
 * opened. If there is none, because a bracket was never closed, it is the first such name behind the fault at all.
 */
export function skipStatement(state: ParseState, from: number): void {
  const fault = state.at
  let depth = 0
  let fallback: number | undefined
  for (let index = from; ; index++) {
    const token = state.tokenAt(index)
    if (token.kind === 'eof') return state.moveTo(fallback ?? index)
    if (index > from && index >= fault && beginsLine(state, index)) {
      if (depth <= 0) return state.moveTo(index)
      fallback ??= index
    }
    if (token.kind === '{' || token.kind === '[' || token.kind === '(') depth++
    else if (token.kind === '}' || token.kind === ']' || token.kind === ')') depth--
  }
}

function beginsLine(state: ParseState, index: number): boolean {
  const { kind, start, newline } = state.tokenAt(index)
  return kind === 'name' && newline && (start === 0 || state.source.text.charCodeAt(start - 1) === 0x0a)
}
