/** From tests of Rego to tests of vitest: each with its own place, rows of a table as tests below it. */
import { TestRunner, describe, test as vitestTest } from 'vitest'
import type { SubtestResult, TestResult } from '../rego-test/result.js'
import type { TestSuite } from '../rego-test/suite.js'
import type { TestCase } from '../rego-test/test-case.js'
import type { Location } from '../source/source.js'
import { failureMessage } from './failure-message.js'
import type { Places } from './places.js'

/**
 * Define tests in the suite that vitest is collecting.
 *
 * What rows a table has shows when it runs, so a table runs while vitest collects, and its tests tell what came of it.
 */
export function defineTests(tests: readonly TestCase[], suite: TestSuite, places: Places): void {
  for (const test of tests) {
    const result = test.isTable && test.kind === 'test' ? suite.run(test) : undefined
    if (test.kind === 'todo') vitestTest.skip(test.name, () => undefined)
    else if (result !== undefined && result.subtests.length > 0) describe(test.name, () => defineRows(result.subtests, result, places))
    else vitestTest(test.name, () => judge(result ?? suite.run(test), places))
    placeLastTask(test.location, places)
  }
}

function defineRows(rows: readonly SubtestResult[], result: TestResult, places: Places): void {
  for (const row of rows) {
    if (row.subtests.length > 0) describe(row.name, () => defineRows(row.subtests, result, places))
    else vitestTest(row.name, () => judgeRow(row, result, places))
    placeLastTask(result.test.location, places)
  }
}

function judge(result: TestResult, places: Places): void {
  if (result.outcome !== 'pass') fail(result, places)
}

function judgeRow(row: SubtestResult, result: TestResult, places: Places): void {
  if (row.outcome !== 'pass') fail(result, places, row)
}

function fail(result: TestResult, places: Places, row?: SubtestResult): never {
  const place = result.error?.location ?? (row === undefined ? result.failure?.location : undefined) ?? result.test.location
  throw places.errorAt(failureMessage(result, row), result.test.name, place)
}

/** Vitest takes the place of a test from the stack. If the file is one of Rego, the place is known better. */
function placeLastTask({ file, row, col }: Location, places: Places): void {
  const last = TestRunner.getCurrentSuite().tasks.at(-1)
  const task = last?.type === 'collector' ? last.suite : last
  if (task !== undefined && task.file.filepath === places.absolute(file)) task.location = { line: row, column: col }
}
