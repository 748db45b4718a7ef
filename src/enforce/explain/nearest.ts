/** Choosing the declared object that a request came closest to, and telling where the author wrote it. */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import type { CandidateKind, Mismatch, NearestCandidate } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { listOf, sameJson } from './json.js'

/** A candidate and how the request differs from it. */
export interface Comparison {
  readonly candidate: JsonObject
  readonly mismatches: readonly Mismatch[]
}

/** The comparison with the fewest differing fields; the first of those. */
function nearestOf(comparisons: readonly Comparison[]): Comparison | undefined {
  let nearest: Comparison | undefined
  let distance = Infinity
  for (const comparison of comparisons) {
    const next = distanceOf(comparison.mismatches)
    if (next < distance) [nearest, distance] = [comparison, next]
  }
  return nearest
}

/**
 * Fields count most, then the differences within them. Another program is another container: what is run counts more than
 * how.
 */
function distanceOf(mismatches: readonly Mismatch[]): number {
  const fields = new Set(mismatches.map(({ field }) => field.replace(/\[.*/s, '')))
  const isOtherProgram = mismatches.some(({ field }) => field.endsWith('command[0]') || field === 'command')
  return (fields.size + (isOtherProgram ? 2 : 0)) * 1000 + Math.min(mismatches.length, 999)
}

interface Kind {
  readonly kind: CandidateKind
  /** Name of the list in a policy, and in what a fragment brought. */
  readonly list: string
  /** Fields by which an object is known again after it was upgraded and joined with platform rules. */
  readonly identity: readonly string[]
}

const KINDS = {
  container: {
    kind: 'container',
    list: 'containers',
    identity: ['command', 'layers', 'working_dir', 'exec_processes', 'allow_stdio_access', 'allow_elevated'],
  },
  externalProcess: {
    kind: 'external process',
    list: 'external_processes',
    identity: ['command', 'env_rules', 'working_dir', 'allow_stdio_access'],
  },
  fragment: { kind: 'fragment', list: 'fragments', identity: ['issuer', 'feed', 'minimum_svn', 'includes'] },
  trustList: {
    kind: 'trust list',
    list: 'transparency_trust_lists',
    identity: ['issuer', 'subject', 'minimum_svn', 'allowed_ledgers'],
  },
} as const satisfies Record<string, Kind>

/** The nearest candidate, for an explanation. */
export function describeNearest(
  name: keyof typeof KINDS,
  comparisons: readonly Comparison[],
  facts: DenialFacts,
): NearestCandidate | undefined {
  const nearest = nearestOf(comparisons)
  if (nearest === undefined) return undefined
  const { where, written } = placeOfCandidate(KINDS[name], nearest.candidate, facts)
  const called = [written?.name, written?.id].find((one) => typeof one === 'string')
  return { kind: KINDS[name].kind, where, name: called as string | undefined, mismatches: nearest.mismatches }
}

/** Where a candidate is written: `containers[1]`. */
export function placeOf(name: keyof typeof KINDS, candidate: JsonObject, facts: DenialFacts): string {
  return placeOfCandidate(KINDS[name], candidate, facts).where
}

function placeOfCandidate(
  kind: Kind,
  candidate: JsonObject,
  facts: DenialFacts,
): { readonly where: string; readonly written?: JsonObject } {
  const { list } = kind
  const own = findWritten(kind, candidate, facts.declarations[`policy_${list}`])
  if (own !== undefined) return { where: `${list}[${own.place}]`, written: own.written }
  for (const { feed, objects } of facts.fragments) {
    const found = findWritten(kind, candidate, objects[list])
    if (found !== undefined)
      return { where: `${list}[${found.place}] of fragment ${JSON.stringify(feed)}`, written: found.written }
  }
  return { where: `a ${kind.kind}` }
}

function findWritten(
  kind: Kind,
  candidate: JsonObject,
  list: JsonValue | undefined,
): { readonly place: number; readonly written: JsonObject } | undefined {
  const objects = listOf(list) ?? []
  const place = objects.findIndex((one) => isWritten(kind, candidate, one))
  const written = objects[place]
  return isObject(written) ? { place, written } : undefined
}

/** Platform rules stand behind a container's own; signals of older versions grow. */
function isWritten(kind: Kind, candidate: JsonObject, written: JsonValue): boolean {
  if (!isObject(written) || !kind.identity.every((field) => sameJson(candidate[field], written[field]))) return false
  return GROWING.every((field) => beginsWith(candidate[field], written[field]))
}

const GROWING = ['env_rules', 'mounts', 'signals'] as const

function beginsWith(list: JsonValue | undefined, start: JsonValue | undefined): boolean {
  const [all, first] = [listOf(list), listOf(start)]
  return first === undefined || (all !== undefined && first.every((item, at) => sameJson(item, all[at])))
}
