/**
 * Where to go on after a fault: at the beginning of the next statement.
 */
import type { ParseState } from './state.js'

/**
 * Moves behind the faulty statement that began at token `from`.
 *
 * It is taken to end with the last bracket that it opened before the fault, as far as those are closed at all; the next
 * statement begins with the first name in the first column after that.
 */
export function skipStatement(state: ParseState, from: number): void {
  let index = Math.max(state.at, from + 1)
  for (let before = from; before < state.at; before++) index = Math.max(index, state.tokenAt(before).close + 1)
  while (state.tokenAt(index).kind !== 'eof' && !beginsLine(state, index)) index++
  state.moveTo(index)
}

function beginsLine(state: ParseState, index: number): boolean {
  const { kind, start, newline } = state.tokenAt(index)
  return kind === 'name' && newline && (start === 0 || state.source.text.charCodeAt(start - 1) === 0x0a)
}
