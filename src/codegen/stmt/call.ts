/**
 * Calls of functions and builtins by name.
 */
import type { IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { PlanError } from '../plan-error.js'
import { breakUndefined } from './block.js'

/** Calls print where they stand even where builtin errors do not matter. */
const PRINT = 'internal.print'

/** Breaks if the result is undefined. */
export function emitCall(stmt: IrStmtOf<'CallStmt'>, out: FunctionEmitter): Flow {
  const { func: name, result } = stmt.stmt
  const args = stmt.stmt.args ?? []
  const entry = out.program.function(name)
  if (entry === undefined) {
    if (requireAll(args, out) === 'left') return 'left'
    if (out.program.options.strictBuiltinErrors || name === PRINT) {
      out.code.i32Const(out.program.data.textAddress(out.program.placeOf(stmt.stmt)))
      out.code.globalSet(out.program.builder.global('rt_place'))
    }
    for (const arg of args) out.push(arg)
    out.code.call(out.program.builtinIndex(name, args.length, stmt.stmt))
    out.setLocalOrBreak(result)
    return 'next'
  }
  if (args.length !== entry.func.params.length)
    throw new PlanError(`\`${name}\` takes ${entry.func.params.length} arguments, but gets ${args.length}`, stmt.stmt)
  // Input and data may be undefined; an undefined argument makes the call undefined, whatever the function gives otherwise.
  if (requireAll(args.slice(2), out) === 'left') return 'left'
  if (entry.result === 'undefined') return breakUndefined(result, out)
  if (entry.result !== 'unknown') {
    out.setConstant(result, entry.result)
    return 'next'
  }
  for (const arg of args) out.push(arg)
  out.code.call(out.program.functionIndex(entry))
  out.setLocalOrBreak(result)
  return 'next'
}

/** One by one: there may be more arguments than a call of ours can spread. */
function requireAll(args: readonly IrOperand[], out: FunctionEmitter): Flow {
  for (const arg of args) if (out.require(arg) === 'left') return 'left'
  return 'next'
}
