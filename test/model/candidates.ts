/**
 * What a policy and the fragments it admitted declare, in the order in which it is considered.
 */
import { RegoObject, type RegoValue, isArray } from '../../src/value/value.js'
import { type Maybe, at, membersOf, orElse } from './rego.js'
import { type Question, FRAMEWORK_VERSION, frameworkVersion } from './question.js'
import { type ListName, upgradeList } from './upgrade.js'
import { compareVersions } from './versions.js'

/** The policy's containers, then those of fragments, each once for every platform rule. Undefined if the policy's are no list. */
export function candidateContainers(question: Question): readonly RegoValue[] | undefined {
  const declared = declaredList(question, 'containers')
  const rules = candidatePlatformRules(question)
  if (declared === undefined) return undefined
  const all = [...declared, ...fromFragments(question, 'containers')]
  return rules.length === 0 ? all : all.flatMap((container) => variants(container, rules))
}

function variants(container: RegoValue, rules: readonly RegoValue[]): RegoValue[] {
  return rules.flatMap((rule) => {
    const lists = ['env_rules', 'mounts'].map((field) => [field, joined(at(container, field), at(rule, field))] as const)
    if (!(container instanceof RegoObject) || !(rule instanceof RegoObject) || lists.some(([, list]) => list === undefined))
      return []
    return [RegoObject.of([...container.entries, ...(lists as [string, RegoValue][])])]
  })
}

function joined(own: Maybe, added: Maybe): RegoValue | undefined {
  const [left, right] = [orElse(own, []), orElse(added, [])]
  return isArray(left) && isArray(right) ? [...left, ...right] : undefined
}

function candidatePlatformRules(question: Question): readonly RegoValue[] {
  const declared = declaredList(question, 'platform_rules')
  return declared === undefined ? [] : [...declared, ...fromFragments(question, 'platform_rules')]
}

export function candidateFragments(question: Question): readonly RegoValue[] {
  return [...(declaredList(question, 'fragments') ?? []), ...fromFragments(question, 'fragments')]
}

/** Without a list of its own, a policy of the present version takes those of fragments; an older one takes none. */
export function candidateExternalProcesses(question: Question): readonly RegoValue[] {
  const age = compareVersions(frameworkVersion(question), FRAMEWORK_VERSION)
  if (age === undefined || age > 0) return []
  if (age < 0 && at(question.policy, 'external_processes') === undefined) return []
  const declared = upgradeList(
    'external_processes',
    at(question.policy, 'external_processes') ?? [],
    frameworkVersion(question),
  )
  return [...(membersOf(declared) ?? []), ...fromFragments(question, 'external_processes')]
}

/** Whatever the policy's version. */
export function candidateTrustLists(question: Question): readonly RegoValue[] {
  return [
    ...(membersOf(at(question.policy, 'transparency_trust_lists')) ?? []),
    ...fromFragments(question, 'transparency_trust_lists'),
  ]
}

/** The policy's own list, up to date: empty if it has none or its version does not count, undefined if it is no list. */
function declaredList(question: Question, name: ListName): readonly RegoValue[] | undefined {
  const declared = at(question.policy, name)
  if (declared === undefined) return []
  const list = upgradeList(name, declared, frameworkVersion(question))
  if (list === undefined) return []
  return isArray(list) ? list : undefined
}

function fromFragments({ state }: Question, name: ListName): RegoValue[] {
  return loadedFragments(state).flatMap((entry) => membersOf(at(entry, name)) ?? [])
}

/** By issuer, then by feed, newest first. */
export function loadedFragments(state: RegoObject): RegoValue[] {
  return (membersOf(at(state, 'issuers')) ?? []).flatMap((issuer) =>
    (membersOf(at(issuer, 'feeds')) ?? []).flatMap((feed) => membersOf(feed) ?? []),
  )
}
