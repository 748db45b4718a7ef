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

/** A table passes if each row that was tried is `true` in its document: one without rows passes, too. */
export function judgeTable(document: RegoValue | undefined, tried: readonly (readonly RegoValue[])[]): Verdict {
  const root = new Row()
  for (const keys of tried) {
    const values = keys.reduce<RegoValue | undefined>((at, key) => (at instanceof RegoObject ? at.get(key) : undefined), document)
    let row = root
    for (const key of keys) row = row.child(rowName(key))
    row.isTrue ||= values === true
  }
  const subtests = root.results()
  return { outcome: subtests.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'fail', subtests }
}

/** What a row is called by its key: a string as it is, others as JSON. */
export function rowName(key: RegoValue): string {
  return typeof key === 'string' ? key : writeJson(key)
}

/** The rows under one key. */
class Row {
  isTrue = false
  readonly #children = new Map<string, Row>()

  child(name: string): Row {
    let row = this.#children.get(name)
    if (row === undefined) this.#children.set(name, (row = new Row()))
    return row
  }

  results(): readonly SubtestResult[] {
    return [...this.#children].map(([name, row]): SubtestResult => {
      const subtests = row.results()
      const passes = subtests.length === 0 ? row.isTrue : subtests.every(({ outcome }) => outcome === 'pass')
      return { name, outcome: passes ? 'pass' : 'fail', subtests }
    })
  }
}
