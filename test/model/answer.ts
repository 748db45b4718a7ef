/**
 * Shapes shared by the points: what a rule answers, and how a rule of a point is written down.
 */
import type { RegoObject, RegoValue } from '../../src/value/value.js'
import type { Question } from './question.js'
import { type Maybe, objectOf, withoutGaps } from './rego.js'

/** What a rule of the framework says: whether it allows, and if so, which operations and members come with that. */
export interface PointRule {
  readonly decide: (question: Question) => RegoObject
  /** Why a refused request was refused: texts, whichever apply, in any order and with repetitions. */
  readonly explain: (question: Question) => readonly string[]
  /** The declarations that a refusal shows; `null` for points that show none. */
  readonly show?: (question: Question) => RegoValue
}

export const REFUSED = objectOf({ allowed: false })

export function allowed(members: Readonly<Record<string, Maybe>> = {}, operations: readonly RegoValue[] = []): RegoObject {
  return withoutGaps({ allowed: true, ...members, metadata: operations.length === 0 ? undefined : operations })
}

/** The texts whose condition holds. */
export function texts(conditions: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(conditions).filter((text) => conditions[text])
}
