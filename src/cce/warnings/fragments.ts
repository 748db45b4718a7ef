/** Fragments and transparency trust lists: versions and what is taken from them. */
import { type JsonValue, isJsonObject } from '../json-value.js'
import { FRAGMENT_INCLUDES } from '../policy.js'
import { isVersion } from '../version.js'
import type { PlacedObject, PolicyFacts } from './facts.js'
import { type PolicyWarning, show, warn } from './warning.js'

export function* fragmentWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  for (const { where, object } of facts.objects('transparency_trust_lists')) {
    yield* svnWarnings(object['minimum_svn'], `${where}.minimum_svn`, false)
    if (listOf(object['allowed_ledgers']).includes('*')) yield warn('any-ledger', `${where}.allowed_ledgers`)
  }
  if (facts.age === 'ignored') return
  const fragments = facts.objects('fragments')
  for (const fragment of fragments) {
    if (yield* missingFields(fragment, facts)) continue
    yield* svnWarnings(fragment.object['minimum_svn'], `${fragment.where}.minimum_svn`, true)
    yield* includeWarnings(fragment)
  }
  yield* twinWarnings(fragments)
}

const NEEDED = ['issuer', 'feed', 'minimum_svn', 'includes']

function* missingFields({ where, object }: PlacedObject, facts: PolicyFacts): Generator<PolicyWarning, boolean> {
  const missing = NEEDED.filter((field) => !Object.hasOwn(object, field))
  if (missing.length === 0 || facts.age === 'unknown') return false
  yield facts.age === 'older'
    ? warn('element-vanishes', where, String(facts.frameworkVersion), missing)
    : warn('never-matches', where, missing)
  return true
}

const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

function* svnWarnings(svn: JsonValue | undefined, where: string, hasHeader: boolean): Generator<PolicyWarning> {
  if (svn === undefined) return
  if (svn === null || typeof svn === 'boolean')
    yield warn('minimum-svn-not-a-version', where, show(svn), svn === true ? '1' : '0')
  else if (isVersion(svn)) {
    if (hasHeader) yield warn('minimum-svn-semver', where)
  } else if (typeof svn !== 'number' && !(typeof svn === 'string' && NUMBER.test(svn)))
    yield warn('minimum-svn-invalid', where, show(svn))
  else if (Number(svn) <= 0) yield warn('minimum-svn-zero', where)
}

function* includeWarnings({ where, object }: PlacedObject): Generator<PolicyWarning> {
  for (const [at, name] of listOf(object['includes']).entries()) {
    if (!(FRAGMENT_INCLUDES as readonly JsonValue[]).includes(name))
      yield warn('include-unknown', `${where}.includes[${at}]`, String(name))
  }
}

/** Rules for the same issuer and feed, which one fragment may fit at once. */
function* twinWarnings(fragments: readonly PlacedObject[]): Generator<PolicyWarning> {
  const seen = new Map<string, PlacedObject>()
  for (const fragment of fragments) {
    const { issuer, feed, includes } = fragment.object
    const key = JSON.stringify([issuer, feed])
    const twin = seen.get(key)
    if (twin === undefined) {
      seen.set(key, fragment)
      continue
    }
    const isSame = JSON.stringify([...listOf(includes)].sort()) === JSON.stringify([...listOf(twin.object['includes'])].sort())
    if (!isSame) yield warn('fragment-rules-disagree', fragment.where, twin.where)
    else if (listOf(includes).includes('namespace') && (hasParameters(fragment) || hasParameters(twin)))
      yield warn('namespace-with-parameters', fragment.where, twin.where)
  }
}

function hasParameters({ object }: PlacedObject): boolean {
  return isJsonObject(object['parameters'])
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}
