/**
 * Declarations of older framework versions, brought up to date. An element that lacks what it has to have disappears.
 */
import { RegoObject, type RegoValue, isArray, num } from '../../src/value/value.js'
import { type Maybe, at, membersOf, objectOf, orElse } from './rego.js'
import { compareVersions, isAtLeast } from './versions.js'
import { FRAMEWORK_VERSION } from './question.js'

export type ListName = 'containers' | 'external_processes' | 'fragments' | 'platform_rules' | 'transparency_trust_lists'

const ANY = { pattern: '', strategy: 'any' }
const ANY_USER = objectOf({ umask: '0022', user_idname: objectOf(ANY), group_idnames: [objectOf(ANY)] })

const CONTAINER_FIELDS = [
  'command',
  'env_rules',
  'layers',
  'mounts',
  'exec_processes',
  'signals',
  'allow_elevated',
  'working_dir',
  'allow_stdio_access',
]
/** Fields that came later: in older versions they have a value of their own. */
const LATER_CONTAINER_FIELDS: readonly (readonly [name: string, since: string, before: RegoValue])[] = [
  ['no_new_privileges', '0.2.0', false],
  ['user', '0.2.1', ANY_USER],
  ['capabilities', '0.2.2', null],
  ['seccomp_profile_sha256', '0.2.3', ''],
]
const EXTERNAL_PROCESS_FIELDS = ['command', 'env_rules', 'working_dir', 'allow_stdio_access']
const FRAGMENT_FIELDS = ['issuer', 'feed', 'minimum_svn', 'includes']

/** A declared list as it counts today; undefined if its version is missing, malformed or ahead. */
export function upgradeList(name: ListName, declared: RegoValue, version: RegoValue): RegoValue | undefined {
  const age = compareVersions(version, FRAMEWORK_VERSION)
  if (age === undefined || age > 0) return undefined
  if (age === 0) return declared
  if (name === 'platform_rules' || name === 'transparency_trust_lists') return []
  return (membersOf(declared) ?? []).map((one) => upgrade(name, one, version)).filter((one) => one !== undefined)
}

function upgrade(
  name: 'containers' | 'external_processes' | 'fragments',
  one: RegoValue,
  version: RegoValue,
): RegoObject | undefined {
  if (name === 'containers') return upgradeContainer(one, version)
  if (name === 'external_processes') return copy(one, EXTERNAL_PROCESS_FIELDS)
  return copy(one, FRAGMENT_FIELDS, {
    required_receipts: orElse(at(one, 'required_receipts'), []),
    parameters: orElse(at(one, 'parameters'), objectOf({})),
  })
}

function upgradeContainer(one: RegoValue, version: RegoValue): RegoObject | undefined {
  const later: Record<string, Maybe> = {}
  for (const [name, since, before] of LATER_CONTAINER_FIELDS) later[name] = isAtLeast(version, since) ? at(one, name) : before
  const signals = at(one, 'signals')
  if (!isAtLeast(version, '0.4.1'))
    later.signals =
      signals !== undefined && isArray(signals as RegoValue) ? [...(signals as RegoValue[]), num(9), num(15)] : undefined
  return copy(one, CONTAINER_FIELDS, later)
}

/** The fields by these names, and more; undefined if one is missing. */
function copy(one: RegoValue, fields: readonly string[], more: Readonly<Record<string, Maybe>> = {}): RegoObject | undefined {
  const entries = Object.entries({ ...Object.fromEntries(fields.map((name) => [name, at(one, name)])), ...more })
  return entries.every((entry): entry is [string, RegoValue] => entry[1] !== undefined)
    ? RegoObject.of(entries as [string, RegoValue][])
    : undefined
}
