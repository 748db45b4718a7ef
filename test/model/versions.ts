/**
 * Patterns, semantic versions and security version numbers.
 */
import { RE2JS } from 're2js'
import { compareNumbers } from '../../src/value/number.js'
import { type RegoNumber, numberOf } from '../../src/value/number.js'
import { num, typeNameOf } from '../../src/value/value.js'
import type { Maybe } from './rego.js'

/** Whether a pattern, anchored by mere concatenation, finds a match. */
export function isMatch(pattern: Maybe, text: Maybe): boolean {
  if (typeof pattern !== 'string' || typeof text !== 'string') return false
  return find(`${pattern.startsWith('^') ? '' : '^'}${pattern}${pattern.endsWith('$') ? '' : '$'}`, text)
}

/** Whether a pattern as it stands finds a match; a malformed one finds none. */
export function find(pattern: string, text: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(text).find()
  } catch {
    return false
  }
}

const SEMVER = /^v?([0-9]+)\.([0-9]+)\.([0-9]+)(?:-([0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.-]*)?$/

/** -1, 0 or 1; undefined unless both are semantic versions. */
export function compareVersions(a: Maybe, b: Maybe): number | undefined {
  const left = typeof a === 'string' ? SEMVER.exec(a) : null
  const right = typeof b === 'string' ? SEMVER.exec(b) : null
  if (left === null || right === null) return undefined
  for (const part of [1, 2, 3]) {
    const order = sign(BigInt(left[part] as string), BigInt(right[part] as string))
    if (order !== 0) return order
  }
  const [before, after] = [left[4] ?? '', right[4] ?? '']
  if (before === '' || after === '') return before === after ? 0 : before === '' ? 1 : -1
  return comparePreReleases(before.split('.'), after.split('.'))
}

export function isVersion(value: Maybe): boolean {
  return compareVersions(value, value) !== undefined
}

export function isAtLeast(version: Maybe, least: string): boolean {
  return (compareVersions(version, least) ?? -1) >= 0
}

function comparePreReleases(left: readonly string[], right: readonly string[]): number {
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    if (one === other) continue
    const [isNumber, isOtherNumber] = [/^[0-9]+$/.test(one), /^[0-9]+$/.test(other)]
    if (isNumber && isOtherNumber) return sign(BigInt(one), BigInt(other))
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
    return one < other ? -1 : 1
  }
  return left.length < right.length ? -1 : 0
}

function sign(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What a value is as a number: `null` and booleans are numbers too. */
export function toNumber(value: Maybe): RegoNumber | undefined {
  if (value === null || value === false) return num(0)
  if (value === true) return num(1)
  if (typeof value === 'string')
    return /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(value) ? numberOf(value.replace('+', '')) : undefined
  return value !== undefined && typeNameOf(value) === 'number' ? (value as RegoNumber) : undefined
}

export function isSameNumber(a: Maybe, b: Maybe): boolean | undefined {
  const [left, right] = [toNumber(a), toNumber(b)]
  return left === undefined || right === undefined ? undefined : compareNumbers(left, right) === 0
}

/** Whether a security version number reaches a minimum: version against version, or number against number. */
export function reaches(svn: Maybe, minimum: Maybe): boolean {
  const order = compareVersions(svn, minimum)
  if (order !== undefined) return order >= 0
  const [left, right] = [toNumber(svn), toNumber(minimum)]
  return left !== undefined && right !== undefined && compareNumbers(left, right) >= 0
}
