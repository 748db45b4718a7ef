/** What a thread does: compiles all policies and its share of the tests, and runs that. */
import { type TestResult } from '../../rego-test/result.js'
import { type TestSuite, prepareTests } from '../../rego-test/suite.js'
import { Source } from '../../source/source.js'
import { parseJson } from '../../value/json.js'
import type { RegoObject } from '../../value/value.js'
import { type JobAnswer, type TestJob, packResult } from './job.js'
import { nameFilter } from './name-filter.js'

export async function runShare({ modules, dataText, compile, timeoutMs, run, count, share }: TestJob): Promise<JobAnswer> {
  const filter = run === undefined ? undefined : await nameFilter(run)
  const prepared = await prepareTests(
    modules.map(([name, text]) => new Source(name, text)),
    {
      dataText,
      get data() {
        return parseJson(dataText) as RegoObject
      },
    },
    { compile, timeoutMs, share, ...(filter === undefined ? {} : { filter }) },
  )
  return prepared.ok ? runOwnTests(prepared.suite, count).map((one) => packResult(one)) : undefined
}

/** Runs the tests of a suite's own share so many times, until it is told to stop. */
export function runOwnTests(suite: TestSuite, count: number, signal?: AbortSignal): readonly TestResult[] {
  const results: TestResult[] = []
  for (let time = 0; time < count; time++) {
    for (const test of suite.ownTests) {
      if (signal?.aborted === true) return results
      results.push(suite.run(test))
    }
  }
  return results
}
