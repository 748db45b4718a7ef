/** Tests in several threads: the same results, in the same order, as in one. */
import { setImmediate } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { type LoadedFiles, loadFiles } from '../../src/cli/files.js'
import type { JobAnswer, StartTestThread, TestJob } from '../../src/cli/test-threads/job.js'
import { nameFilter } from '../../src/cli/test-threads/name-filter.js'
import { runShare } from '../../src/cli/test-threads/run-share.js'
import { type SuiteOutcome, runSuite } from '../../src/cli/test-threads/run-suite.js'
import { OtherThreads, threadCount } from '../../src/cli/test-threads/threads.js'
import { Source } from '../../src/source/source.js'
import { createFolder } from '../support/run-cli.js'

const TESTS = `package policy_test

import data.policy

test_allow if policy.allow with input.role as data.roles[0]

test_value := {"n": 12345678901234567890.5, "s": {1, {"a": null}}}

test_rows[note] := row if {
	some note, row in {"one": true, "deep": {"a": {"b": 1}}}
	print("row", note)
}

test_conflict if { some x in [1, 2]; conflict == x }

conflict := x if some x in [1, 2]

test_young if { x := 3; policy.age(x) > 17 }

todo_test_more if false

test_last if true
`
const folder = createFolder({
  'good/policy.rego': 'package policy\n\nallow if input.role == data.roles[_]\n\nage(x) := x\n',
  'good/policy_test.rego': TESTS,
  'good/roles/data.json': '["admin"]',
  'wrong/a_test.rego': 'package a\n\ntest_x if coutn([]) == 0\n\ntest_y if true\n\ntest_z if nobody\n',
  'builtin/a_test.rego': 'package a\n\ntest_x if true\n\ntest_y if http.send({}).ok\n',
})
afterAll(folder.remove)

/** A thread of which nothing is shared: what it is told and what it says is copied as between real ones. */
const thread: StartTestThread = (job) => ({ answer: answerOf(structuredClone(job)), stop: () => undefined })

async function answerOf(job: TestJob): Promise<JobAnswer> {
  await setImmediate()
  return structuredClone(await runShare(job))
}

interface Settings {
  readonly run?: string
  readonly count?: number
  readonly start?: StartTestThread
  readonly signal?: AbortSignal
}

async function runIn(threads: number, name: string, settings: Settings = {}): Promise<SuiteOutcome> {
  const { run, count = 1, start = thread, signal = new AbortController().signal } = settings
  const files = await filesOf(name)
  const filter = run === undefined ? undefined : await nameFilter(run)
  const compile = { regoVersion: 'v1' } as const
  const modules = files.modules.map(({ name: file, text }) => [file, text] as const)
  const job = { modules, dataText: files.dataText, compile, timeoutMs: 5000, count, ...(run === undefined ? {} : { run }) }
  const others = threads === 1 ? undefined : new OtherThreads(job, threads, start)
  const options = { compile, timeoutMs: 5000, ...(filter === undefined ? {} : { filter }) }
  return await runSuite({ files, options, count, others, signal })
}

async function filesOf(name: string): Promise<LoadedFiles> {
  return await loadFiles([name], {}, { cwd: folder.path, readStdin: async () => new Uint8Array() })
}

/** What a run says, without times. */
function told(outcome: SuiteOutcome): unknown {
  return outcome.ok ? outcome.results.map((result) => ({ ...result, durationMs: 0 })) : outcome
}

test('results are those of one thread', async () => {
  const alone = await runIn(1, 'good')
  expect(alone.ok && alone.results.map(({ test: { name }, outcome }) => `${name} ${outcome}`)).toEqual([
    'test_allow pass',
    'test_value fail',
    'test_rows fail',
    'test_conflict error',
    'test_young fail',
    'todo_test_more skip',
    'test_last pass',
  ])
  for (const threads of [2, 3, 7]) expect(told(await runIn(threads, 'good'))).toEqual(told(alone))
})

test('a test that failed elsewhere is explained', async () => {
  const [alone, together] = await Promise.all([runIn(1, 'good'), runIn(3, 'good')])
  if (!alone.ok || !together.ok) throw new Error('does not compile')
  for (const [place, result] of together.results.entries()) {
    const own = alone.results[place]
    if (own === undefined) throw new Error('a result is missing')
    const explained = { ...(await together.suite.explain(result)), durationMs: 0 }
    expect(explained).toEqual({ ...(await alone.suite.explain(own)), durationMs: 0 })
  }
})

test('tests run as often as wanted, and only those that are', async () => {
  const settings = { run: 'test_(l|y|a)', count: 2 }
  const together = await runIn(2, 'good', settings)
  const names = ['test_allow', 'test_young', 'test_last']
  expect(together.ok && together.results.map((result) => result.test.name)).toEqual([...names, ...names])
  expect(told(together)).toEqual(told(await runIn(1, 'good', settings)))
})

test('what is wrong is told in full, and in order', async () => {
  const together = await runIn(3, 'wrong')
  expect(!together.ok && together.diagnostics.map(({ message }) => message)).toEqual([
    'undefined function coutn',
    'var nobody is unsafe',
  ])
  expect(told(together)).toEqual(told(await runIn(1, 'wrong')))
  const refused = await runIn(2, 'builtin')
  expect(refused.ok).toBe(false)
  expect(told(refused)).toEqual(told(await runIn(1, 'builtin')))
})

test('a thread that ends without an answer is made up for', async () => {
  const lost: StartTestThread = () => ({ answer: Promise.reject(new Error('out of memory')), stop: () => undefined })
  expect(told(await runIn(2, 'good', { start: lost }))).toEqual(told(await runIn(1, 'good')))
})

test('threads are stopped, with what there is for results, when the user wants an end', async () => {
  const end = new AbortController()
  let stopped = 0
  const endless: StartTestThread = () => {
    let stop = (): void => undefined
    const answer = new Promise<JobAnswer>((_, reject) => (stop = () => reject(new Error('stopped'))))
    return { answer, stop: () => (stopped++, stop()) }
  }
  const running = runIn(2, 'good', { start: endless, signal: end.signal })
  setTimeout(() => end.abort(), 50)
  const outcome = await running
  expect(outcome.ok && outcome.results.every((result) => result.test.name !== 'test_last')).toBe(true)
  expect(stopped).toBeGreaterThan(0)
})

test('there are no more threads than pay off', () => {
  const module = (length: number): Source => new Source('a_test.rego', `package a\n\ntest_a if true\n${'#\n'.repeat(length / 2)}`)
  expect(threadCount(0, [module(10)], '{}')).toBe(1)
  expect(threadCount(0, [new Source('a.rego', `package a\n${'#\n'.repeat(1_000_000)}`)], '{}')).toBe(1)
  expect(threadCount(0, [module(1_000_000)], ' '.repeat(6_000_000))).toBe(1)
  expect(threadCount(1, [module(1_000_000)], '{}')).toBe(1)
  const most = threadCount(1_000_000, [], '{}')
  expect(threadCount(0, [module(1_000_000)], '{}')).toBe(Math.min(16, most))
})
