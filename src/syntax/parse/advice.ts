/**
 * What an author may have meant where the text cannot go on: a keyword with a slip of the finger, a word or an operator of
 * another language, a bracket that nothing closes. It is read off the tokens around the fault.
 */
import { nearestName } from '../../diagnostics/nearest.js'
import { type Token, RESERVED, V1_KEYWORDS } from '../token.js'
import type { ParseState } from './state.js'

const ALL_MUST_HOLD = 'conditions that must all hold stand on lines of their own, or with `;` between them'
const ALTERNATIVES = 'alternatives are rules of the same name, one for each; for values there is `x in {a, b}`'
const FUNCTION = 'a function is written `f(x) := \u2026` or `f(x) if \u2026`'
const SOME = 'write `some x in xs`, or `every x in xs { \u2026 }`'
const ELSE_IF = 'write `} else := value if { \u2026 }`'

/** Words of other languages, where one would have to be a keyword. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['and', ALL_MUST_HOLD],
  ['or', ALTERNATIVES],
  ['def', FUNCTION],
  ['fn', FUNCTION],
  ['func', FUNCTION],
  ['function', FUNCTION],
  ['for', SOME],
  ['foreach', SOME],
  ['exists', SOME],
  ['forall', SOME],
  ['any', SOME],
  ['all', SOME],
  ['elif', ELSE_IF],
  ['elseif', ELSE_IF],
  ['elsif', ELSE_IF],
  ['when', 'conditions begin with `if`'],
  ['where', 'conditions begin with `if`'],
  ['let', 'write `x := \u2026` without a word in front'],
  ['var', 'write `x := \u2026` without a word in front'],
  ['const', 'write `x := \u2026` without a word in front'],
  ['return', 'a function has its value in its head: `f(x) := value if { \u2026 }`'],
  ['then', 'the value of a rule stands in its head: `p := value if condition`'],
  ['is', 'write `==` to compare'],
  ['use', 'write `import data.\u2026`'],
  ['from', 'write `import data.\u2026`'],
])

/** Operators of other languages: two tokens without space between them. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['&&', ALL_MUST_HOLD],
  ['||', ALTERNATIVES],
  ['===', 'write `==` to compare'],
  ['!==', 'write `!=` to compare'],
  ['//', 'a comment begins with `#`'],
  ['/*', 'a comment begins with `#`, on each line'],
  [':-', 'a body begins with `if`'],
  ['=>', 'write `:=` for a value, `if` for a condition'],
  ['->', 'write `:=` for a value, `if` for a condition'],
  ['++', 'a variable keeps its value; give the sum a new name'],
  ['--', 'a variable keeps its value; give the difference a new name'],
  ['+=', 'a variable keeps its value; give the sum a new name'],
  ['-=', 'a variable keeps its value; give the difference a new name'],
  ['::', 'a path is written with dots: `data.lib.rule`'],
])

/** Words that begin a line, and those that stand in it. */
const FIRST_WORDS: readonly string[] = ['package', 'import', 'default', 'else', 'some', 'every', 'not', 'with']
const INNER_WORDS: readonly string[] = [...RESERVED, ...V1_KEYWORDS].filter(
  (word) => word !== 'package' && word !== 'import' && word !== 'default',
)

/** What may have been meant at the token `index`, which cannot stand there. */
export function adviceAt(state: ParseState, index: number): string | undefined {
  return operatorAdvice(state, index) ?? wordAdvice(state, index) ?? bracketAdvice(state, index)
}

/** What may have been meant by a name that is no rule as it stands: the next token is the one behind it. */
export function adviceOnName(state: ParseState): string | undefined {
  return operatorAdvice(state, state.at) ?? wordAdvice(state, state.statementStart)
}

function operatorAdvice(state: ParseState, index: number): string | undefined {
  const token = state.tokenAt(index)
  const before = index > 0 ? state.tokenAt(index - 1) : undefined
  const after = state.tokenAt(index + 1)
  if (before !== undefined && !token.spaced) {
    const advice = OPERATORS.get(before.kind + token.kind)
    if (advice !== undefined) return advice
  }
  if (!after.spaced) return OPERATORS.get(token.kind + after.kind)
  return undefined
}

function wordAdvice(state: ParseState, index: number): string | undefined {
  const token = state.tokenAt(index)
  const candidates = [token]
  if (index > 0 && !token.newline) candidates.push(state.tokenAt(index - 1))
  const after = state.tokenAt(index + 1)
  if (!after.newline) candidates.push(after)
  for (const one of candidates) {
    const advice = adviceOnWord(state, one)
    if (advice !== undefined) return advice
  }
  return undefined
}

/** A keyword is no part of a path and is not called; and what is a keyword already is no slip. */
function adviceOnWord(state: ParseState, token: Token): string | undefined {
  const { kind, text, start, end } = token
  if (kind !== 'name' || state.isReserved(token) || text === 'input' || text === 'data') return undefined
  if (/[.[(]/.test(state.source.text[end] ?? '') || state.source.text[start - 1] === '.') return undefined
  const advice = WORDS.get(text)
  if (advice !== undefined) return advice
  const keyword = nearestName(text, token.newline || start === 0 ? FIRST_WORDS : INNER_WORDS)
  return keyword === undefined || Math.abs(keyword.length - text.length) > 2 ? undefined : `did you mean \`${keyword}\`?`
}

/** A text that ends inside a bracket, or a bracket that closes nothing. */
function bracketAdvice(state: ParseState, index: number): string | undefined {
  const token = state.tokenAt(index)
  if (token.kind === 'eof') {
    const open = innermostOpen(state, index)
    if (open === undefined) return undefined
    const [row] = state.source.placeOf(open.start)
    return `the \`${open.kind}\` in line ${row} is not closed`
  }
  if (token.kind !== ')' && token.kind !== ']' && token.kind !== '}') return undefined
  const open = innermostOpen(state, index)
  if (open === undefined) return `nothing is open that this \`${token.kind}\` could close`
  return CLOSING[open.kind] === token.kind ? undefined : `the \`${open.kind}\` before it is closed by \`${CLOSING[open.kind]}\``
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** The last bracket of the statement before a token that is not closed before it. */
function innermostOpen(state: ParseState, index: number): Token | undefined {
  const open: Token[] = []
  for (let at = state.statementStart; at < index; at++) {
    const token = state.tokenAt(at)
    if (CLOSING[token.kind] !== undefined) open.push(token)
    else if (token.kind === ')' || token.kind === ']' || token.kind === '}') open.pop()
  }
  return open.at(-1)
}
