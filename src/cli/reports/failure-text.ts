/** Why a test failed, in lines: the expression with its line of code, the values in it, and the rules it asked for. */
import { frameOf } from '../../diagnostics/code-frame.js'
import { makeVisible } from '../../diagnostics/text-width.js'
import type { SubtestResult, TestResult } from '../../rego-test/result.js'
import type { Location, Source } from '../../source/source.js'
import type { FailedRule, Failure } from '../../trace/failure.js'
import { writeValueText } from '../../value/text.js'
import type { RegoValue } from '../../value/value.js'

/** Of a longer value, this much is shown. */
const MAX_VALUE = 240

/** The lines about a test that did not pass; none where there is nothing to say. */
export function failureLines(result: TestResult, sources: readonly Source[]): readonly string[] {
  const { error, subtests, prints } = result
  const printed = prints.map(({ text }) => `  ${makeVisible(text)}`)
  return [
    ...(error === undefined ? [] : errorLines(error, sources)),
    ...reasonLines(result, sources),
    ...rowLines(subtests, sources),
    ...(printed.length === 0 ? [] : ['printed:', ...printed]),
  ]
}

function errorLines(
  { code, message, location }: NonNullable<TestResult['error']>,
  sources: readonly Source[],
): readonly string[] {
  const lines = [`${code}: ${makeVisible(message)}`]
  return location === undefined
    ? lines
    : [...lines, ...codeLines({ ...location, endRow: location.row, endCol: location.col + 1 }, sources)]
}

/** The rows of a table, with why those failed that did. */
function rowLines(subtests: readonly SubtestResult[], sources: readonly Source[]): readonly string[] {
  return subtests.flatMap((row) => [
    `${row.outcome === 'pass' ? 'PASS' : 'FAIL'} ${makeVisible(row.name)}`,
    ...indent(reasonLines(row, sources)),
    ...indent(rowLines(row.subtests, sources)),
  ])
}

/** The value that a test or a row has, if it has one, and the expression that failed. */
export function reasonLines(
  { document, failure }: Pick<SubtestResult, 'document' | 'failure'>,
  sources: readonly Source[],
): readonly string[] {
  return [
    ...(document === undefined ? [] : [`the value is ${valueText(document)}, not true`]),
    ...(failure === undefined ? [] : frameLines(failure, sources)),
  ]
}

/** The lines about one failure: the expression in its place, and what is in it. */
function frameLines(failure: Failure, sources: readonly Source[]): readonly string[] {
  const { expression, location, values, builtinError, causes } = failure
  const code = codeLines(location, sources)
  const margin = ' '.repeat(String(location.row).length)
  const marked = code.length > 1 ? [] : [expression]
  const shown = values.map(
    ({ text, value }) => `${margin} = ${makeVisible(text)}: ${value === undefined ? 'undefined' : valueText(value)}`,
  )
  const fault = builtinError === undefined ? [] : [`${margin} = error: ${makeVisible(builtinError)}`]
  return [...code, ...marked, ...shown, ...fault, ...causes.flatMap(causeLines)]
}

function causeLines({ rule, failures }: FailedRule): readonly string[] {
  const bodies = failures.flatMap(({ expression, location, values, builtinError, causes }) => [
    `${place(location)}: ${makeVisible(expression)}`,
    ...values.map(({ text, value }) => `  ${makeVisible(text)}: ${value === undefined ? 'undefined' : valueText(value)}`),
    ...(builtinError === undefined ? [] : [`  error: ${makeVisible(builtinError)}`]),
    ...indent(causes.flatMap(causeLines)),
  ])
  return bodies.length === 0 ? [] : [`because ${makeVisible(rule)} fails`, ...indent(bodies)]
}

function codeLines(location: Location, sources: readonly Source[]): readonly string[] {
  const margin = ' '.repeat(String(location.row).length)
  const source = sources.find(({ name }) => name === location.file)
  const frame = source === undefined ? undefined : frameOf(source, location)
  const head = `${margin}--> ${place(location)}`
  if (frame === undefined) return [head]
  return [
    head,
    `${margin} |`,
    `${location.row} | ${frame.code}`,
    `${margin} | ${' '.repeat(frame.indent)}${'^'.repeat(frame.width)}`,
  ]
}

function place({ file, row, col }: Pick<Location, 'file' | 'row' | 'col'>): string {
  return `${makeVisible(file)}:${row}:${col}`
}

export function valueText(value: RegoValue): string {
  const text = makeVisible(writeValueText(value))
  return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}\u2026`
}

export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}
