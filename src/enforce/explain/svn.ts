/** Security version numbers: numbers, also as text, or semver texts. The two kinds do not compare. */
import type { JsonValue } from '../decision.js'
import { compareNumbers, numberOf } from '../../value/number.js'

/** Whether one is at least the other. */
export function isAtLeast(svn: JsonValue | undefined, minimum: JsonValue | undefined): boolean {
  const [one, other] = [semverOf(svn), semverOf(minimum)]
  if (one !== undefined && other !== undefined) return compareParts(one, other) >= 0
  const [number, least] = [numericText(svn), numericText(minimum)]
  return number !== undefined && least !== undefined && compareNumbers(numberOf(number), numberOf(least)) >= 0
}

/** Numeric parts; pre-releases are told apart from releases only. */
function semverOf(value: JsonValue | undefined): readonly number[] | undefined {
  const parts = typeof value === 'string' ? /^v?(\d+)\.(\d+)\.(\d+)(-[^+]*)?(?:\+.*)?$/.exec(value) : null
  return parts === null ? undefined : [Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4] === undefined ? 1 : 0]
}

function compareParts(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, place) => part !== other[place])
  return at === -1 ? 0 : (one[at] as number) - (other[at] as number)
}

function numericText(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  if (value === null || value === false) return '0'
  if (value === true) return '1'
  return typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value) ? value.replace(/^\+/, '') : undefined
}
