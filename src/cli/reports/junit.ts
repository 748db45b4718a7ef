/** Tests as JUnit writes them: a suite for each file, a case for each test and for each row of a table. */
import type { SubtestResult, TestResult } from '../../rego-test/result.js'
import { failureLines } from './failure-text.js'
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
    return [`  <testsuite name="${escapeAttribute(file)}" ${counts(tests)} time="${seconds(time)}">`, ...tests.flatMap((one) => caseLines(one, failureLines(one, sources))), '  </testsuite>']
  })
  const top = `<testsuites name="rego" ${counts(results)} time="${seconds(durationMs)}">`
  return `${['<?xml version="1.0" encoding="UTF-8"?>', top, ...suites.flat(), '</testsuites>'].join('\n')}\n`
}

function counts(results: readonly TestResult[]): string {
  const { fail, error, skip } = countOutcomes(results)
  return `tests="${results.length}" failures="${fail}" errors="${error}" skipped="${skip}"`
}

function caseLines(result: TestResult, reason: readonly string[]): readonly string[] {
  const { test, outcome, durationMs, error, failure, prints } = result
  const { file, row } = test.location
  const start = `    <testcase name="${escapeAttribute(test.name)}" classname="${escapeAttribute(test.package)}" file="${escapeAttribute(file)}" line="${row}" time="${seconds(durationMs)}"`
  const output = prints.length === 0 ? [] : [`      <system-out>${escapeXml(prints.map(({ text }) => text).join('\n'))}</system-out>`]
  const body = escapeXml(reason.join('\n'))
  const told = {
    pass: [],
    skip: ['      <skipped message="to be done"/>'],
    fail: [`      <failure message="${escapeAttribute(failure?.expression ?? failedRows(result.subtests) ?? 'undefined, or not true')}">${body}</failure>`],
    error: [`      <error type="${escapeAttribute(error?.code ?? '')}" message="${escapeAttribute(error?.message ?? '')}">${body}</error>`],
  }[outcome]
  const inside = [...told, ...output]
  return inside.length === 0 ? [`${start}/>`] : [`${start}>`, ...inside, '    </testcase>']
}

function failedRows(subtests: readonly SubtestResult[]): string | undefined {
  const names = subtests.filter(({ outcome }) => outcome === 'fail').map(({ name }) => name)
  return names.length === 0 ? undefined : `rows: ${names.join(', ')}`
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(6)
}

/** Text for XML 1.0, which has no way to write most control characters. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
}

/** In attributes white space stays what it is only so. */
function escapeAttribute(text: string): string {
  return escapeXml(text).replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)
}
