/**
 * The explanation of a denial: what was asked against what the policy declares, in the author's own terms.
 *
 * An explanation is drawn after the fact and decides nothing. Values of environment variables are masked in it, unless the
 * enforcer was told to show them.
 */
import type { JsonValue } from '../json-value.js'

/** One difference between a request and what the policy declares. */
export interface Mismatch {
  /** The field of the policy's object, or of the request where the policy has none: `command[2]`, `mounts[0].source`. */
  readonly field: string
  /** One line: `command[2]: expected "--port=80", got "--port=8080"`. */
  readonly text: string
  /** What the policy declares; absent where that is not one value. */
  readonly expected?: JsonValue
  /** What was asked for; absent where nothing was. */
  readonly actual?: JsonValue
}

export type CandidateKind = 'container' | 'external process' | 'fragment' | 'trust list'

/** The declared object that a request came closest to. */
export interface NearestCandidate {
  readonly kind: CandidateKind
  /** Its place in the policy, `containers[1]`, or in a loaded fragment: `containers[0] of fragment "feed"`. */
  readonly where: string
  /** What the author calls it: its `name`, else its `id`. */
  readonly name: string | undefined
  /** How the request differs from it. Empty where it fits, and something else is at fault. */
  readonly mismatches: readonly Mismatch[]
}

/** Why a request was refused, as far as it can be told from what the policy declares. */
export interface Explanation {
  /** What is wrong whichever object the request was meant for: a used container ID, a busy path, a flag that is not set. */
  readonly faults: readonly Mismatch[]
  /** How many declared objects the request was compared with. */
  readonly candidates: number
  readonly nearest: NearestCandidate | undefined
  /** All of it as lines for a log; at least one. */
  readonly lines: readonly string[]
}

/** What the explainer of an enforcement point found out. */
export interface Findings {
  readonly faults?: readonly Mismatch[]
  readonly candidates?: number
  readonly nearest?: NearestCandidate | undefined
}

/**
 * Gives a denial's reason an explanation that is drawn when it is first looked at. It is not among the members that are
 * listed, so that nobody pays for it by copying or printing a decision.
 */
export function withExplanation<Reason extends object>(
  reason: Reason,
  explain: () => Explanation,
): Reason & { readonly explanation: Explanation } {
  let explanation: Explanation | undefined
  const get = (): Explanation => (explanation ??= explain())
  return Object.defineProperty(reason, 'explanation', { enumerable: false, get }) as Reason & {
    readonly explanation: Explanation
  }
}

/** `field: expected …, got …`; what is undefined was not there. */
export function differs(field: string, expected: JsonValue | undefined, actual: JsonValue | undefined): Mismatch {
  return {
    ...mismatch(field, `expected ${show(expected)}, got ${show(actual)}`),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  }
}

/** A difference that has other words. */
export function mismatch(field: string, words: string): Mismatch {
  return { field, text: `${field}: ${words}` }
}

/** A field without which nothing matches. */
export function missingField(field: string): Mismatch {
  return mismatch(field, 'not declared as it has to be, so nothing matches')
}

/** How much of a value is shown. */
const SHOWN = 200

/** A value as JSON, cut where it gets long. */
export function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`
}

/** How many differences of one kind are listed. */
const LISTED = 20

/** The first ones, and how many more there are. */
export function listed(field: string, mismatches: readonly Mismatch[]): readonly Mismatch[] {
  if (mismatches.length <= LISTED) return mismatches
  return [...mismatches.slice(0, LISTED), mismatch(field, `and ${mismatches.length - LISTED} more differences`)]
}

/** The explanation that findings make; `message` stands in where there are none. */
export function explanationOf(findings: Findings, message: string): Explanation {
  const { faults = [], candidates = 0, nearest } = findings
  const lines = faults.map(({ text }) => text)
  if (nearest !== undefined) lines.push(...linesOf(nearest, candidates, faults.length === 0))
  return { faults, candidates, nearest, lines: lines.length === 0 ? [message] : lines }
}

function linesOf(
  { kind, where, name, mismatches }: NearestCandidate,
  candidates: number,
  isOnlyHope: boolean,
): readonly string[] {
  const called = name === undefined ? where : `${where} (${name})`
  if (mismatches.length === 0) return isOnlyHope ? [`${called} fits; the policy decides by rules of its own`] : []
  const head =
    candidates === 1 ? `the only ${kind} that it could be is ${called}` : `nearest of ${candidates} candidates: ${called}`
  return [head, ...mismatches.map(({ text }) => `  ${text}`)]
}
