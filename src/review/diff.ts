/**
 * Comparing two policies by what they mean: objects are paired by what they are, lists without an order are compared
 * without one, and different ways of writing the same thing are no difference.
 */
import type { PolicyFacts } from '../cce/warnings/facts.js'
import type { PolicyDifference } from './diff/difference.js'
import { type ComparedMember, compareAllowed, compareValue } from './diff/fields.js'
import { OBJECT_LISTS, objectDifferences } from './diff/objects.js'
import { headDifferences, isComputed, pointDifferences, ruleDifferences } from './diff/rules.js'
import { digestOf } from './digest.js'
import { type OpenedPolicy, type PolicyInput, openPolicy } from './document.js'

export type { DiffEffect, PolicyDifference } from './diff/difference.js'

export interface PolicyDiff {
  /** Whether both mean the same, as far as it can be told by reading. */
  readonly same: boolean
  /** SHA-256 of both texts. Policies that mean the same may well have different ones. */
  readonly digests: { readonly before: string; readonly after: string }
  readonly differences: readonly PolicyDifference[]
}

/**
 * Compares two policies, or two fragments.
 *
 * Errors: `PolicyError` if one of them is no policy.
 *
 * @example diffPolicies(deployed, generated).differences.filter(({ effect }) => effect === 'wider')
 */
export function diffPolicies(before: PolicyInput, after: PolicyInput): PolicyDiff {
  return diffOpened(openPolicy(before, 'before.rego'), openPolicy(after, 'after.rego'))
}

/** As `diffPolicies`, for policies that are open already. */
export function diffOpened(before: OpenedPolicy, after: OpenedPolicy): PolicyDiff {
  const differences = [...differencesOf(before, after)]
  return {
    same: differences.length === 0,
    digests: { before: digestOf(before.text).hex, after: digestOf(after.text).hex },
    differences,
  }
}

function* differencesOf({ facts: before }: OpenedPolicy, { facts: after }: OpenedPolicy): Generator<PolicyDifference> {
  yield* headDifferences(before, after)
  for (const list of OBJECT_LISTS) {
    if (isComputed(list, before) || isComputed(list, after)) continue
    if (holdsObjects(list, before) && holdsObjects(list, after)) yield* objectDifferences(list, before, after)
    else yield* compareValue()(membersOf(list, before, after))
  }
  const providers = 'allowed_log_providers'
  if (!isComputed(providers, before) && !isComputed(providers, after)) yield* compareAllowed(membersOf(providers, before, after))
  yield* pointDifferences(before, after)
  yield* ruleDifferences(before, after)
}

/** A member of both policies; one that is not defined is an empty list. */
function membersOf(name: string, before: PolicyFacts, after: PolicyFacts): ComparedMember {
  return { where: name, oldWhere: name, before: before.constants.get(name) ?? [], after: after.constants.get(name) ?? [] }
}

/** Whether a member is a list of objects, or not defined; other values have nothing to pair. */
function holdsObjects(name: string, facts: PolicyFacts): boolean {
  const value = facts.constants.get(name) ?? []
  return Array.isArray(value) && facts.objects(name).length === value.length
}
