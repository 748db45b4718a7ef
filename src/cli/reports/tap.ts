/** Tests in the Test Anything Protocol, version 14. */
import type { SubtestResult, TestResult } from '../../rego-test/result.js'
import { failureLines } from './failure-text.js'
import type { Reporter } from './report.js'

export const tapReport: Reporter = ({ results, sources }) => {
  const lines = ['TAP version 14', `1..${results.length}`]
  results.forEach((result, at) => {
    lines.push(...subtestLines(result.subtests, result.test.id))
    const isOk = result.outcome === 'pass' || result.outcome === 'skip'
    lines.push(
      `${isOk ? 'ok' : 'not ok'} ${at + 1} - ${escape(result.test.id)}${result.outcome === 'skip' ? ' # SKIP to be done' : ''}`,
    )
    lines.push(...diagnosis(result, failureLines(result, sources)))
  })
  return `${lines.join('\n')}\n`
}

function subtestLines(subtests: readonly SubtestResult[], name: string): readonly string[] {
  if (subtests.length === 0) return []
  const lines = [`# Subtest: ${escape(name)}`, `    1..${subtests.length}`]
  subtests.forEach((one, at) => {
    lines.push(...subtestLines(one.subtests, one.name).map((line) => `    ${line}`))
    lines.push(`    ${one.outcome === 'pass' ? 'ok' : 'not ok'} ${at + 1} - ${escape(one.name)}`)
  })
  return lines
}

/** YAML with the place and the reason, the latter as a block. */
function diagnosis({ test, outcome, durationMs }: TestResult, reason: readonly string[]): readonly string[] {
  if (outcome === 'skip') return []
  const { file, row, col } = test.location
  // The first line may be indented, so how far the block is has to be said.
  const block = outcome === 'pass' || reason.length === 0 ? [] : ['  message: |2', ...reason.map((line) => `    ${line}`)]
  return [
    '  ---',
    `  duration_ms: ${Number(durationMs.toFixed(3))}`,
    `  at: ${JSON.stringify(`${file}:${row}:${col}`)}`,
    ...block,
    '  ...',
  ]
}

function escape(text: string): string {
  return text.replace(/[\\#]/g, '\\$&').replace(/[\r\n]/g, ' ')
}
