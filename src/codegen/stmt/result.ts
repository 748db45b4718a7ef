/**
 * What a function gives back, and what an entrypoint adds to its results.
 */
import type { IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { PlanError } from '../plan-error.js'

export function emitReturn(stmt: IrStmtOf<'ReturnLocalStmt'>, out: FunctionEmitter): Flow {
  out.pushLocal(stmt.stmt.source)
  return out.returnValue(stmt.stmt)
}

export function emitResultSetAdd(stmt: IrStmtOf<'ResultSetAddStmt'>, out: FunctionEmitter): Flow {
  const { context } = out.shape
  if (context === undefined) throw new PlanError('only an entrypoint may add results', stmt.stmt)
  if (out.requireLocal(stmt.stmt.value) === 'left') return 'left'
  out.code.localGet(context)
  out.runtime('rt_ctx_result')
  out.pushLocal(stmt.stmt.value)
  out.runtime('rt_set_add')
  return 'next'
}
