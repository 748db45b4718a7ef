/**
 * Evaluates plans by the book: slow, plain, and the same for plans of ours and of other compilers. Tests hold compiled
 * policies against it; tracing and coverage watch it work.
 */
import type { RegoValue } from '../../value/value.js'
import type { IrPolicy, IrStmt } from '../plan.js'
import { PlanEvalError } from './error.js'
import { type CallBuiltin, Locals, Machine, type Prepared } from './machine.js'
import { openBlocks } from './openings.js'
import { executeStatement } from './statements.js'

export interface EvaluateOptions {
  /** Undefined: there is no input. */
  readonly input: RegoValue | undefined
  /** Base documents. */
  readonly data: RegoValue
  readonly callBuiltin: CallBuiltin
  /** Called before each statement runs, with the slots of the call it belongs to. */
  readonly onStatement?: (stmt: IrStmt, locals: Locals) => void
}

/**
 * The result set of a plan: one object for each solution, in ascending order, each once.
 *
 * Errors: `PlanEvalError` for conflicts and for plans that are not well made; whatever a builtin throws.
 *
 * @example evaluatePlan(policy, 'policy/allow', { input, data, callBuiltin }) // [{ result: true }]
 */
export function evaluatePlan(policy: IrPolicy, planName: string, options: EvaluateOptions): readonly RegoValue[] {
  const plan = policy.plans.plans.find(({ name }) => name === planName)
  if (plan === undefined) throw new PlanEvalError('eval_internal_error', `there is no plan \`${planName}\``)
  const machine = new Machine(prepare(policy), options.callBuiltin, options.onStatement, executeStatement)
  const locals = new Locals(machine)
  locals.set(0, options.input)
  locals.set(1, options.data)
  machine.run(openBlocks(locals, plan.blocks ?? []))
  return machine.results.finish().items
}

const known = new WeakMap<IrPolicy, Prepared>()

function prepare(policy: IrPolicy): Prepared {
  let prepared = known.get(policy)
  if (prepared === undefined) {
    const functions = policy.funcs.funcs ?? []
    prepared = {
      policy,
      functions: new Map(functions.map((func) => [func.name, func])),
      functionsByPath: new Map(functions.map((func) => [JSON.stringify(func.path), func])),
    }
    known.set(policy, prepared)
  }
  return prepared
}
