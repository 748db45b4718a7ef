/** What a thread that runs a share of the tests is told, and what it answers: all of it can be sent between threads. */
import type { SubtestResult, TestResult } from '../../rego-test/result.js'
import type { Share } from '../../rego-test/shares.js'
import type { TestCompileOptions } from '../../rego-test/suite.js'
import { parseValueText, writeValueText } from '../../value/text.js'

export interface TestJob {
  /** Names and texts. */
  readonly modules: readonly (readonly [name: string, text: string])[]
  readonly dataText: string
  readonly compile: TestCompileOptions
  readonly timeoutMs: number
  /** Which names to run, as `--run` has it. */
  readonly run?: string
  /** How often to run each. */
  readonly count: number
  readonly share: Share
}

/** With documents as text: values of policies have methods, which do not travel. */
export type Sent<Result extends TestResult | SubtestResult> = Omit<Result, 'document' | 'subtests'> & {
  readonly document?: string
  readonly subtests: readonly Sent<SubtestResult>[]
}

/** Results in the order of the tests, one time after the other. Undefined: the modules do not compile. */
export type JobAnswer = readonly Sent<TestResult>[] | undefined

/** A thread at work. */
export interface TestThread {
  /** Rejects if the thread ends without one. */
  readonly answer: Promise<JobAnswer>
  readonly stop: () => void
}

export type StartTestThread = (job: TestJob) => TestThread

export function packResult<Result extends TestResult | SubtestResult>({ document, subtests, ...rest }: Result): Sent<Result> {
  const packed = subtests.map((one) => packResult<SubtestResult>(one))
  return { ...rest, subtests: packed, ...(document === undefined ? {} : { document: writeValueText(document) }) }
}

export function unpackRow({ document, subtests, ...rest }: Sent<SubtestResult>): SubtestResult {
  return { ...rest, subtests: subtests.map(unpackRow), ...(document === undefined ? {} : { document: parseValueText(document) }) }
}

export function unpackResult({ document, subtests, ...rest }: Sent<TestResult>): TestResult {
  return { ...rest, subtests: subtests.map(unpackRow), ...(document === undefined ? {} : { document: parseValueText(document) }) }
}
