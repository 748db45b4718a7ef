/** From the document of a test to what it means. */
import { writeJson } from '../value/json.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import type { SubtestResult, TestOutcome } from './result.js'

export interface Verdict {
  readonly outcome: Extract<TestOutcome, 'pass' | 'fail'>
  readonly subtests: readonly SubtestResult[]
  /** Where the test fails, and it is no table. */
  readonly document?: RegoValue
}

/** A test passes if its document is `true`. */
export function judgeTest(document: RegoValue | undefined): Verdict {
  if (document === true) return { outcome: 'pass', subtests: [] }
  return { outcome: 'fail', subtests: [], ...(document === undefined ? {} : { document }) }
}

/**
 * A table passes if each row that was tried does: one without rows passes, too. The value of a row is `true`, or `null`, or
 * an object whose entries are rows in turn.
 */
export function judgeTable(document: RegoValue | undefined, tried: readonly (readonly RegoValue[])[]): Verdict {
  const root = new Row()
  for (const keys of tried) {
    const value = keys.reduce<RegoValue | undefined>((at, key) => (at instanceof RegoObject ? at.get(key) : undefined), document)
    let row = root
    for (const key of keys) row = row.child(rowName(key))
    row.take(value)
  }
  const subtests = root.results()
  return { outcome: outcomeOf(subtests), subtests }
}

/** What a row is called by its key: a string as it is, others as JSON. */
export function rowName(key: RegoValue): string {
  return typeof key === 'string' ? key : writeJson(key)
}

function outcomeOf(subtests: readonly SubtestResult[]): Verdict['outcome'] {
  return subtests.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'fail'
}

/** The rows under one key. */
class Row {
  #value: RegoValue | undefined
  readonly #children = new Map<string, Row>()

  child(name: string): Row {
    let row = this.#children.get(name)
    if (row === undefined) this.#children.set(name, (row = new Row()))
    return row
  }

  /** Entries of an object are rows below this one. Of rows with the same name, one that passes is enough. */
  take(value: RegoValue | undefined): void {
    const waiting: [Row, RegoValue | undefined][] = [[this, value]]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [row, found] = next
      if (!passes(row.#value)) row.#value = found
      if (found instanceof RegoObject) for (const [key, inner] of found.entries) waiting.push([row.child(rowName(key)), inner])
    }
  }

  results(): readonly SubtestResult[] {
    return [...this.#children].map(([name, row]): SubtestResult => {
      const subtests = row.results()
      if (subtests.length > 0) return { name, outcome: outcomeOf(subtests), subtests }
      if (passes(row.#value)) return { name, outcome: 'pass', subtests }
      return { name, outcome: 'fail', subtests, ...(row.#value === undefined ? {} : { document: row.#value }) }
    })
  }
}

/** Whether a row with this value, and without rows below it, passes. */
function passes(value: RegoValue | undefined): boolean {
  return value === true || value === null || value instanceof RegoObject
}
