/** Runs the tests of modules: all in this thread, or dealt out to several. */
import { type PrepareTestsOptions, type TestSuite, prepareTests } from '../../rego-test/suite.js'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { TestResult } from '../../rego-test/result.js'
import type { Share } from '../../rego-test/shares.js'
import type { LoadedFiles } from '../files.js'
import { runOwnTests } from './run-share.js'
import type { OtherThreads } from './threads.js'

export interface SuiteRun {
  readonly files: LoadedFiles
  readonly options: Omit<PrepareTestsOptions, 'share'>
  /** How often each test runs. */
  readonly count: number
  /** Those that run a share of the tests, if there are any. */
  readonly others: OtherThreads | undefined
  /** Ends the run after the test that is under way. */
  readonly signal: AbortSignal
}

export type SuiteOutcome =
  | { readonly ok: true; readonly suite: TestSuite; readonly results: readonly TestResult[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

export async function runSuite(run: SuiteRun): Promise<SuiteOutcome> {
  return run.others === undefined ? await runOwn(run) : await runWithOthers(run, run.others)
}

async function runOwn({ files, options, count, signal }: SuiteRun, share?: Share): Promise<SuiteOutcome> {
  const prepared = await prepareTests(files.modules, files, share === undefined ? options : { ...options, share })
  return prepared.ok ? { ...prepared, results: runOwnTests(prepared.suite, count, signal) } : prepared
}

async function runWithOthers(run: SuiteRun, others: OtherThreads): Promise<SuiteOutcome> {
  const stop = (): void => others.stop()
  run.signal.addEventListener('abort', stop)
  try {
    const own = await runOwn(run, others.share)
    const results = own.ok ? await others.results() : undefined
    if (own.ok && (results !== undefined || run.signal.aborted)) {
      return { ...own, results: inOrder(own.suite, run.count, [...own.results, ...(results ?? [])]) }
    }
  } finally {
    run.signal.removeEventListener('abort', stop)
    others.stop()
  }
  // Something is wrong somewhere: it is told in full, and in order, where there is but one thread.
  return await runOwn(run)
}

/** Results as one thread has them: of all tests in the order of the text, one time after the other. */
function inOrder({ tests }: TestSuite, count: number, results: readonly TestResult[]): readonly TestResult[] {
  const byId = new Map<string, TestResult[]>()
  for (const result of results) {
    const known = byId.get(result.test.id)
    if (known === undefined) byId.set(result.test.id, [result])
    else known.push(result)
  }
  const times = Array.from({ length: count }, () => tests.flatMap(({ id }) => byId.get(id)?.shift() ?? []))
  return times.flat()
}
