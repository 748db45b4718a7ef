/** What the reporter says about a Rego test that failed. */
import type { SubtestResult, TestResult } from '../rego-test/result.js'
import { displayValue } from '../value/text.js'

/** As much of a value as fits a line or two. */
const MAX_VALUE = 400

/** The failing expression with the values in it, or the error; then what was printed. */
export function failureMessage(result: TestResult, row?: SubtestResult): string {
  return [...reason(result, row), ...printed(result)].join('\n')
}

function reason({ test, error, failure }: TestResult, row: SubtestResult | undefined): readonly string[] {
  if (error !== undefined) return [`${error.code}: ${error.message}`]
  if (row !== undefined) return [`the row ${JSON.stringify(row.name)} of ${test.name} does not succeed`]
  if (failure === undefined) return [`${test.name} is undefined or false`]
  const { file, row: line, col } = failure.location
  const values = failure.values.map(({ text, value }) => `  ${text} = ${value === undefined ? 'undefined' : shorten(displayValue(value))}`)
  return [`${failure.expression}`, `  does not succeed, at ${file}:${line}:${col}`, ...values]
}

function printed({ prints }: TestResult): readonly string[] {
  return prints.length === 0 ? [] : ['', 'printed:', ...prints.map(({ text }) => `  ${text}`)]
}

function shorten(text: string): string {
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}\u2026`
}
