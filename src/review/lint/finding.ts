/** One finding, as the checks make it: code, place and words. */
import { LINT_ROWS, type LintRow } from './catalogue.js'

export type OwnLintCode = keyof typeof LINT_ROWS

export interface RawFinding {
  readonly code: OwnLintCode
  /** The place in the policy's own names. */
  readonly where: string
  readonly message: string
}

export function find<Code extends OwnLintCode>(
  code: Code,
  where: string,
  ...facts: Parameters<(typeof LINT_ROWS)[Code]['text']>
): RawFinding {
  const row = LINT_ROWS[code] as LintRow<readonly unknown[]>
  return { code, where, message: row.text(...facts) }
}
