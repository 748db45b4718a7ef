/**
 * Narrowing candidates as the framework does: by what must be equal, by the variables to keep, by the capabilities to
 * keep, by stdio access. Each step looks at those that the step before left.
 */
import type { JsonObject, JsonValue } from '../decision.js'
import { CAPABILITY_KINDS } from '../grant.js'
import { capabilityMismatches, declaredCapabilities, sharedCapabilities } from './capabilities.js'
import { acceptedVariables, envMismatches } from './env.js'
import { type Findings, type Mismatch, mismatch } from './explanation.js'
import type { DenialFacts } from './facts.js'
import { isTruthy, listOf, sameJson } from './json.js'
import { type Comparison, describeNearest, placeOf } from './nearest.js'

export interface Narrowing {
  readonly kind: 'container' | 'externalProcess'
  readonly candidates: readonly JsonObject[]
  /** What must be equal. */
  readonly compare: (candidate: JsonObject) => readonly Mismatch[]
  /** Whether capabilities count, and whether the container is a privileged one. */
  readonly capabilities: { readonly privileged: JsonValue | undefined } | undefined
  /** Whether those that are left have to agree on stdio. */
  readonly agreeOnStdio: boolean
}

/** Narrows, and says what stopped it. `faults` are known already. */
export function narrow(narrowing: Narrowing, faults: readonly Mismatch[], facts: DenialFacts): Findings {
  const found: Mismatch[] = [...faults]
  const compared = narrowing.candidates.map((candidate): Comparison => ({ candidate, mismatches: narrowing.compare(candidate) }))
  const withEnv = keepVariables(compared, found, narrowing, facts)
  const withAll =
    narrowing.capabilities === undefined ? withEnv : keepCapabilities(withEnv, narrowing.capabilities.privileged, found, facts)
  if (narrowing.agreeOnStdio) found.push(...stdioFaults(fitting(withAll), facts, narrowing.kind))
  return { faults: found, candidates: compared.length, nearest: describeNearest(narrowing.kind, withAll, facts) }
}

const fitting = (comparisons: readonly Comparison[]): readonly Comparison[] =>
  comparisons.filter(({ mismatches }) => mismatches.length === 0)

function keepVariables(
  compared: readonly Comparison[],
  found: Mismatch[],
  { kind }: Narrowing,
  facts: DenialFacts,
): readonly Comparison[] {
  const { input, declarations, showValues } = facts
  const isDropping = isTruthy(declarations.allow_environment_variable_dropping)
  const keptFor = ({ candidate }: Comparison): readonly string[] => acceptedVariables(candidate.env_rules, input.envList)
  let together: readonly string[] | undefined
  if (isDropping) {
    const largest = largestOf(fitting(compared).map((one) => ({ from: one, kept: keptFor(one), size: keptFor(one).length })))
    together = largest[0]?.kept
    const other = largest.find(({ kept }) => !sameJson(kept, together))
    if (largest[0] !== undefined && other !== undefined) {
      found.push(undecided('env_rules', 'would keep different variables', [largest[0].from, other.from], facts, kind))
    }
  }
  return compared.map((one) => {
    const kept = isDropping ? (one.mismatches.length === 0 ? (together ?? keptFor(one)) : keptFor(one)) : input.envList
    return { ...one, mismatches: [...one.mismatches, ...envMismatches(one.candidate.env_rules, kept, { showValues })] }
  })
}

function keepCapabilities(
  compared: readonly Comparison[],
  privileged: JsonValue | undefined,
  found: Mismatch[],
  facts: DenialFacts,
): readonly Comparison[] {
  const { input, declarations } = facts
  const data = (name: string): JsonValue | undefined => facts.data(name)
  const isDropping = isTruthy(declarations.allow_capability_dropping)
  const declaredBy = ({ candidate }: Comparison): JsonObject | undefined => declaredCapabilities(candidate, privileged, data)
  const keptFor = (one: Comparison): JsonObject => sharedCapabilities(declaredBy(one) ?? {}, input.capabilities)
  let together: JsonObject | undefined
  if (isDropping) {
    const largest = largestOf(fitting(compared).map((one) => ({ from: one, kept: keptFor(one), size: sizeOf(keptFor(one)) })))
    together = largest[0]?.kept
    const other = largest.find(({ kept }) => !sameJson(kept, together))
    if (largest[0] !== undefined && other !== undefined) {
      found.push(
        undecided('capabilities', 'would keep different capabilities', [largest[0].from, other.from], facts, 'container'),
      )
    }
  }
  return compared.map((one) => {
    const kept = isDropping ? (one.mismatches.length === 0 ? (together ?? keptFor(one)) : keptFor(one)) : input.capabilities
    // The defaults follow privilege, so that nothing new is said where that is what differs.
    if (one.candidate.capabilities === null && one.mismatches.some(({ field }) => field === 'allow_elevated')) return one
    return { ...one, mismatches: [...one.mismatches, ...capabilityMismatches(declaredBy(one), kept)] }
  })
}

function largestOf<Kept extends { readonly size: number }>(all: readonly Kept[]): readonly Kept[] {
  const size = all.reduce((most, one) => Math.max(most, one.size), 0)
  return all.filter((one) => one.size === size)
}

function sizeOf(sets: JsonObject): number {
  return CAPABILITY_KINDS.reduce((sum, kind) => sum + (listOf(sets[kind])?.length ?? 0), 0)
}

function stdioFaults(left: readonly Comparison[], facts: DenialFacts, kind: Narrowing['kind']): readonly Mismatch[] {
  const [first] = left
  if (first === undefined) return []
  const access = first.candidate.allow_stdio_access
  if (access === undefined) return [mismatch('allow_stdio_access', 'not declared, so nothing can be allowed')]
  const other = left.find(({ candidate }) => !sameJson(candidate.allow_stdio_access, access))
  return other === undefined ? [] : [undecided('allow_stdio_access', 'differ in it', [first, other], facts, kind)]
}

function undecided(
  field: string,
  how: string,
  [one, other]: readonly [Comparison, Comparison],
  facts: DenialFacts,
  kind: Narrowing['kind'],
): Mismatch {
  const places = [one, other].map(({ candidate }) => placeOf(kind, candidate, facts))
  return mismatch(field, `${places.join(' and ')} both fit and ${how}, so the request cannot be decided`)
}
