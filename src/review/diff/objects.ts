/** Comparing lists of declared objects: which are new, which are gone, and how those that belong together differ. */
import type { JsonMembers, PolicyFacts } from '../../cce/warnings/facts.js'
import { type DiffEffect, type PolicyDifference, added, changed, opposite, removed } from './difference.js'
import { MEMBERS, compareValue, envRuleEffect, mountEffect } from './fields.js'
import { type NormalObject, normalObjects, normalParts } from './normal.js'
import { TRAITS, pairUp } from './pair.js'

/** Lists of objects that a policy declares, and what it means that one is added. */
export const OBJECT_LISTS = [
  'containers',
  'external_processes',
  'fragments',
  'platform_rules',
  'transparency_trust_lists',
] as const

export function* objectDifferences(list: string, before: PolicyFacts, after: PolicyFacts): Generator<PolicyDifference> {
  const {
    pairs,
    removed: gone,
    added: fresh,
  } = pairUp(normalObjects(list, before), normalObjects(list, after), TRAITS[list] ?? [])
  for (const [old, now] of pairs) if (old.key !== now.key) yield* memberDifferences(list, old, now)
  for (const { where, declared } of gone) yield removed(where, declared, 'narrower')
  for (const { where, declared } of fresh) yield added(where, declared, 'wider')
}

const PARTS = ['env_rules', 'mounts', 'exec_processes'] as const

function* memberDifferences(list: string, old: NormalObject, now: NormalObject): Generator<PolicyDifference> {
  const compare = MEMBERS[list] ?? {}
  for (const name of new Set([...Object.keys(old.members), ...Object.keys(now.members)])) {
    const [oldValue, value] = [old.members[name], now.members[name]]
    const part = PARTS.find((one) => one === name)
    if (part !== undefined && Array.isArray(oldValue) && Array.isArray(value)) {
      yield* partDifferences(part, old, now)
      continue
    }
    yield* (compare[name] ?? compareValue())({
      where: `${now.where}.${name}`,
      oldWhere: `${old.where}.${name}`,
      before: oldValue,
      after: value,
    })
  }
}

function partDifferences(part: (typeof PARTS)[number], old: NormalObject, now: NormalObject): readonly PolicyDifference[] {
  const pairing = pairUp(normalParts(old, part), normalParts(now, part), TRAITS[part] ?? [])
  return [
    ...pairing.pairs.filter(([one, other]) => one.key !== other.key).flatMap(([one, other]) => changedPart(part, one, other)),
    ...pairing.removed.map((one) => removed(one.where, one.declared, opposite(partEffect(one.members)))),
    ...pairing.added.map((one) => added(one.where, one.declared, partEffect(one.members))),
  ]
}

function changedPart(part: (typeof PARTS)[number], old: NormalObject, now: NormalObject): readonly PolicyDifference[] {
  if (part === 'exec_processes') {
    const signals = {
      where: `${now.where}.signals`,
      oldWhere: `${old.where}.signals`,
      before: old.members['signals'],
      after: now.members['signals'],
    }
    return (MEMBERS['containers']?.['signals'] ?? compareValue())(signals)
  }
  const effect = part === 'env_rules' ? envRuleEffect(old.members, now.members) : mountEffect(old.members, now.members)
  return [changed(now.where, old.where, old.declared, now.declared, effect)]
}

/** One more rule, mount or process allows more; a rule that is required also demands something. */
function partEffect(members: JsonMembers): DiffEffect {
  return members['required'] === true ? 'other' : 'wider'
}
