/** From tests of Rego to tests of vitest: each with its own place, rows of a table as tests below it. */
import { TestRunner, describe, test as vitestTest } from 'vitest'
import { failureLines } from '../cli/reports/failure-text.js'
import type { SubtestResult, TestResult } from '../rego-test/result.js'
import type { TestSuite } from '../rego-test/suite.js'
import type { TestCase } from '../rego-test/test-case.js'
import type { Location } from '../source/source.js'
import type { Places } from './places.js'

/**
 * Define tests in the suite that vitest is collecting.
 *
 * What rows a table has shows when it runs, so a table runs while vitest collects, and its tests tell what came of it.
 */
export function defineTests(tests: readonly TestCase[], suite: TestSuite, places: Places): void {
  for (const test of tests) {
    const result = test.isTable && test.kind === 'test' ? suite.run(test) : undefined
    const table = result === undefined || result.subtests.length === 0 ? undefined : new Table(result, suite, places)
    if (test.kind === 'todo') vitestTest.skip(test.name, () => undefined)
    else if (table !== undefined) describe(test.name, () => table.define())
    else vitestTest(test.name, async () => refuse(await suite.explain(result ?? suite.run(test)), places))
    placeLastTask(test.location, places)
  }
}

/** The rows of a table that has run. Why rows failed is found out together, when the first of them tells it. */
class Table {
  #explained: Promise<TestResult> | undefined

  constructor(
    readonly result: TestResult,
    readonly suite: TestSuite,
    readonly places: Places,
  ) {}

  /** `above` are the names of the rows around. */
  define(rows = this.result.subtests, above: readonly string[] = []): void {
    for (const { name, outcome, subtests } of rows) {
      const path = [...above, name]
      if (subtests.length > 0) describe(name, () => this.define(subtests, path))
      else vitestTest(name, () => (outcome === 'pass' ? undefined : this.#refuse(path)))
      placeLastTask(this.result.test.location, this.places)
    }
  }

  async #refuse(path: readonly string[]): Promise<void> {
    this.#explained ??= this.suite.explain(this.result)
    const result = await this.#explained
    let rows = result.subtests
    let row: SubtestResult | undefined
    for (const name of path) {
      row = rows.find((one) => one.name === name)
      rows = row?.subtests ?? []
    }
    const { failure: _ofTable, ...rest } = result
    const { failure, document } = row ?? {}
    const why = { ...(failure === undefined ? {} : { failure }), ...(document === undefined ? {} : { document }) }
    refuse({ ...rest, subtests: [], ...why }, this.places, path)
  }
}

/** Throws if the test did not pass: what failed, with what values, at the place where it did. */
function refuse(result: TestResult, places: Places, row: readonly string[] = []): void {
  if (result.outcome === 'pass') return
  const { test, failure, error } = result
  const message = [`${[test.name, ...row].join(' > ')} does not succeed`, ...failureLines(result, [])].join('\n')
  throw places.errorAt(message, test.name, failure?.location ?? error?.location ?? test.location)
}

/** Vitest takes the place of a test from the stack. If the file is one of Rego, the place is known better. */
function placeLastTask({ file, row, col }: Location, places: Places): void {
  const last = TestRunner.getCurrentSuite().tasks.at(-1)
  const task = last?.type === 'collector' ? last.suite : last
  if (task !== undefined && task.file.filepath === places.absolute(file)) task.location = { line: row, column: col }
}
