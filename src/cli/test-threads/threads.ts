/** The threads that tests are dealt out to: how many there are to be, and what becomes of their answers. */
import { availableParallelism } from 'node:os'
import type { TestResult } from '../../rego-test/result.js'
import type { Share } from '../../rego-test/shares.js'
import type { Source } from '../../source/source.js'
import { type JobAnswer, type StartTestThread, type TestJob, type TestThread, unpackResult } from './job.js'

/** Another thread has to compile the policies, too: with fewer tests than this, in characters, it is not worth it. */
const TEXT_PER_THREAD = 60_000
/** Each thread reads the documents for itself. */
const MOST_DATA = 5_000_000

/** How many threads run tests, this one among them: as many as are wanted, or, where that is 0, as pay off. */
export function threadCount(wanted: number, modules: readonly Source[], dataText: string): number {
  return Math.min(wanted === 0 ? usefulThreads(modules, dataText) : wanted, availableParallelism())
}

function usefulThreads(modules: readonly Source[], dataText: string): number {
  if (dataText.length > MOST_DATA) return 1
  const tests = modules.filter(({ text }) => /^test_/m.test(text)).reduce((sum, { text }) => sum + text.length, 0)
  return Math.max(1, Math.floor(tests / TEXT_PER_THREAD))
}

/** All shares but the first, each in a thread. */
export class OtherThreads {
  readonly #threads: readonly TestThread[]
  readonly #answers: Promise<readonly JobAnswer[] | undefined>

  constructor(job: Omit<TestJob, 'share'>, count: number, start: StartTestThread) {
    this.#threads = Array.from({ length: count - 1 }, (_, place) => start({ ...job, share: { index: place + 1, of: count } }))
    this.#answers = Promise.all(this.#threads.map(({ answer }) => answer)).catch(() => undefined)
  }

  /** What is left for this thread. */
  get share(): Share {
    return { index: 0, of: this.#threads.length + 1 }
  }

  /** Undefined if a thread had no answer: what is wrong is found when everything is done in one. */
  async results(): Promise<readonly TestResult[] | undefined> {
    const answers = await this.#answers
    return answers?.every((answer) => answer !== undefined) === true ? answers.flat().map(unpackResult) : undefined
  }

  stop(): void {
    for (const thread of this.#threads) thread.stop()
  }
}
