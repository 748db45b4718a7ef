/** What comes out of running a test. */
import type { EvalLocation } from '../errors.js'
import type { Failure } from '../trace/failure.js'
import type { RegoValue } from '../value/value.js'
import type { TestCase } from './test-case.js'

export type TestOutcome =
  /** The document is `true`; of a table, all its rows are. */
  | 'pass'
  /** It is undefined, `false` or anything else. */
  | 'fail'
  /** The evaluation ended without a result: a conflict, a time-out. */
  | 'error'
  /** The test is to be done. */
  | 'skip'

export interface TestResult {
  readonly test: TestCase
  readonly outcome: TestOutcome
  readonly durationMs: number
  /** Rows of a table. */
  readonly subtests: readonly SubtestResult[]
  /** What `print` printed, in order. */
  readonly prints: readonly PrintedLine[]
  /** Of an `error`: why there is no result. */
  readonly error?: TestError
  /** Of a `fail` that has been explained: where, and with what values. */
  readonly failure?: Failure
  /** Of a `fail`: the document that should have been `true`, where there is one. */
  readonly document?: RegoValue
}

/** A row of a table, or the rows below a key. */
export interface SubtestResult {
  /** The key, a string without its quotes. */
  readonly name: string
  readonly outcome: 'pass' | 'fail'
  readonly subtests: readonly SubtestResult[]
  /** Of a row that failed: where it did. */
  readonly failure?: Failure
  /** Of a row that failed with a value: which. */
  readonly document?: RegoValue
}

export interface PrintedLine {
  readonly text: string
  readonly location: EvalLocation | undefined
}

export interface TestError {
  /** `eval_conflict_error`, `eval_cancel_error` for a time-out, `rego_type_error` for a function. */
  readonly code: string
  readonly message: string
  readonly location?: EvalLocation | undefined
}
