/** Why a rule has no value, as its author would tell it: the expression that failed, and what was in it. */
import type { Location } from '../source/source.js'
import type { RegoValue } from '../value/value.js'

/** The expression at which the evaluation of a body ended that came furthest. */
export interface Failure {
  /** As written. */
  readonly expression: string
  readonly location: Location
  /** Variables in the expression and parts of it, in the order of the text. */
  readonly values: readonly ObservedValue[]
  /** What the builtin says that could not do its work, where that is why the expression is undefined. */
  readonly builtinError?: string
  /** Rules that the expression asked for and that have no value themselves, or the value `false`. */
  readonly causes: readonly FailedRule[]
}

export interface ObservedValue {
  /** `x`, `input.user`, `sum([1, 2])`. */
  readonly text: string
  readonly location: Location
  /** Absent where it is undefined. */
  readonly value: RegoValue | undefined
}

/** A rule without a value. */
export interface FailedRule {
  /** `data.policy.allow`. */
  readonly rule: string
  /** One for each body that was tried. */
  readonly failures: readonly Failure[]
}
