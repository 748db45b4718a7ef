/**
 * Whether two simple patterns have a string in common: characters, `.`, sets such as `[a-z_]`, the flags `*` and `+`, and
 * escapes by backslash. There is no alternative and no negated set.
 */
import { type Budget, BuiltinLimitError, failure } from './context.js'

/** What one place of a pattern takes, and how often: once, once or more, any number of times. */
interface Token {
  /** Ranges of code points, ends included; undefined takes any. */
  readonly ranges: readonly (readonly [from: number, to: number])[] | undefined
  readonly flag: '' | '+' | '*'
}

/** Most pairs of places in both patterns. */
const MAX_STATES = 1 << 26
/** How many of them are a unit of work. */
const STATES_PER_UNIT = 4

export function globsIntersect(left: string, right: string, { spend }: Budget): boolean {
  const a = tokensOf(left)
  const b = tokensOf(right)
  const states = (a.length + 1) * (b.length + 1)
  if (states > MAX_STATES) throw new BuiltinLimitError('the patterns are too long')
  // Two sets of characters are compared range by range.
  spend?.((states / STATES_PER_UNIT) * mostRanges(a) * mostRanges(b))
  const trimmed = trim(a, b)
  return trimmed !== undefined && meet(...trimmed)
}

/**
 * Without what both begin and end with that is there just once, except for one token each; undefined if that does not agree.
 * OPA does so to save time, but with its way of going through flags it makes a difference.
 */
function trim(a: readonly Token[], b: readonly Token[]): readonly [readonly Token[], readonly Token[]] | undefined {
  let start = 0
  for (; isOnce(a[start]) && isOnce(b[start]); start++) if (!overlap(a[start] as Token, b[start] as Token)) return undefined
  start = Math.max(0, start - 1)
  let [i, j] = [a.length - 1, b.length - 1]
  let ends = 0
  for (; i >= start && j >= start && isOnce(a[i]) && isOnce(b[j]); i--, j--, ends++) {
    if (!overlap(a[i] as Token, b[j] as Token)) return undefined
  }
  const end = Math.max(0, ends - 1)
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}

function isOnce(token: Token | undefined): boolean {
  return token?.flag === ''
}

/** What is known about the rest of one pattern from a place on, and that of the other from each of its places on. */
interface Row {
  /** Whether the two rests meet. */
  readonly meets: Uint8Array
  /** Whether they do once the token that the one begins with, any number of times, takes what the other begins with. */
  readonly byLeft: Uint8Array
  readonly byRight: Uint8Array
}

/**
 * Goes through both patterns from their ends. A repeated token takes tokens of the other pattern, each whole with its flag,
 * as long as they overlap; it stops before one that the token after it overlaps with, or at the end if it is the last. So
 * `a` and `a.*` do not meet: that is OPA's answer, and what policies get from it.
 */
function meet(a: readonly Token[], b: readonly Token[]): boolean {
  let below = emptyRow(b.length)
  for (let i = a.length; i >= 0; i--) {
    const row = emptyRow(b.length)
    for (let j = b.length; j >= 0; j--) {
      const [left, right] = [a[i], b[j]]
      row.byLeft[j] = Number(left !== undefined && taken(left, a[i + 1], right, below.meets[j], row.byLeft[j + 1]))
      row.byRight[j] = Number(right !== undefined && taken(right, b[j + 1], left, row.meets[j + 1], below.byRight[j]))
      row.meets[j] = Number(pairMeets(left, right, j, row, below))
    }
    below = row
  }
  return below.meets[0] === 1
}

function emptyRow(length: number): Row {
  const cells = (): Uint8Array => new Uint8Array(length + 2)
  return { meets: cells(), byLeft: cells(), byRight: cells() }
}

/** Whether the rest that begins with a repeated token meets the rest that begins with `other`. */
function taken(
  repeated: Token,
  next: Token | undefined,
  other: Token | undefined,
  withoutIt: number | undefined,
  oneFurther: number | undefined,
): boolean {
  if (other === undefined) return next === undefined
  if (next !== undefined && withoutIt === 1 && overlap(next, other)) return true
  return oneFurther === 1 && overlap(repeated, other)
}

function pairMeets(left: Token | undefined, right: Token | undefined, j: number, row: Row, below: Row): boolean {
  if (left === undefined || right === undefined) return left === right
  switch (left.flag || right.flag) {
    case '':
      return below.meets[j + 1] === 1 && overlap(left, right)
    case '*':
      return (left.flag === '' ? row.byRight : row.byLeft)[j] === 1
    case '+': {
      if (!overlap(left, right)) return false
      // What is there just once is taken; the rest of what is repeated is still to be gone through.
      if (left.flag === '') return below.byRight[j] === 1
      return row.byLeft[isOnce(right) ? j + 1 : j] === 1
    }
  }
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
    const after = chars[at]
    const flag = after === '*' || after === '+' ? after : ''
    add(tokens, { ranges, flag })
    at += flag.length
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

/** Two repetitions of the same in a row are one. */
function add(tokens: Token[], token: Token): void {
  const last = tokens.at(-1)
  if (last === undefined || last.flag === '' || token.flag === '' || !sameRanges(last, token)) tokens.push(token)
  else if (last.flag === '*') tokens[tokens.length - 1] = token
}

function sameRanges({ ranges: a }: Token, { ranges: b }: Token): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.length === b.length && a.every(([from, to], at) => from === b[at]?.[0] && to === b[at][1])
}

function single(char: string): readonly [number, number] {
  const code = char.codePointAt(0) as number
  return [code, code]
}
