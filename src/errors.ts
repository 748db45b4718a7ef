/**
 * The errors that compiling, loading and evaluating Rego throw. What a policy decides is never an error.
 */
import type { Diagnostic } from './diagnostics/diagnostic.js'

/** An option, or an argument, that is not what it must be: a mistake of the program, told before anything is done. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError'
  readonly code = 'wrong_option'

  constructor(
    /** Where the value is, as in `budget.work`. */
    readonly option: string,
    expected: string,
    found: unknown,
    /** What is wrong, where it is not the value. */
    problem = `must be ${expected}, not ${spell(found)}`,
  ) {
    super(`\`${option}\` ${problem}`)
  }
}

/** The texts, or a plan, do not compile. All that is wrong is told at once. */
export class RegoCompileError extends Error {
  override readonly name = 'RegoCompileError'
  readonly code = 'rego_compile_failed'

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(summary(diagnostics))
  }
}

/** Why a module cannot be loaded. */
export type RegoLoadErrorCode =
  /** The bytes are no policy module. */
  | 'load_invalid_module'
  /** The policy calls a builtin that nobody supplies. */
  | 'load_missing_builtin'

/** A policy module that cannot be used. */
export class RegoLoadError extends Error {
  override readonly name = 'RegoLoadError'

  constructor(
    readonly code: RegoLoadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export type RegoEvalErrorCode =
  /** A complete rule or function with two values, or an object with two values for a key. */
  | 'eval_conflict_error'
  /** A builtin got an operand of a wrong type; only where builtin errors are fatal. */
  | 'eval_type_error'
  /** A builtin failed otherwise; only where builtin errors are fatal. */
  | 'eval_builtin_error'
  /** More work, memory or depth than the budget, or the host, allows. */
  | 'eval_budget_error'
  /** The input, or new data, are not what they must be: no JSON, or no place where they are to go. */
  | 'eval_input_error'
  /** There is no such entrypoint. */
  | 'eval_entrypoint_error'
  /** Anything else; a host builtin that threw is the `cause`. */
  | 'eval_internal_error'

/** A place in a policy, rows and columns from 1. */
export interface EvalLocation {
  readonly file: string
  readonly row: number
  readonly col: number
}

/** An evaluation that ended without a result. The policy stays usable. */
export class RegoEvalError extends Error {
  override readonly name = 'RegoEvalError'
  readonly location: EvalLocation | undefined

  constructor(
    readonly code: RegoEvalErrorCode,
    message: string,
    details: { readonly location?: EvalLocation | undefined; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.location = details.location
  }
}

/** A value in few words. */
function spell(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value) ? 'an array' : 'an object'
}

/** At most so many lines; the rest is in `diagnostics`. */
const LINES = 10

function summary(diagnostics: readonly Diagnostic[]): string {
  const lines = diagnostics.slice(0, LINES).map(({ location, code, message }) => {
    const place = location === undefined ? '' : `${location.file}:${location.row}:${location.col}: `
    return `${place}${code}: ${message}`
  })
  if (diagnostics.length > LINES) lines.push(`and ${diagnostics.length - LINES} more`)
  return lines.join('\n')
}
