/**
 * Whether two simple patterns have a string in common: characters, `.`, sets such as `[a-z_]`, the flags `*` and `+`, and
 * escapes by backslash. There is no alternative and no negated set.
 */
import { type Budget, BuiltinLimitError, failure } from './context.js'

/** What one place of a pattern takes, and how often. */
interface Token {
  /** Ranges of code points, ends included; undefined takes any. */
  readonly ranges: readonly (readonly [from: number, to: number])[] | undefined
  /** Whether any number of times, none included; `+` is the token once and then any number of times. */
  readonly isRepeated: boolean
}

/** Most pairs of places in both patterns. */
const MAX_STATES = 1 << 26
/** How many of them are a unit of work. */
const STATES_PER_UNIT = 4

export function globsIntersect(left: string, right: string, { spend }: Budget): boolean {
  const a = tokensOf(left)
  const b = tokensOf(right)
  if (a.length === 0 || b.length === 0) return a.length === b.length
  const states = (a.length + 1) * (b.length + 1)
  if (states > MAX_STATES) throw new BuiltinLimitError('the patterns are too long')
  // Two sets of characters are compared range by range.
  spend?.((states / STATES_PER_UNIT) * mostRanges(a) * mostRanges(b))
  return meet(a, b)
}

/**
 * Walks both patterns at once. A state is a place in each, and whether a string has begun; the queue holds the states
 * that are still to be looked at, each at most once.
 */
function meet(a: readonly Token[], b: readonly Token[]): boolean {
  const width = b.length + 1
  const seen = new Uint8Array((a.length + 1) * width * 2)
  const queue: (readonly [number, number, boolean])[] = []
  const visit = (i: number, j: number, begun: boolean): void => {
    const state = (i * width + j) * 2 + Number(begun)
    if (seen[state] === 1) return
    seen[state] = 1
    queue.push([i, j, begun])
  }
  visit(0, 0, false)
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [i, j, begun] = next
    if (i === a.length && j === b.length && begun) return true
    const [left, right] = [a[i], b[j]]
    if (left?.isRepeated) visit(i + 1, j, begun)
    if (right?.isRepeated) visit(i, j + 1, begun)
    if (left === undefined || right === undefined || !overlap(left, right)) continue
    visit(left.isRepeated ? i : i + 1, right.isRepeated ? j : j + 1, true)
  }
  return false
}

function mostRanges(tokens: readonly Token[]): number {
  return tokens.reduce((most, { ranges }) => Math.max(most, ranges?.length ?? 1), 1)
}

function overlap({ ranges: a }: Token, { ranges: b }: Token): boolean {
  if (a === undefined || b === undefined) return true
  return a.some(([low, high]) => b.some(([from, to]) => low <= to && from <= high))
}

function tokensOf(pattern: string): Token[] {
  const chars = Array.from(pattern)
  const tokens: Token[] = []
  let at = 0
  const fault = (message: string): Error => failure(`input:${pattern}, pos:${at}, ${message}: the input provided is invalid`)
  while (at < chars.length) {
    const char = chars[at++] as string
    if (char === '*' || char === '+') throw fault(`flag '${char}' must be preceded by a non-flag`)
    if (char === ']') throw fault("set-close ']' with no preceding '['")
    const ranges = char === '.' ? undefined : char === '[' ? setRanges() : [single(char === '\\' ? escaped() : char)]
    const flag = chars[at]
    if (flag !== '*') tokens.push({ ranges, isRepeated: false })
    if (flag === '*' || flag === '+') tokens.push({ ranges, isRepeated: true })
    if (flag === '*' || flag === '+') at++
  }
  return tokens

  function escaped(): string {
    const char = chars[at]
    if (char === undefined) throw fault('input ends with a \\ (escape) character')
    at++
    return char
  }

  function setRanges(): (readonly [number, number])[] {
    const ranges: (readonly [number, number])[] = []
    let last: number | undefined
    for (;;) {
      const char = chars[at++]
      if (char === undefined) throw fault('found [ without matching ]')
      if (char === ']') return ranges
      if (char === '-') {
        if (last === undefined) throw fault("range character '-' must be preceded by a Unicode character")
        const end = chars[at++]
        if (end === undefined || end === ']') throw fault("range character '-' must be followed by a Unicode character")
        const to = (end === '\\' ? escaped() : end).codePointAt(0) as number
        if (to < last) throw fault('range is out of order')
        ranges.push([last, to])
        last = undefined
        continue
      }
      const code = (char === '\\' ? escaped() : char).codePointAt(0) as number
      ranges.push([code, code])
      last = code
    }
  }
}

function single(char: string): readonly [number, number] {
  const code = char.codePointAt(0) as number
  return [code, code]
}
