/**
 * What releases of OPA can do, by their names: as much of their capabilities as there are builtins, features and keywords here.
 */
import { BUILTINS } from '../builtins/table.js'
import type { Capabilities } from '../check/check.js'
import { CliError } from './command.js'

const OLDEST = 'v0.17.0'
const NEWEST = 'v1.22.2'

/** Features, and keywords that have to be imported, with the release that they came with and the one they were folded into. */
const FEATURES: readonly (readonly [name: string, since: string, until?: string])[] = [
  ['in', 'v0.34.0', 'v1.0.0'],
  ['every', 'v0.38.0', 'v1.0.0'],
  ['contains', 'v0.42.0', 'v1.0.0'],
  ['if', 'v0.42.0', 'v1.0.0'],
  ['rule_head_ref_string_prefixes', 'v0.46.0', 'v1.0.0'],
  ['rule_head_refs', 'v0.59.0', 'v1.0.0'],
  ['rego_v1_import', 'v0.59.0', 'v1.0.0'],
  ['rego_v1', 'v1.0.0'],
  ['keywords_in_refs', 'v1.6.0'],
  ['template_strings', 'v1.12.0'],
  ['not', 'v1.17.0'],
  ['and', 'v1.20.0'],
  ['or', 'v1.20.0'],
]

/** Whether the text names a release, as in `v0.55.0` or `v1.0.0-rc1`. */
export function isRelease(text: string): boolean {
  return RELEASE.test(text)
}

/** The capabilities of a release. */
export function capabilitiesOfRelease(release: string): Capabilities {
  if (isBefore(release, OLDEST) || isBefore(NEWEST, release))
    throw new CliError(`${release}: capabilities are known of the releases from ${OLDEST} to ${NEWEST}`)
  return {
    builtins: new Set([...BUILTINS.values()].filter(({ since }) => !isBefore(release, since)).map(({ name }) => name)),
    features: new Set(
      FEATURES.filter(([, since, until]) => !isBefore(release, since) && (until === undefined || isBefore(release, until))).map(
        ([name]) => name,
      ),
    ),
  }
}

const RELEASE = /^v?([0-9]+)\.([0-9]+)\.([0-9]+)(?:-rc\.?([0-9]+))?$/

/** Candidates come before the release. */
function isBefore(release: string, other: string): boolean {
  const [left, right] = [numbersOf(release), numbersOf(other)]
  const place = left.findIndex((number, at) => number !== right[at])
  return place >= 0 && (left[place] as number) < (right[place] as number)
}

function numbersOf(release: string): readonly number[] {
  const [, major, minor, patch, candidate] = RELEASE.exec(release) ?? []
  return [Number(major), Number(minor), Number(patch), candidate === undefined ? Infinity : Number(candidate)]
}
