/** Evaluations that end without an answer. */
import type { IrLocation } from '../plan.js'

export type PlanErrorCode =
  /** Two different values where only one may be: a rule, a function, a key of an object. */
  | 'eval_conflict_error'
  /** Calls and blocks nested beyond `MAX_DEPTH`. */
  | 'eval_depth_error'
  /** The plan is no well-made one: it names a function or plan that does not exist. */
  | 'eval_internal_error'

export class PlanEvalError extends Error {
  override readonly name = 'PlanEvalError'

  constructor(
    readonly code: PlanErrorCode,
    message: string,
    /** Where in the policy; `file` is its name. Absent where the statement has no place. */
    readonly location?: { readonly file: string } & Omit<IrLocation, 'file'>,
  ) {
    super(message)
  }
}
