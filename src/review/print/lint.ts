/** Findings for a terminal. */
import { LINT_SEVERITIES, type LintSeverity } from '../lint/catalogue.js'
import type { LintFinding } from '../lint.js'
import { type Paint, plain } from './paint.js'

/** Lines for a person: where, what, why, and what to do. */
export function printFindings(findings: readonly LintFinding[], file: string, paint: Paint): readonly string[] {
  return findings.flatMap(({ code, severity, where, location, message, why, fix }) => {
    const place = location === undefined ? plain(file) : `${plain(file)}:${location.row}:${location.col}`
    return [
      `${place}: ${paint(severity, severity)} ${paint('title', code)}${where === '' ? '' : `  ${plain(where)}`}`,
      `  ${plain(message)}`,
      `  ${paint('dim', `why: ${why}`)}`,
      `  fix: ${fix}`,
      '',
    ]
  })
}

/** `2 errors, 1 warning`; what was left out is counted too. */
export function countFindings(shown: readonly LintFinding[], all: readonly LintFinding[]): string {
  const counts = LINT_SEVERITIES.flatMap((severity) => {
    const number = shown.filter((finding) => finding.severity === severity).length
    return number === 0 ? [] : [`${number} ${NOUNS[severity]}${number === 1 ? '' : 's'}`]
  })
  const hidden = all.length - shown.length
  const note = hidden === 0 ? '' : ` (${hidden} less severe not shown: --min-severity info)`
  return `${counts.length === 0 ? 'no findings' : counts.join(', ')}${note}`
}

const NOUNS: Readonly<Record<LintSeverity, string>> = { error: 'error', warning: 'warning', info: 'note' }
