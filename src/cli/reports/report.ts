/** What reports of tests are made from. */
import type { SubtestResult, TestOutcome, TestResult } from '../../rego-test/result.js'
import type { Source } from '../../source/source.js'

export interface TestReport {
  /** In the order in which the tests ran. */
  readonly results: readonly TestResult[]
  readonly sources: readonly Source[]
  readonly durationMs: number
}

/** Writes a report as text. */
export type Reporter = (report: TestReport, style: ReportStyle) => string

export interface ReportStyle {
  /** Show tests that pass, too, and what they printed. */
  readonly verbose: boolean
  readonly color: boolean
}

type OutcomeCounts = Readonly<Record<TestOutcome | 'all', number>>

/** The rows of a table count, and not the table. */
export function countOutcomes(results: readonly TestResult[]): OutcomeCounts {
  const counts = { all: 0, pass: 0, fail: 0, error: 0, skip: 0 }
  const waiting: { readonly outcome: TestOutcome; readonly subtests: readonly SubtestResult[] }[] = [...results]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (one.subtests.length > 0) for (const row of one.subtests) waiting.push(row)
    else {
      counts[one.outcome]++
      counts.all++
    }
  }
  return counts
}

/** A duration for people: `85 µs`, `1.25 ms`, `3.1 s`. */
export function durationText(ms: number): string {
  if (ms < 1) return `${Math.round(ms * 1000)} µs`
  return ms < 1000 ? `${Number(ms.toPrecision(3))} ms` : `${Number((ms / 1000).toPrecision(3))} s`
}
