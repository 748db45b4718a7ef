/**
 * From how a request differs from what a policy declares to changes of the policy that take the difference away.
 *
 * Each change is about one difference and gives no more than the request asks for. Nothing here is taken for granted: who
 * asks tries the changed policy.
 */
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import type { Mismatch, NearestCandidate } from '../../enforce/explain/explanation.js'
import { isObject } from '../../enforce/grant.js'
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import { type Step, stepsOf } from '../place.js'
import { containerChanges, envChanges } from './container-changes.js'
import type { PolicyChange } from './patch.js'
import { type Refusal, isChange, replace } from './refusal.js'

/** Changes that answer a refusal; none where no change of the policy can, or none is known. */
export function changesFor(refusal: Refusal): readonly PolicyChange[] {
  const { faults, nearest } = refusal.explanation
  const found = [...faults.flatMap((fault) => faultChanges(fault, refusal)), ...nearestChanges(nearest, refusal)]
  return [...new Map(found.map((change) => [JSON.stringify([change.path, change.value]), change])).values()]
}

/** Faults that are not about one object: flags, and lists that have no object at all. */
function faultChanges({ field, text, actual }: Mismatch, { input, point, facts }: Refusal): readonly PolicyChange[] {
  if (field === 'allow_stdio_access') return agreeingOnStdio(text, facts)
  if (field.startsWith('allow_')) return [flagChange(field, facts)]
  if (field === 'allowed_log_providers' && actual !== undefined)
    return [{ op: 'add', path: ['allowed_log_providers', '-'], value: actual }]
  if (point === 'exec_external' && field === 'external_processes') return [newProcess(input)]
  if (point === 'load_fragment' && field === 'fragments') return [newFragment(input)]
  if (field === 'transparency_trust_lists') return [newTrustList(input)]
  return []
}

/** Objects that all fit have to agree; the one that allows less is followed. */
function agreeingOnStdio(text: string, facts: PolicyFacts): readonly PolicyChange[] {
  const places = [...text.matchAll(/\b(?:containers|external_processes)\[[0-9]+\](?! of fragment)/g)].map(([place]) =>
    stepsOf(place),
  )
  return places
    .filter((path) => declaredAt(path, facts)?.allow_stdio_access === true)
    .map((path): PolicyChange => ({ op: 'replace', path: [...path, 'allow_stdio_access'], value: false }))
}

function flagChange(flag: string, facts: PolicyFacts): PolicyChange {
  return { op: facts.defines(flag) ? 'replace' : 'add', path: [flag], value: true }
}

function nearestChanges(nearest: NearestCandidate | undefined, refusal: Refusal): readonly PolicyChange[] {
  if (nearest === undefined || / of fragment /.test(nearest.where)) return []
  const path = stepsOf(nearest.where)
  const declared = declaredAt(path, refusal.facts)
  if (declared === undefined) return []
  switch (nearest.kind) {
    case 'container':
      return containerChanges({ path, declared, mismatches: nearest.mismatches, refusal })
    case 'external process':
      return processChanges(path, declared, nearest.mismatches, refusal)
    case 'fragment':
      return fragmentChanges(path, nearest.mismatches, refusal)
    case 'trust list':
      return trustListChanges(path, nearest.mismatches, refusal)
  }
}

function declaredAt([list, at]: readonly Step[], facts: PolicyFacts): JsonObject | undefined {
  const items = typeof list === 'string' ? facts.constants.get(list) : undefined
  const item = Array.isArray(items) && typeof at === 'number' ? (items as readonly JsonValue[])[at] : undefined
  return isObject(item) ? item : undefined
}

/** Another command is another process; anything else changes the one that is there. */
function processChanges(
  path: readonly Step[],
  declared: JsonObject,
  mismatches: readonly Mismatch[],
  { input }: Refusal,
): readonly PolicyChange[] {
  if (mismatches.some(({ field }) => field.startsWith('command'))) return [newProcess(input)]
  return [
    ...(mismatches.some(({ field }) => field === 'working_dir') ? [replace([...path, 'working_dir'], input.workingDir)] : []),
    ...envChanges(path, declared, mismatches, input),
  ].filter(isChange)
}

function newProcess({ argList, envList, workingDir }: JsonObject): PolicyChange {
  const variables = Array.isArray(envList) ? (envList as readonly JsonValue[]) : []
  const value = {
    command: argList ?? [],
    env_rules: variables.map((pattern) => ({ pattern, strategy: 'string', required: false })),
    working_dir: workingDir ?? '/',
    allow_stdio_access: false,
  }
  return { op: 'add', path: ['external_processes', '-'], value }
}

function fragmentChanges(path: readonly Step[], mismatches: readonly Mismatch[], { input }: Refusal): readonly PolicyChange[] {
  if (mismatches.some(({ field }) => field === 'issuer' || field === 'feed')) return [newFragment(input)]
  return mismatches
    .flatMap(({ field, actual }) =>
      field === 'minimum_svn' && actual !== undefined ? [replace([...path, field], svnText(actual))] : [],
    )
    .filter(isChange)
}

function newFragment({ issuer, feed, header_svn: svn }: JsonObject): PolicyChange {
  const value = { issuer: issuer ?? '', feed: feed ?? '', minimum_svn: svnText(svn ?? 0), includes: ['containers'] }
  return { op: 'add', path: ['fragments', '-'], value }
}

function trustListChanges(path: readonly Step[], mismatches: readonly Mismatch[], { input }: Refusal): readonly PolicyChange[] {
  if (mismatches.some(({ field }) => field === 'issuer' || field === 'subject')) return [newTrustList(input)]
  return mismatches
    .flatMap(({ field, actual }): readonly (PolicyChange | undefined)[] => {
      if (field === 'minimum_svn' && actual !== undefined) return [replace([...path, field], svnText(actual))]
      if (field !== 'allowed_ledgers') return []
      return (Array.isArray(input.ledgers) ? (input.ledgers as readonly JsonValue[]) : []).map((ledger) => ({
        op: 'add',
        path: [...path, field, '-'],
        value: ledger,
      }))
    })
    .filter(isChange)
}

function newTrustList({ issuer, subject, svn, ledgers }: JsonObject): PolicyChange {
  const value = { issuer: issuer ?? '', subject: subject ?? '', minimum_svn: svnText(svn ?? 0), allowed_ledgers: ledgers ?? [] }
  return { op: 'add', path: ['transparency_trust_lists', '-'], value }
}

function svnText(svn: JsonValue): JsonValue {
  return typeof svn === 'number' ? String(svn) : svn
}
