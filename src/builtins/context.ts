/**
 * What a builtin function gets and gives: the evaluation it is called in, and how it fails.
 */
import type { RegoValue } from '../value/value.js'

/** What is fixed within one evaluation. */
export interface BuiltinContext {
  /** The time of the evaluation, in nanoseconds since 1970. */
  readonly nowNs: bigint
  /** Where random results come from; equal calls agree within one evaluation because they derive from it. */
  readonly seed: Uint8Array
  /** Environment variables that a policy may see. */
  readonly env: Readonly<Record<string, string>>
  /** Receives what `print` prints, one line a call. */
  readonly print?: (line: string) => void
  /**
   * Takes work out of what the evaluation may do, in the units of its budget, before it is done. Throws when there is not as
   * much left. Reading arguments and writing results is paid for already: this is for work that outgrows them.
   */
  readonly spend?: (units: number) => void
}

/** The part of it that long work needs. */
export type Budget = Pick<BuiltinContext, 'spend'>

/** A builtin of the language in TypeScript. An absent result is undefined in Rego. */
export type HostFunction = (context: BuiltinContext, ...args: RegoValue[]) => RegoValue | undefined

/** The functions of one family, by their names in the language. */
export type FunctionTable = Readonly<Record<string, HostFunction>>

/** `eval_type_error`: an operand of a wrong type. `eval_builtin_error`: any other failure. */
export type BuiltinErrorCode = 'eval_type_error' | 'eval_builtin_error'

/** The failure of a builtin: undefined in Rego, unless builtin errors are fatal. */
export class BuiltinError extends Error {
  override readonly name = 'BuiltinError'

  constructor(
    readonly code: BuiltinErrorCode,
    message: string,
  ) {
    super(message)
  }
}

/**
 * A limit of an implementation, not of the language: another implementation may well have a value. So it is never undefined:
 * it ends the evaluation, and compile time leaves the call to run time.
 */
export class BuiltinLimitError extends Error {
  override readonly name = 'BuiltinLimitError'
  readonly code = 'eval_budget_error'
}

/** The context of one evaluation: the given facts, the present time and a fresh seed for those that are not. */
export function createBuiltinContext(facts: Partial<BuiltinContext> = {}): BuiltinContext {
  let { seed } = facts
  return {
    nowNs: BigInt(Date.now()) * 1_000_000n,
    env: {},
    ...facts,
    // Few evaluations ask, and randomness takes longer than most builtins.
    get seed() {
      return (seed ??= crypto.getRandomValues(new Uint8Array(32)))
    },
  }
}

/** An operand has the right type but not a usable value. */
export function failure(message: string): BuiltinError {
  return new BuiltinError('eval_builtin_error', message)
}
