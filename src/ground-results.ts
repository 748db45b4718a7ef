/**
 * What a policy computes from itself alone, computed when compiling: builtins run here within limits, and what has to wait for
 * an evaluation, or takes too long, is left for it.
 */
import { type BuiltinContext, BuiltinError, BuiltinLimitError } from './builtins/context.js'
import { hostFunction, isPrepared } from './builtins/host.js'
import { isNumber } from './builtins/operand.js'
import { BUILTINS } from './builtins/table.js'
import type { IrPolicy } from './ir/plan.js'
import { type GroundResults, evaluateGroundFunctions } from './optimize/ground-functions.js'
import { type RegoValue, isArray } from './value/value.js'

interface GroundOptions {
  /** Builtins of the user's own, by name: they are not called. */
  readonly builtins?: Readonly<Record<string, unknown>>
  readonly strictBuiltinErrors?: boolean
}

/** The results of the functions of a plan that depend on nothing else. */
export function groundResults(plan: IrPolicy, options: GroundOptions): GroundResults {
  const context = new CompileTimeContext()
  return evaluateGroundFunctions(plan, {
    mayCall: (name) =>
      BUILTINS.get(name)?.nondeterministic === false &&
      options.builtins?.[name] === undefined &&
      !ACTING.has(name) &&
      isPrepared(name),
    callBuiltin: (name, args) => {
      try {
        args.forEach(context.spendOn)
        const result = hostFunction(name)?.(context, ...args)
        context.spendOn(result)
        return result
      } catch (error) {
        // Where errors are fatal they have to happen at run time, in their own place.
        if (error instanceof BuiltinError && options.strictBuiltinErrors !== true) return undefined
        throw error
      }
    },
  })
}

/** Nothing of an evaluation is known when compiling: a builtin that asks is left for run time, as is one that takes long. */
class CompileTimeContext implements BuiltinContext {
  #left = COMPILE_TIME_WORK

  get nowNs(): never {
    throw new Error('there is no time of evaluation yet')
  }

  get seed(): never {
    throw new Error('there is no randomness yet')
  }

  get env(): never {
    throw new Error('there is no environment yet')
  }

  readonly spend = (units: number): void => {
    this.#left -= units
    if (this.#left < 0) throw new BuiltinLimitError('too much work for compile time')
  }

  /** The work of reading or writing a value that a builtin takes or gives, at its surface. */
  readonly spendOn = (value: RegoValue | undefined): void => {
    if (typeof value === 'string') this.spend(1 + value.length / CHARACTERS_PER_UNIT)
    else if (isNumber(value)) this.spend(1 + (value.text.length + Math.abs(value.parts.exponent)) / CHARACTERS_PER_UNIT)
    else if (value !== undefined && isArray(value)) this.spend(1 + value.length)
    else this.spend(1)
  }
}

/** Units of work that all calls of builtins together may take when compiling; what needs more is left for run time. */
const COMPILE_TIME_WORK = 500_000
/** How many characters one unit of it is taken for. */
const CHARACTERS_PER_UNIT = 8

/** Builtins whose calls are more than their results. */
const ACTING: ReadonlySet<string> = new Set(['internal.print', 'print', 'trace'])
