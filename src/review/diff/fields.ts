/** Comparing the members of two objects that belong together, and telling which way a change goes. */
import { type JsonValue, isJsonObject } from '../../cce/json-value.js'
import { CAPABILITY_KINDS } from '../../cce/policy.js'
import { sortedJson } from '../../cce/rego-json.js'
import type { JsonMembers } from '../../cce/warnings/facts.js'
import { compilePattern } from '../regex/compile.js'
import { type DiffEffect, type PolicyDifference, added, changed, opposite, removed } from './difference.js'

/** A member of two objects, and where each stands. */
export interface ComparedMember {
  readonly where: string
  readonly oldWhere: string
  readonly before: JsonValue | undefined
  readonly after: JsonValue | undefined
}

export type CompareMember = (member: ComparedMember) => readonly PolicyDifference[]

type EffectOf = (before: JsonValue | undefined, after: JsonValue | undefined) => DiffEffect

/** A member that is one value. */
function value(effect: EffectOf = () => 'other'): CompareMember {
  return ({ where, oldWhere, before, after }) =>
    same(before, after) ? [] : [changed(where, oldWhere, before, after, effect(before, after))]
}

/** A list whose items are each allowed, or each demanded. */
function listOf(effect: DiffEffect): CompareMember {
  return (member) => {
    const { where, oldWhere, before, after } = member
    if (!Array.isArray(before) || !Array.isArray(after)) return value()(member)
    const [old, now] = [keysOf(before), keysOf(after)]
    const differences = [
      ...[...old].filter(([key]) => !now.has(key)).map(([, item]) => removed(oldWhere, item, opposite(effect))),
      ...[...now].filter(([key]) => !old.has(key)).map(([, item]) => added(where, item, effect)),
    ]
    // Only repetitions are left; order never counts.
    return differences.length === 0 && before.length !== after.length ? value()(member) : differences
  }
}

/** `true` allows more than `false`. */
const opens = value((before, after) =>
  after === true && before !== true ? 'wider' : before === true && after !== true ? 'narrower' : 'other',
)
const closes = value((before, after) =>
  after === true && before !== true ? 'narrower' : before === true && after !== true ? 'wider' : 'other',
)
const profile = value((before, after) => (after === '' ? 'wider' : before === '' ? 'narrower' : 'other'))
const minimum = value((before, after) => {
  const [old, now] = [Number(before), Number(after)]
  return old < now ? 'narrower' : old > now ? 'wider' : 'other'
})
const idName = value((before, after) => (isAny(after) ? 'wider' : isAny(before) ? 'narrower' : 'other'))

const allowedItems = listOf('wider')
const demandedItems = listOf('narrower')

const user: CompareMember = (member) =>
  isJsonObject(member.before) && isJsonObject(member.after)
    ? membersOf(member, ['umask', 'user_idname', 'group_idnames'], { user_idname: idName, group_idnames: allowedItems })
    : value()(member)

const capabilities: CompareMember = (member) =>
  isJsonObject(member.before) && isJsonObject(member.after)
    ? membersOf(member, CAPABILITY_KINDS, Object.fromEntries(CAPABILITY_KINDS.map((kind) => [kind, allowedItems])))
    : value()(member)

function membersOf(
  member: ComparedMember,
  names: readonly string[],
  compare: Readonly<Record<string, CompareMember>>,
): readonly PolicyDifference[] {
  const [before, after] = [member.before as JsonMembers, member.after as JsonMembers]
  return names.flatMap((name) =>
    (compare[name] ?? value())({
      where: `${member.where}.${name}`,
      oldWhere: `${member.oldWhere}.${name}`,
      before: before[name],
      after: after[name],
    }),
  )
}

/** How the members of each kind of object are compared; those that are not named are compared as one value. */
export const MEMBERS: Readonly<Record<string, Readonly<Record<string, CompareMember>>>> = {
  containers: {
    signals: allowedItems,
    user,
    capabilities,
    seccomp_profile_sha256: profile,
    allow_elevated: opens,
    allow_stdio_access: opens,
    no_new_privileges: closes,
  },
  external_processes: { allow_stdio_access: opens },
  fragments: { minimum_svn: minimum, includes: allowedItems, required_receipts: demandedItems },
  platform_rules: {},
  transparency_trust_lists: { minimum_svn: minimum, allowed_ledgers: allowedItems },
}

export { allowedItems as compareAllowed, value as compareValue }

/** Which way an environment rule goes when it becomes another one. */
export function envRuleEffect(before: JsonMembers, after: JsonMembers): DiffEffect {
  const samePattern =
    same(before['pattern'], after['pattern']) &&
    same(before['strategy'], after['strategy']) &&
    same(before['value'], after['value'])
  if (samePattern && !same(before['required'], after['required'])) return after['required'] === true ? 'narrower' : 'wider'
  if (!same(before['required'], after['required'])) return 'other'
  if (covers(after, before)) return 'wider'
  return covers(before, after) ? 'narrower' : 'other'
}

/** Whether a pattern accepts the one text that the other rule accepts. */
function covers(wide: JsonMembers, narrow: JsonMembers): boolean {
  const [pattern, text] = [wide['pattern'], narrow['pattern']]
  if (wide['strategy'] !== 're2' || narrow['strategy'] !== 'string') return false
  return typeof pattern === 'string' && typeof text === 'string' && compilePattern(pattern)?.(text) === true
}

/** Which way a mount goes when it becomes another one. */
export function mountEffect(before: JsonMembers, after: JsonMembers): DiffEffect {
  const { options: old, ...oldRest } = before
  const { options: now, ...nowRest } = after
  if (!same(oldRest, nowRest) || !Array.isArray(old) || !Array.isArray(now)) return 'other'
  const change = [...keysOf(now).keys()].filter((key) => !keysOf(old).has(key)).join()
  return change === '"rw"' ? 'wider' : change === '"ro"' ? 'narrower' : 'other'
}

export function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === undefined || other === undefined ? one === other : sortedJson(one) === sortedJson(other)
}

function keysOf(list: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  return new Map(list.map((item) => [sortedJson(item), item]))
}

function isAny(idName: JsonValue | undefined): boolean {
  return isJsonObject(idName) && idName['strategy'] === 'any'
}
