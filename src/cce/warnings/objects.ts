/** Declared containers, processes and platform rules: which fields they lack for their version, and what stands in them. */
import type { JsonValue } from '../json-value.js'
import { envRuleWarnings } from './env-rules.js'
import type { JsonMembers, PlacedObject, PolicyFacts } from './facts.js'
import { mountWarnings } from './mounts.js'
import { linuxWarnings } from './linux.js'
import { type PolicyWarning, show, warn } from './warning.js'

export function* objectWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  if (facts.age === 'ignored') return
  yield* listWarnings(facts)
  const containers = facts.objects('containers')
  for (const container of containers) {
    if (yield* fieldWarnings(container, containerFields(container.object, facts), facts)) continue
    yield* containerWarnings(container, facts)
  }
  yield* undecidedWarnings(containers)
  for (const process of facts.objects('external_processes')) {
    if (yield* fieldWarnings(process, PROCESS_FIELDS, facts)) continue
    yield* envRuleWarnings(process.object['env_rules'], process.where)
    yield* stdioWarnings(process)
  }
  for (const { where, object } of facts.objects('platform_rules')) {
    yield* envRuleWarnings(object['env_rules'], where)
    yield* mountWarnings(object['mounts'], where)
  }
}

function* listWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  const version = String(facts.frameworkVersion)
  const containers = facts.constants.get('containers')
  if (facts.age === 'current' && containers !== undefined && !Array.isArray(containers))
    yield warn('containers-not-a-list', 'containers')
  const platformRules = facts.constants.get('platform_rules')
  if (facts.isBefore('0.5.0') && facts.defines('platform_rules')) yield warn('list-ignored', 'platform_rules', '0.5.0')
  else if (Array.isArray(platformRules) && platformRules.length > 1)
    yield warn('platform-rules-are-alternatives', 'platform_rules', platformRules.length)
  if (facts.isBefore('0.4.1') && facts.objects('containers').length > 0) yield warn('signals-added', 'containers', version)
  if (facts.age === 'older' && !facts.defines('external_processes') && includesProcesses(facts))
    yield warn('external-processes-unusable', 'external_processes')
}

function includesProcesses(facts: PolicyFacts): boolean {
  return facts
    .objects('fragments')
    .some(({ object }) => Array.isArray(object['includes']) && object['includes'].includes('external_processes'))
}

const LISTS = new Set(['command', 'env_rules', 'layers', 'mounts', 'exec_processes', 'signals', 'mounted_cim'])
const BASE_FIELDS = [
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
const LATER_FIELDS: readonly (readonly [field: string, since: string])[] = [
  ['no_new_privileges', '0.2.0'],
  ['user', '0.2.1'],
  ['capabilities', '0.2.2'],
  ['seccomp_profile_sha256', '0.2.3'],
]
const PROCESS_FIELDS = ['command', 'env_rules', 'working_dir', 'allow_stdio_access']
const CURRENT_LINUX_FIELDS = [
  'command',
  'env_rules',
  'layers',
  'mounts',
  'allow_elevated',
  'working_dir',
  'allow_stdio_access',
  ...LATER_FIELDS.map(([field]) => field),
]
const CURRENT_WINDOWS_FIELDS = ['command', 'env_rules', 'layers', 'mounted_cim', 'user', 'working_dir', 'allow_stdio_access']

/** Fields without which a container is none. */
function containerFields(container: JsonMembers, facts: PolicyFacts): readonly string[] {
  if (facts.age !== 'older') return Object.hasOwn(container, 'mounted_cim') ? CURRENT_WINDOWS_FIELDS : CURRENT_LINUX_FIELDS
  return [...BASE_FIELDS, ...LATER_FIELDS.flatMap(([field, since]) => (facts.isBefore(since) ? [] : [field]))]
}

/** Warns about an object that is as good as not there. @returns whether it is not */
function* fieldWarnings(
  { where, object }: PlacedObject,
  needed: readonly string[],
  facts: PolicyFacts,
): Generator<PolicyWarning, boolean> {
  if (facts.age === 'unknown') return false
  const missing = needed.filter((field) => !Object.hasOwn(object, field))
  if (facts.age === 'older') {
    if (missing.length > 0) yield warn('element-vanishes', where, String(facts.frameworkVersion), missing)
    else
      for (const field of ['mounted_cim', 'registry_changes'])
        if (Object.hasOwn(object, field)) yield warn('field-dropped', `${where}.${field}`, String(facts.frameworkVersion))
    return missing.length > 0
  }
  const unusable = needed.filter((field) => !Object.hasOwn(object, field) || (LISTS.has(field) && !Array.isArray(object[field])))
  if (unusable.length > 0) yield warn('never-matches', where, unusable)
  return unusable.length > 0
}

function* containerWarnings(container: PlacedObject, facts: PolicyFacts): Generator<PolicyWarning> {
  const { where, object } = container
  yield* envRuleWarnings(object['env_rules'], where)
  yield* mountWarnings(object['mounts'], where)
  yield* stdioWarnings(container)
  if (!Object.hasOwn(object, 'mounted_cim')) yield* linuxWarnings(container, facts)
}

function* stdioWarnings({ where, object }: PlacedObject): Generator<PolicyWarning> {
  const access = object['allow_stdio_access']
  if (access !== undefined && typeof access !== 'boolean')
    yield warn('stdio-access-not-boolean', `${where}.allow_stdio_access`, show(access))
}

/** Containers that no request tells apart, and that disagree on stdio. */
function* undecidedWarnings(containers: readonly PlacedObject[]): Generator<PolicyWarning> {
  const seen = new Map<string, PlacedObject>()
  for (const container of containers) {
    const {
      id: _id,
      name: _name,
      allow_stdio_access: access,
      signals: _signals,
      exec_processes: _processes,
      ...asked
    } = container.object
    const key = JSON.stringify(
      Object.entries(asked).sort(([one], [other]) => (one < other ? -1 : 1)) satisfies readonly (readonly [string, JsonValue])[],
    )
    const twin = seen.get(key)
    if (twin === undefined) seen.set(key, container)
    else if (twin.object['allow_stdio_access'] !== access) yield warn('stdio-access-undecided', container.where, twin.where)
  }
}
