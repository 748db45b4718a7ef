/** Tests as JUnit writes them: a suite for each file, a case for each test and for each row of a table. */
import type { SubtestResult, TestResult } from '../../rego-test/result.js'
import type { Source } from '../../source/source.js'
import type { Failure } from '../../trace/failure.js'
import { failureLines, reasonLines } from './failure-text.js'
import { type Reporter, countOutcomes } from './report.js'

export const junitReport: Reporter = ({ results, sources, durationMs }) => {
  const byFile = new Map<string, TestResult[]>()
  for (const result of results) {
    const known = byFile.get(result.test.location.file)
    if (known === undefined) byFile.set(result.test.location.file, [result])
    else known.push(result)
  }
  const suites = [...byFile].map(([file, tests]) => {
    const time = tests.reduce((total, one) => total + one.durationMs, 0)
    const head = `  <testsuite name="${escapeAttribute(file)}" ${counts(tests)} time="${seconds(time)}">`
    return [head, ...tests.flatMap((one) => casesOf(one, sources)), '  </testsuite>']
  })
  const top = `<testsuites name="rego" ${counts(results)} time="${seconds(durationMs)}">`
  return `${['<?xml version="1.0" encoding="UTF-8"?>', top, ...suites.flat(), '</testsuites>'].join('\n')}\n`
}

function counts(results: readonly TestResult[]): string {
  const { all, fail, error, skip } = countOutcomes(results)
  return `tests="${all}" failures="${fail}" errors="${error}" skipped="${skip}"`
}

function casesOf(result: TestResult, sources: readonly Source[]): readonly string[] {
  if (result.subtests.length > 0) return rowCases(result, sources)
  const { test, outcome, durationMs, error, failure } = result
  const body = (): string => escapeXml(failureLines(result, sources).join('\n'))
  const told = {
    pass: () => [],
    skip: () => ['      <skipped message="to be done"/>'],
    fail: () => [failureElement(failure, body())],
    error: () => [errorElement(error?.code ?? '', error?.message ?? '', body())],
  }[outcome]
  return caseLines(result, test.name, durationMs, [...told(), ...outputLines(result)])
}

/** A case for each row. Rows run together: the first has the time of all, and what was printed. */
function rowCases(result: TestResult, sources: readonly Source[]): readonly string[] {
  return leavesOf(result.subtests, result.test.name).flatMap(({ name, row }, at) => {
    const body = escapeXml(reasonLines(row, sources).join('\n'))
    const told = row.outcome === 'pass' ? [] : [failureElement(row.failure, body)]
    return caseLines(result, name, at === 0 ? result.durationMs : 0, at === 0 ? [...told, ...outputLines(result)] : told)
  })
}

interface Leaf {
  readonly name: string
  readonly row: SubtestResult
}

function leavesOf(rows: readonly SubtestResult[], above: string): readonly Leaf[] {
  return rows.flatMap((row) => {
    const name = `${above} > ${row.name}`
    return row.subtests.length > 0 ? leavesOf(row.subtests, name) : [{ name, row }]
  })
}

function caseLines({ test }: TestResult, name: string, durationMs: number, inside: readonly string[]): readonly string[] {
  const { file, row } = test.location
  const names = `name="${escapeAttribute(name)}" classname="${escapeAttribute(test.package)}"`
  const start = `    <testcase ${names} file="${escapeAttribute(file)}" line="${row}" time="${seconds(durationMs)}"`
  return inside.length === 0 ? [`${start}/>`] : [`${start}>`, ...inside, '    </testcase>']
}

function failureElement(failure: Failure | undefined, body: string): string {
  return `      <failure message="${escapeAttribute(failure?.expression ?? 'undefined, or not true')}">${body}</failure>`
}

function errorElement(code: string, message: string, body: string): string {
  return `      <error type="${escapeAttribute(code)}" message="${escapeAttribute(message)}">${body}</error>`
}

function outputLines({ prints }: TestResult): readonly string[] {
  if (prints.length === 0) return []
  return [`      <system-out>${escapeXml(prints.map(({ text }) => text).join('\n'))}</system-out>`]
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(6)
}

/** Text for XML 1.0, which has no way to write most control characters. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

/** In attributes white space stays what it is only so. */
function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)
}
