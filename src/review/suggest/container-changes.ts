/** Changes of a declared container. */
import { guestData } from '../../cce/guest-data.js'
import { CAPABILITY_KINDS } from '../../cce/policy.js'
import { declaredCapabilities, sharedCapabilities } from '../../enforce/explain/capabilities.js'
import { accepts } from '../../enforce/explain/env.js'
import type { Mismatch } from '../../enforce/explain/explanation.js'
import { mountMismatches } from '../../enforce/explain/mounts.js'
import { idMatches } from '../../enforce/explain/user.js'
import { isObject } from '../../enforce/grant.js'
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import type { Step } from '../place.js'
import type { PolicyChange } from './patch.js'
import { type Refusal, isChange, replace } from './refusal.js'

export interface ContainerRefusal {
  /** Where the container is declared. */
  readonly path: readonly Step[]
  readonly declared: JsonObject
  readonly mismatches: readonly Mismatch[]
  readonly refusal: Refusal
}

/** Changes that make the container fit the request, in the order in which a reader looks at a container. */
export function containerChanges(one: ContainerRefusal): readonly PolicyChange[] {
  const fields = new Set(one.mismatches.map(({ field }) => field.replace(/[.[].*$/s, '')))
  const { path, declared, mismatches, refusal } = one
  const { input, point } = refusal
  const on = (field: string, changes: () => readonly (PolicyChange | undefined)[]): readonly (PolicyChange | undefined)[] =>
    fields.has(field) ? changes() : []
  return [
    ...on('command', () => [replace([...path, 'command'], input.argList)]),
    ...on('exec_processes', () => execChanges(one)),
    ...on('signals', () => [
      input.signal === undefined ? undefined : ({ op: 'add', path: [...path, 'signals', '-'], value: input.signal } as const),
    ]),
    ...on('working_dir', () => [replace([...path, 'working_dir'], input.workingDir)]),
    ...on('user', () => userChanges(path, declared, mismatches, input)),
    ...on('allow_elevated', () => [replace([...path, 'allow_elevated'], true)]),
    ...on('no_new_privileges', () => [replace([...path, 'no_new_privileges'], false)]),
    ...on('seccomp_profile_sha256', () => [replace([...path, 'seccomp_profile_sha256'], input.seccompProfileSHA256)]),
    ...(point === 'create_container' && hasMountMismatch(mismatches) ? mountChanges(path, declared, input) : []),
    ...on('env_rules', () => envChanges(path, declared, mismatches, input)),
    ...on('capabilities', () => capabilityChanges(one)),
  ].filter(isChange)
}

/** A process that is started later, or a signal for one. */
function execChanges({ path, declared, mismatches, refusal: { input, point } }: ContainerRefusal): readonly PolicyChange[] {
  const isSignal = point === 'signal_container_process'
  const place = mismatches
    .map(({ field }) => /^exec_processes\[([0-9]+)\]\.signals/.exec(field)?.[1])
    .find((at) => at !== undefined)
  const sameCommand = !mismatches.some(({ field }) => field.includes('.command') || field === 'exec_processes')
  if (isSignal && place !== undefined && sameCommand && input.signal !== undefined)
    return [{ op: 'add', path: [...path, 'exec_processes', Number(place), 'signals', '-'], value: input.signal }]
  if (!Array.isArray(input.argList)) return []
  const process = { command: input.argList, signals: isSignal && input.signal !== undefined ? [input.signal] : [] }
  const known = Object.hasOwn(declared, 'exec_processes')
  return [
    known
      ? { op: 'add', path: [...path, 'exec_processes', '-'], value: process }
      : { op: 'add', path: [...path, 'exec_processes'], value: [process] },
  ]
}

function userChanges(
  path: readonly Step[],
  declared: JsonObject,
  mismatches: readonly Mismatch[],
  input: JsonObject,
): readonly (PolicyChange | undefined)[] {
  const { user, groups, umask } = input
  if (!isObject(user)) return [replace([...path, 'user'], user)]
  const declaredUser = isObject(declared.user) ? declared.user : {}
  const names = listOf(declaredUser.group_idnames)
  const strangers = listOf(groups).filter((group) => !names.some((name) => idMatches(name, group)))
  return [
    ...(mismatches.some(({ field }) => field === 'user.umask') ? [replace([...path, 'user', 'umask'], umask)] : []),
    ...(mismatches.some(({ field }) => field.startsWith('user.user_idname'))
      ? [replace([...path, 'user', 'user_idname'], idNameFor(user))]
      : []),
    ...strangers.map((group) =>
      isObject(group)
        ? ({ op: 'add', path: [...path, 'user', 'group_idnames', '-'], value: idNameFor(group) } as const)
        : undefined,
    ),
  ]
}

function idNameFor({ id }: JsonObject): JsonValue {
  return { pattern: id ?? '', strategy: 'id' }
}

function hasMountMismatch(mismatches: readonly Mismatch[]): boolean {
  return mismatches.some(({ field }) => /^(?:mounts|defaultMounts|privilegedMounts|the sandbox)/.test(field))
}

/** A constraint for each mount that none accepts. Those that are there stay: the container may have them as well. */
function mountChanges(path: readonly Step[], declared: JsonObject, input: JsonObject): readonly PolicyChange[] {
  const data: Readonly<Record<string, JsonValue>> = { ...linuxData() }
  const context = { data: (name: string) => data[name], shareOwner: () => undefined }
  return listOf(input.mounts).flatMap((mount): readonly PolicyChange[] => {
    if (!isObject(mount) || mountMismatches(declared, { ...context, input: { ...input, mounts: [mount] } }).length === 0)
      return []
    const { destination, source, type, options } = mount
    if (typeof source !== 'string' || destination === undefined || type === undefined || options === undefined) return []
    return [
      { op: 'add', path: [...path, 'mounts', '-'], value: { destination, source: sourceFor(source, input), type, options } },
    ]
  })
}

function linuxData(): Readonly<Record<string, JsonValue>> {
  const { defaultMounts, privilegedMounts, sandboxPrefix, hugePagesPrefix, plan9Prefix } = guestData('linux')
  const asJson = (mounts: typeof defaultMounts): JsonValue => mounts.map((mount) => ({ ...mount }))
  return {
    defaultMounts: asJson(defaultMounts),
    privilegedMounts: asJson(privilegedMounts),
    sandboxPrefix,
    hugePagesPrefix,
    plan9Prefix,
  }
}

/** Directories of the guest have other names next time; what is below them becomes a pattern. */
function sourceFor(source: string, { sandboxDir, hugePagesDir, containerID }: JsonObject): string {
  for (const [directory, prefix] of [
    [sandboxDir, 'sandbox://'],
    [hugePagesDir, 'hugepages://'],
  ] as const) {
    if (typeof directory === 'string' && source.startsWith(`${directory}/`))
      return prefix + source.slice(directory.length).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  }
  return source.startsWith(`/run/gcs/c/${String(containerID)}/mounts/`) ? 'plan9://' : source
}

/** A rule for each variable that none accepts; what is required and not there is required no more. */
export function envChanges(
  path: readonly Step[],
  declared: JsonObject,
  mismatches: readonly Mismatch[],
  { envList }: JsonObject,
): readonly (PolicyChange | undefined)[] {
  const rules = listOf(declared.env_rules)
  const lacking = mismatches.flatMap(({ field, text }) => {
    const at = /^env_rules\[([0-9]+)\]$/.exec(field)?.[1]
    return at !== undefined && text.includes('required variable') ? [Number(at)] : []
  })
  const isRefusing = mismatches.some(({ field, text }) => field.startsWith('env_rules') && !text.includes('required variable'))
  const refused = isRefusing ? listOf(envList).filter((variable) => !rules.some((rule) => accepts(rule, variable))) : []
  return [
    ...refused.map(
      (pattern) =>
        ({ op: 'add', path: [...path, 'env_rules', '-'], value: { pattern, strategy: 'string', required: false } }) as const,
    ),
    ...lacking.map((at) => replace([...path, 'env_rules', at, 'required'], false)),
  ]
}

/** The sets of the request; where surplus ones are dropped, those that the policy has too many are taken away. */
function capabilityChanges({
  path,
  declared,
  refusal: { input, facts },
}: ContainerRefusal): readonly (PolicyChange | undefined)[] {
  const requested = input.capabilities
  if (!isObject(requested)) return []
  const data = guestData('linux')
  const known: Readonly<Record<string, JsonValue>> = {
    defaultPrivilegedCapabilities: data.defaultPrivilegedCapabilities,
    defaultUnprivilegedCapabilities: data.defaultUnprivilegedCapabilities,
  }
  const sets = declaredCapabilities(declared, input.privileged ?? false, (name) => known[name])
  const wanted = isOn('allow_capability_dropping', facts) && sets !== undefined ? sharedCapabilities(sets, requested) : requested
  if (!isObject(declared.capabilities))
    return [replace([...path, 'capabilities'], Object.fromEntries(CAPABILITY_KINDS.map((kind) => [kind, wanted[kind] ?? []])))]
  const own = declared.capabilities
  return CAPABILITY_KINDS.map((kind) =>
    sameSet(own[kind], wanted[kind]) ? undefined : replace([...path, 'capabilities', kind], wanted[kind]),
  )
}

function sameSet(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  const [left, right] = [listOf(one), listOf(other)]
  return left.length === right.length && left.every((item) => right.includes(item)) && right.every((item) => left.includes(item))
}

function isOn(flag: string, { constants }: PolicyFacts): boolean {
  const value = constants.get(flag)
  return value !== undefined && value !== false
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}
