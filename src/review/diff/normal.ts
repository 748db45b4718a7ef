/**
 * Declared objects in a form in which what means the same is the same: lists without an order are sorted, members that
 * say nothing are left out, and what older versions leave to a default is filled in.
 */
import { DEFAULT_UNPRIVILEGED_CAPABILITIES } from '../../cce/guest-data.js'
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { CAPABILITY_KINDS } from '../../cce/policy.js'
import { sortedJson } from '../../cce/rego-json.js'
import { type JsonMembers, type PolicyFacts, placed } from '../../cce/warnings/facts.js'

/** An object in normal form, with the place it was declared at. */
export interface NormalObject {
  readonly where: string
  readonly members: JsonMembers
  /** As it is written. */
  readonly declared: JsonMembers
  /** Equal texts mean equal objects. */
  readonly key: string
  /** What the author calls it. It means nothing to the enforcer, and serves to find it again. */
  readonly name?: string
}

export function normalObjects(name: string, facts: PolicyFacts): readonly NormalObject[] {
  return facts.objects(name).map(({ where, object }) => {
    const called = [object['name'], object['id']].find((one) => typeof one === 'string')
    return {
      ...normal(where, object, NORMAL[name]?.(object, facts) ?? object),
      ...(called === undefined ? {} : { name: called as string }),
    }
  })
}

/** The parts of an object that have places of their own, in normal form; equal ones once. */
export function normalParts({ where, declared }: NormalObject, member: keyof typeof PART_NORMAL): readonly NormalObject[] {
  const parts = placed(`${where}.${member}`, declared[member]).map((part) =>
    normal(part.where, part.object, PART_NORMAL[member](part.object)),
  )
  return [...new Map(parts.map((part) => [part.key, part] as const).reverse()).values()].reverse()
}

function normal(where: string, declared: JsonMembers, members: JsonMembers): NormalObject {
  return { where, declared, members, key: sortedJson(members) }
}

const NORMAL: Readonly<Record<string, (object: JsonMembers, facts: PolicyFacts) => JsonMembers>> = {
  containers: normalContainer,
  external_processes: ({ command, env_rules: env, working_dir, allow_stdio_access }) =>
    defined({ command, env_rules: normalList(env, normalEnvRule), working_dir, allow_stdio_access }),
  fragments: ({ issuer, feed, minimum_svn: svn, includes, parameters, required_receipts: receipts }) =>
    defined({
      issuer,
      feed,
      minimum_svn: normalSvn(svn),
      includes: normalSet(includes),
      parameters: isJsonObject(parameters) && Object.keys(parameters).length === 0 ? undefined : parameters,
      required_receipts: normalSet(receipts ?? []),
    }),
  platform_rules: (object) =>
    defined({
      env_rules: normalList(object['env_rules'] ?? [], normalEnvRule),
      mounts: normalList(object['mounts'] ?? [], normalMount),
    }),
  transparency_trust_lists: ({ issuer, subject, minimum_svn: svn, allowed_ledgers: ledgers }) =>
    defined({ issuer, subject, minimum_svn: normalSvn(svn), allowed_ledgers: normalSet(ledgers) }),
}

const PART_NORMAL = { env_rules: normalEnvRule, mounts: normalMount, exec_processes: normalProcess } as const

function normalContainer(object: JsonMembers, facts: PolicyFacts): JsonMembers {
  const upgraded: JsonMembers = { ...olderDefaults(facts), ...object }
  const { env_rules: env, mounts, exec_processes: processes, signals, user, capabilities, allow_elevated: elevated } = upgraded
  return defined({
    ...Object.fromEntries(PLAIN_FIELDS.map((name) => [name, upgraded[name]])),
    env_rules: normalList(env, normalEnvRule),
    mounts: normalList(mounts, normalMount),
    exec_processes: normalList(processes, normalProcess),
    signals: normalSet(
      facts.isBefore('0.4.1') && Array.isArray(signals) ? [...(signals as readonly JsonValue[]), 9, 15] : signals,
    ),
    user: isJsonObject(user) ? normalUser(user) : user,
    capabilities: normalCapabilities(capabilities, elevated),
  })
}

/** Fields that are compared as they are; what else is declared means nothing to the enforcer. */
const PLAIN_FIELDS = [
  'command',
  'layers',
  'mounted_cim',
  'registry_changes',
  'working_dir',
  'seccomp_profile_sha256',
  'allow_elevated',
  'allow_stdio_access',
  'no_new_privileges',
]

const ANY = { pattern: '', strategy: 'any' } as const

/** What an older version leaves out, and the enforcer fills in. */
export function olderDefaults(facts: PolicyFacts): JsonMembers {
  return {
    ...(facts.isBefore('0.2.0') ? { no_new_privileges: false } : {}),
    ...(facts.isBefore('0.2.1') ? { user: { umask: '0022', user_idname: ANY, group_idnames: [ANY] } } : {}),
    ...(facts.isBefore('0.2.2') ? { capabilities: null } : {}),
    ...(facts.isBefore('0.2.3') ? { seccomp_profile_sha256: '' } : {}),
  }
}

/** A split rule of two texts says what a whole text says. */
function normalEnvRule(rule: JsonMembers): JsonMembers {
  const { pattern, strategy, name, name_strategy: nameStrategy, value, value_strategy: valueStrategy, required } = rule
  const isRequired: JsonMembers = required !== undefined && required !== false ? { required: true } : {}
  const isText = typeof name === 'string' && typeof value === 'string' && nameStrategy === 'string' && valueStrategy === 'string'
  if (isText && pattern === undefined && !name.includes('='))
    return { pattern: `${name}=${value}`, strategy: 'string', ...isRequired }
  return {
    ...defined({ pattern, strategy, name, name_strategy: nameStrategy, value, value_strategy: valueStrategy }),
    ...isRequired,
  }
}

function normalMount({ destination, source, type, options }: JsonMembers): JsonMembers {
  return defined({ destination, source, type, options: sorted(options) })
}

function normalProcess({ command, signals }: JsonMembers): JsonMembers {
  return defined({ command, signals: normalSet(signals ?? []) })
}

function normalUser({ user_idname: user, group_idnames: groups, umask }: JsonMembers): JsonMembers {
  const idNames = normalList(groups, normalIdName)
  const isAny = Array.isArray(idNames) && idNames.some((one: JsonValue) => isJsonObject(one) && one['strategy'] === 'any')
  return defined({ umask, user_idname: isJsonObject(user) ? normalIdName(user) : user, group_idnames: isAny ? [ANY] : idNames })
}

/** With `any` the pattern is not looked at, only that there is one. */
function normalIdName(idName: JsonMembers): JsonMembers {
  return idName['strategy'] === 'any' && idName['pattern'] !== undefined ? ANY : idName
}

/** `null` stands for known sets where the container cannot be privileged. */
function normalCapabilities(capabilities: JsonValue | undefined, elevated: JsonValue | undefined): JsonValue | undefined {
  if (capabilities === null && elevated === false) {
    const sets = DEFAULT_UNPRIVILEGED_CAPABILITIES
    return normalCapabilities({ bounding: sets, effective: sets, permitted: sets, inheritable: [], ambient: [] }, elevated)
  }
  if (!isJsonObject(capabilities)) return capabilities
  return defined(Object.fromEntries(CAPABILITY_KINDS.map((kind) => [kind, sorted(capabilities[kind])])))
}

/** A number, and a number as text, are the same version. */
function normalSvn(svn: JsonValue | undefined): JsonValue | undefined {
  return typeof svn === 'number' ? String(svn) : svn
}

function normalList(list: JsonValue | undefined, normalize: (item: JsonMembers) => JsonMembers): JsonValue | undefined {
  if (!Array.isArray(list)) return list
  return normalSet((list as readonly JsonValue[]).map((item) => (isJsonObject(item) ? normalize(item) : item)))
}

/** A list in which neither order nor repetition counts. */
function normalSet(list: JsonValue | undefined): JsonValue | undefined {
  const all = sorted(list)
  return Array.isArray(all)
    ? (all as readonly JsonValue[]).filter((item, at) => at === 0 || sortedJson(item) !== sortedJson(all[at - 1] as JsonValue))
    : all
}

/** A list in which order does not count, but repetition does. */
function sorted(list: JsonValue | undefined): JsonValue | undefined {
  if (!Array.isArray(list)) return list
  return (list as readonly JsonValue[])
    .map((item) => [sortedJson(item), item] as const)
    .sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .map(([, item]) => item)
}

function defined(members: Readonly<Record<string, JsonValue | undefined>>): JsonMembers {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonMembers
}
