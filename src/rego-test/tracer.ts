/**
 * Runs tests under watch: for why they fail, and for what they cover.
 *
 * The program is compiled a second time, with notes, when it is first needed.
 */
import type { HostFunction } from '../builtins/context.js'
import type { CompileHooks, CompileRegoOptions } from '../compile.js'
import { exactFunction } from '../load/host-session.js'
import { type Coverage, CoverageCollector } from '../trace/coverage.js'
import type { Failure } from '../trace/failure.js'
import { FailureFinder } from '../trace/find-failure.js'
import { type TracedProgram, type WatchOptions, type Watcher, compileForTrace } from '../trace/program.js'
import { equalValues } from '../value/compare.js'
import type { RegoValue } from '../value/value.js'
import { rowName } from './judge.js'
import { ROW_BUILTIN } from './mark-rows.js'
import type { SubtestResult, TestResult } from './result.js'
import type { RunOptions } from './runner.js'
import type { SeparatedTest } from './separate-tests.js'
import type { TestData } from './test-data.js'

/** How long one test may take to be traced. */
const TRACE_TIMEOUT_MS = 10_000

export class TestTracer {
  #program: Promise<TracedProgram> | undefined

  constructor(
    readonly compileOptions: CompileRegoOptions,
    readonly hooks: CompileHooks,
    readonly data: TestData,
    readonly options: RunOptions,
  ) {}

  async explain(result: TestResult, { test, path }: SeparatedTest): Promise<TestResult> {
    const program = await this.#traced()
    const finder = new FailureFinder(program.notes, path)
    const onRow = (row: RegoValue): void => {
      const [of, ...keys] = row as readonly RegoValue[]
      if (of !== undefined && equalValues(of, path)) finder.beginRow(nameOfRow(keys.map(rowName)))
    }
    this.#watch(program, test.id, finder, onRow)
    const { rule, rows } = finder.finish()
    const subtests = result.subtests.length === 0 ? result.subtests : explainRows(result.subtests, rows)
    const failure = test.isTable ? undefined : rule?.failures[0]
    return { ...result, subtests, ...(failure === undefined ? {} : { failure }) }
  }

  async cover(tests: readonly SeparatedTest[], isWanted?: (file: string) => boolean): Promise<Coverage> {
    const program = await this.#traced()
    const collector = new CoverageCollector()
    for (const { test } of tests) this.#watch(program, test.id, collector)
    return collector.report(program, isWanted)
  }

  /** An evaluation that ends without a result has been watched up to there. */
  #watch(program: TracedProgram, plan: string, watcher: Watcher, onRow: (row: RegoValue) => void = () => undefined): void {
    try {
      program.watch(plan, this.#watchOptions(onRow), watcher)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }

  #watchOptions(onRow: (row: RegoValue) => void): WatchOptions {
    const { clock, seed, env } = this.options.host ?? {}
    const own = Object.entries(this.options.builtins ?? {}).map(([name, one]) => [name, exactFunction(one)] as const)
    const row: HostFunction = (_, keys) => {
      if (keys !== undefined) onRow(keys)
      return true
    }
    return {
      data: this.data.data,
      timeoutMs: TRACE_TIMEOUT_MS,
      host: {
        ...(clock === undefined ? {} : { nowNs: clock() }),
        ...(seed === undefined ? {} : { seed: seed() }),
        ...(env === undefined ? {} : { env }),
      },
      builtins: new Map<string, HostFunction>([...own, [ROW_BUILTIN, row]]),
    }
  }

  async #traced(): Promise<TracedProgram> {
    this.#program ??= compileForTrace(this.compileOptions, this.hooks).then((compiled) => {
      if (!compiled.ok) throw new Error('the modules do not compile a second time')
      return compiled.program
    })
    return await this.#program
  }
}

function nameOfRow(names: readonly string[]): string {
  return JSON.stringify(names)
}

function explainRows(
  subtests: readonly SubtestResult[],
  failures: ReadonlyMap<string, Failure>,
  above: readonly string[] = [],
): readonly SubtestResult[] {
  return subtests.map((one) => {
    const names = [...above, one.name]
    if (one.subtests.length > 0) return { ...one, subtests: explainRows(one.subtests, failures, names) }
    const failure = failures.get(nameOfRow(names))
    return failure === undefined || one.outcome === 'pass' ? one : { ...one, failure }
  })
}
