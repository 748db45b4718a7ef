/** Tests for people: a line for each, why those failed that did, and a summary. */
import { makeVisible } from '../../diagnostics/text-width.js'
import type { TestOutcome, TestResult } from '../../rego-test/result.js'
import { failureLines, indent } from './failure-text.js'
import { type ReportStyle, type Reporter, countOutcomes, durationText } from './report.js'

export const prettyReport: Reporter = ({ results, sources, durationMs }, style) => {
  const shown = results.filter(({ outcome }) => style.verbose || outcome !== 'pass')
  const tests = shown.map((result) => [titleLine(result, style), ...indent(detailLines(result, style, sources)), ''].join('\n'))
  return [...(style.verbose ? compact(tests) : tests), summary(results, durationMs, style), ''].join('\n')
}

/** Tests with nothing to tell stand on lines without space between them. */
function compact(tests: readonly string[]): readonly string[] {
  return tests.map((text) => (text.indexOf('\n') === text.length - 1 ? text.slice(0, -1) : text))
}

function detailLines(
  result: TestResult,
  { verbose }: ReportStyle,
  sources: Parameters<typeof failureLines>[1],
): readonly string[] {
  return result.outcome === 'fail' || result.outcome === 'error' || verbose ? failureLines(result, sources) : []
}

const WORDS: Readonly<Record<TestOutcome, string>> = { pass: 'PASS', fail: 'FAIL', error: 'ERROR', skip: 'SKIPPED' }
const COLORS: Readonly<Record<TestOutcome, string>> = { pass: '32', fail: '31', error: '31', skip: '33' }

function titleLine({ test, outcome, durationMs }: TestResult, style: ReportStyle): string {
  const { file, row } = test.location
  const time = outcome === 'skip' ? '' : ` (${durationText(durationMs)})`
  return `${paint(outcome, WORDS[outcome], style)} ${makeVisible(test.id)} ${makeVisible(file)}:${row}${time}`
}

function summary(results: readonly TestResult[], durationMs: number, style: ReportStyle): string {
  const counts = countOutcomes(results)
  const parts = (['pass', 'fail', 'error', 'skip'] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => paint(outcome, `${WORDS[outcome]}: ${counts[outcome]}/${counts.all}`, style))
  return parts.length === 0 ? 'no tests were run' : `${parts.join('  ')}  (${durationText(durationMs)})`
}

function paint(outcome: TestOutcome, text: string, { color }: ReportStyle): string {
  return color ? `\u001b[1;${COLORS[outcome]}m${text}\u001b[0m` : text
}
