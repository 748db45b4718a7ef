/** Security version numbers: numbers, also as text, or semver texts. The two kinds do not compare. */
import { compareVersions } from '../../cce/version.js'
import type { JsonValue } from '../decision.js'
import { compareNumbers, numberOf } from '../../value/number.js'

/** Whether one is at least the other. */
export function isAtLeast(svn: JsonValue | undefined, minimum: JsonValue | undefined): boolean {
  const order = compareVersions(svn, minimum)
  if (order !== undefined) return order >= 0
  const [number, least] = [numericText(svn), numericText(minimum)]
  return number !== undefined && least !== undefined && compareNumbers(numberOf(number), numberOf(least)) >= 0
}

function numericText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  if (value === null || value === false) return '0'
  if (value === true) return '1'
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value) ? value.replace(/^\+/, '') : undefined
}
