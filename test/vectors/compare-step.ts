/**
 * Comparing what the enforcer did with what was recorded, by the rules of the vectors' README: numbers by value, lists in
 * order except where they are sets.
 */
import { compareValues } from '../../src/value/compare.js'
import { parseJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue, isArray } from '../../src/value/value.js'
import type { Decision } from '../../src/enforce/decision.js'
import type { VectorStep } from './vector-file.js'

/** Follows the recorded state: each step gives all of it, the difference, or nothing where it did not change. */
export class RecordedState {
  #tables: Map<string, RegoValue>

  constructor(initialText: string) {
    this.#tables = tablesOf(parseJson(initialText))
  }

  advance(step: VectorStep): void {
    if (step.metadataText !== undefined) this.#tables = tablesOf(parseJson(step.metadataText))
    if (step.metadataDeltaText === undefined) return
    const delta = parseJson(step.metadataDeltaText) as RegoObject
    for (const [name, entries] of (delta.get('set') as RegoObject).entries) {
      const before = this.#tables.get(name as string)
      const isTable = entries instanceof RegoObject
      const merged = isTable ? RegoObject.of([...(before instanceof RegoObject ? before.entries : []), ...entries.entries]) : entries
      this.#tables.set(name as string, merged)
    }
    for (const pair of delta.get('removed') as readonly RegoValue[]) {
      const [name, key] = pair as readonly [string, string]
      const before = this.#tables.get(name)
      if (before instanceof RegoObject) this.#tables.set(name, RegoObject.of(before.entries.filter(([one]) => one !== key)))
    }
  }

  /** Puts back what an earlier `capture` gave. */
  reset(captured: ReadonlyMap<string, RegoValue>): void {
    this.#tables = new Map(captured)
  }

  capture(): ReadonlyMap<string, RegoValue> {
    return new Map(this.#tables)
  }

  differsFrom(stateText: string): boolean {
    return compareValues(RegoObject.of(this.#tables), parseJson(stateText)) !== 0
  }
}

function tablesOf(value: RegoValue): Map<string, RegoValue> {
  return new Map((value as RegoObject).entries as readonly [string, RegoValue][])
}

/** What differs between a decision and its record; empty if nothing does. */
export function differences(step: VectorStep, decision: Decision): string[] {
  const found: string[] = []
  const outcome = outcomeOf(decision)
  if (outcome !== step.decision) found.push(`decision ${outcome}${decision.allowed ? '' : ` (${decision.reason.code}: ${decision.reason.message})`}, recorded ${step.decision}`)
  if (decision.allowed && step.callError !== undefined) found.push(`result document accepted, recorded: ${step.callError}`)
  if (step.decision === 'error') {
    const code = decision.allowed ? 'none' : decision.reason.code
    if (code !== step.errorKind) found.push(`error ${code}, recorded ${step.errorKind}`)
    return found
  }
  if (!sameDocument(decision.resultText, step.resultText, UNORDERED_RESULTS)) {
    found.push(`result ${decision.resultText}, recorded ${step.resultText}`)
  }
  if (step.decision === 'deny' && !decision.allowed) {
    if (!sameDocument(decision.reason.documentText ?? 'null', step.reasonText ?? 'null', UNORDERED_REASONS)) {
      found.push(`reason ${decision.reason.documentText}, recorded ${step.reasonText}`)
    }
    if (decision.reason.reasonFailure !== step.reasonErrorKind) {
      found.push(`reason error ${decision.reason.reasonFailure}, recorded ${step.reasonErrorKind}`)
    }
  }
  return found
}

/**
 * A request that the policy allowed, but whose result document the enforcer refuses, was allowed as far as the record goes:
 * what the caller made of the document is on record (`callError`) only where a caller was there.
 */
function outcomeOf(decision: Decision): 'allow' | 'deny' | 'error' {
  if (decision.allowed || decision.reason.code === 'result_document') return 'allow'
  return decision.reason.code === 'denied' ? 'deny' : 'error'
}

const UNORDERED_RESULTS = [['env_list'], ['caps_list', '*'], ['allowed_ledgers']]
const UNORDERED_REASONS = [['errors']]

function sameDocument(actual: string | undefined, recorded: string | undefined, unordered: readonly (readonly string[])[]): boolean {
  if (actual === undefined || recorded === undefined) return actual === recorded
  return compareValues(normalise(parseJson(actual), unordered), normalise(parseJson(recorded), unordered)) === 0
}

/** Sorts the lists at the given paths. */
function normalise(value: RegoValue, unordered: readonly (readonly string[])[]): RegoValue {
  if (isArray(value) && unordered.some((path) => path.length === 0)) return [...value].sort(compareValues)
  if (!(value instanceof RegoObject)) return value
  return RegoObject.of(
    value.entries.map(([key, member]) => {
      const below = unordered.filter(([first]) => first === '*' || first === key).map((path) => path.slice(1))
      return [key, below.length === 0 ? member : normalise(member, below)] as const
    }),
  )
}
