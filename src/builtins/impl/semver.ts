/**
 * `semver.*`: semantic versions 2.0, with an optional `v` in front and numbers of 64 bits. As in the reference enforcer,
 * numbers may have needless zeros, and what follows a hyphen or a plus sign may be empty.
 */
import { quoteText } from '../../value/text.js'
import { num } from '../../value/value.js'
import { type FunctionTable, failure } from '../context.js'
import { stringOf } from '../operand.js'

interface Version {
  readonly numbers: readonly bigint[]
  readonly prerelease: readonly string[]
}

const NUMBER = '([0-9]+)'
const IDENTIFIERS = '(?:[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?'
const VERSION = new RegExp(`^v?${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`)
const MAX_NUMBER = 2n ** 63n - 1n

export const SEMVER: FunctionTable = {
  'semver.is_valid': (_, version) => typeof version === 'string' && parseVersion(version) !== undefined,
  'semver.compare': (_, a, b) => {
    const [left, right] = [stringOf(a, 1), stringOf(b, 2)]
    return num(compareVersions(versionOf(left, 1), versionOf(right, 2)))
  },
}

function versionOf(text: string, place: number): Version {
  const version = parseVersion(text)
  if (version === undefined) throw failure(`operand ${place}: string ${quoteText(text)} is not a valid SemVer`)
  return version
}

function parseVersion(text: string): Version | undefined {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const numbers = match.slice(1, 4).map(BigInt)
  if (numbers.some((one) => one > MAX_NUMBER)) return undefined
  return { numbers, prerelease: match[4] === undefined || match[4] === '' ? [] : match[4].split('.') }
}

function compareVersions(a: Version, b: Version): number {
  for (const [at, number] of a.numbers.entries()) {
    const other = b.numbers[at] as bigint
    if (number !== other) return number < other ? -1 : 1
  }
  // A version without prerelease identifiers comes after those that have some.
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return sign(Number(a.prerelease.length === 0), Number(b.prerelease.length === 0))
  }
  for (const [at, identifier] of a.prerelease.entries()) {
    const other = b.prerelease[at]
    if (other === undefined) return 1
    const order = compareIdentifiers(identifier, other)
    if (order !== 0) return order
  }
  return sign(a.prerelease.length, b.prerelease.length)
}

/** Numbers by value and before words; words by code unit, which for ASCII is the order of bytes. */
function compareIdentifiers(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^[0-9]+$/.test(a), /^[0-9]+$/.test(b)]
  if (isNumberA && isNumberB) return sign(BigInt(a), BigInt(b))
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  return sign(a, b)
}

function sign<Item extends number | bigint | string>(a: Item, b: Item): number {
  return a < b ? -1 : a > b ? 1 : 0
}
