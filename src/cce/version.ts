/** Semantic versions, as far as policies and fragments are told apart by them. */

interface Version {
  readonly numbers: readonly bigint[]
  /** Whether it comes before the release with these numbers. */
  readonly isPrerelease: boolean
}

const VERSION = /^v?([0-9]+)\.([0-9]+)\.([0-9]+)(-[0-9A-Za-z.-]+)?-?(?:\+[0-9A-Za-z.-]*)?$/

export function isVersion(value: unknown): value is string {
  return typeof value === 'string' && VERSION.test(value)
}

/** Negative, zero or positive; undefined unless both are versions. Two pre-releases of one version count as equal. */
export function compareVersions(one: unknown, other: unknown): number | undefined {
  const [left, right] = [versionOf(one), versionOf(other)]
  if (left === undefined || right === undefined) return undefined
  const at = left.numbers.findIndex((number, place) => number !== right.numbers[place])
  if (at !== -1) return (left.numbers[at] as bigint) < (right.numbers[at] as bigint) ? -1 : 1
  return Number(right.isPrerelease) - Number(left.isPrerelease)
}

function versionOf(value: unknown): Version | undefined {
  const match = typeof value === 'string' ? VERSION.exec(value) : null
  return match === null ? undefined : { numbers: match.slice(1, 4).map(BigInt), isPrerelease: match[4] !== undefined }
}
