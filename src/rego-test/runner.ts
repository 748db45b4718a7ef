/**
 * Runs tests in WebAssembly, within a time limit.
 *
 * A module cannot be interrupted by a clock, but it counts its work. A test gets some work at first; if that was not
 * enough and there is time left, it starts again with a multiple.
 */
import { RegoEvalError } from '../errors.js'
import type { HostFacts, UserBuiltins } from '../load/host-session.js'
import { type LoadablePolicy, loadRego } from '../load/load.js'
import type { RegoPolicy } from '../load/rego-policy.js'
import { parseValueText } from '../value/text.js'
import type { RegoObject, RegoSet, RegoValue } from '../value/value.js'
import { equalValues } from '../value/compare.js'
import { ROW_BUILTIN } from './mark-rows.js'
import type { PrintedLine, TestError } from './result.js'
import type { SeparatedTest } from './separate-tests.js'

export interface RunOptions {
  /** Of one test, in milliseconds. Default 5000. */
  readonly timeoutMs?: number
  /** Time, randomness and environment that the policy sees. */
  readonly host?: Omit<HostFacts, 'print'>
  /** Implementations of builtins of the user's own, and of those that reach out of the evaluation. */
  readonly builtins?: UserBuiltins
}

export const DEFAULT_TIMEOUT_MS = 5000

/** What running a test gives. */
export interface RunReport {
  readonly document: RegoValue | undefined
  /** Keys of the rows of a table that were tried. */
  readonly rows: readonly (readonly RegoValue[])[]
  readonly prints: readonly PrintedLine[]
  readonly durationMs: number
  readonly error?: TestError
}

/** Work that a test gets at first, and by how much it grows. */
const FIRST_WORK = 10_000_000
const WORK_GROWTH = 8

export class TestRunner {
  readonly #policy: RegoPolicy
  readonly #timeoutMs: number
  readonly #told: Told

  private constructor(policy: RegoPolicy, told: Told, timeoutMs: number) {
    this.#policy = policy
    this.#told = told
    this.#timeoutMs = timeoutMs
  }

  static async create(compiled: LoadablePolicy, dataJson: string, options: RunOptions): Promise<TestRunner> {
    const told = new Told()
    const policy = await loadRego(compiled, {
      ...options.host,
      print: (text, location) => void told.prints.push({ text, location }),
      builtins: { ...options.builtins, [ROW_BUILTIN]: { exact: (_, row) => told.addRow(row) } },
    })
    if (dataJson !== '{}') policy.setDataText(dataJson)
    return new TestRunner(policy, told, options.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  }

  run({ test, path }: SeparatedTest): RunReport {
    const start = performance.now()
    for (let work = FIRST_WORK; ; work *= WORK_GROWTH) {
      this.#told.begin(path)
      const outcome = this.#evaluate(test.id, work)
      const durationMs = performance.now() - start
      const report = { rows: this.#told.rows, prints: this.#told.prints, durationMs }
      if (!(outcome instanceof RegoEvalError)) return { ...report, document: outcome }
      if (!isOutOfWork(outcome)) return { ...report, document: undefined, error: outcome }
      if (durationMs * WORK_GROWTH > this.#timeoutMs) return { ...report, document: undefined, error: timeOut(this.#timeoutMs) }
    }
  }

  /** The document, undefined if it is, or why there is none. */
  #evaluate(id: string, work: number): RegoValue | undefined | RegoEvalError {
    try {
      const results = parseValueText(this.#policy.evaluateValueText(id, undefined, work)) as RegoSet
      return (results.items[0] as RegoObject | undefined)?.get('result')
    } catch (error) {
      if (error instanceof RegoEvalError) return error
      throw error
    }
  }
}

/** What a test tells while it runs. */
class Told {
  rows: (readonly RegoValue[])[] = []
  prints: PrintedLine[] = []
  #path: readonly string[] = []

  begin(path: readonly string[]): void {
    this.rows = []
    this.prints = []
    this.#path = path
  }

  /** A row of this test; those of others are told when it asks for their documents. */
  addRow(row: RegoValue | undefined): true {
    const [path, ...keys] = row as readonly RegoValue[]
    if (path !== undefined && equalValues(path, this.#path)) this.rows.push(keys)
    return true
  }
}

function isOutOfWork({ code, message }: RegoEvalError): boolean {
  return code === 'eval_budget_error' && message.endsWith('budget exceeded: work')
}

function timeOut(timeoutMs: number): TestError {
  return { code: 'eval_cancel_error', message: `the test took longer than ${timeoutMs} ms` }
}
