/**
 * Statements that give a local a value: made on the spot, copied, or taken away.
 */
import type { IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { leaveFinishedScan } from './early-exit.js'

type MakeStmt =
  | IrStmtOf<'AssignIntStmt'>
  | IrStmtOf<'MakeArrayStmt'>
  | IrStmtOf<'MakeConstantStmt'>
  | IrStmtOf<'MakeNullStmt'>
  | IrStmtOf<'MakeNumberIntStmt'>
  | IrStmtOf<'MakeNumberRefStmt'>
  | IrStmtOf<'MakeObjectStmt'>
  | IrStmtOf<'MakeSetStmt'>

/** A constant where it is one; else an empty collection that later statements fill. */
export function emitMake(stmt: MakeStmt, out: FunctionEmitter): void {
  const constant = out.oracle.made(stmt)
  if (constant !== undefined) return out.setConstant(stmt.stmt.target, constant)
  switch (stmt.type) {
    case 'MakeArrayStmt':
      out.code.i32Const(Math.min(Math.max(stmt.stmt.capacity, 0), MAX_CAPACITY))
      out.runtime('rt_array_new')
      break
    case 'MakeObjectStmt':
      out.runtime('rt_object_new')
      break
    case 'MakeSetStmt':
      out.runtime('rt_set_new')
      break
    default:
      throw new Error(`${stmt.type} always makes a constant`)
  }
  out.setLocal(stmt.stmt.target)
}

/** A plan's capacity is a hint; it must not make the module ask for gigabytes. */
const MAX_CAPACITY = 1 << 16

/** Copies, also what is undefined. */
export function emitAssign(stmt: IrStmtOf<'AssignVarStmt'>, out: FunctionEmitter): Flow {
  const { source, target } = stmt.stmt
  copy(source, target, out)
  return out.constantOf(source) === undefined ? 'next' : leaveFinishedScan(target, out)
}

/** Copies, unless the target has a value already; then that has to be the same one. */
export function emitAssignOnce(stmt: IrStmtOf<'AssignVarOnceStmt'>, out: FunctionEmitter): Flow {
  const { source, target } = stmt.stmt
  const slot = out.slot(target)
  if (out.knowledge.isUndefined(slot)) copy(source, target, out)
  else {
    out.pushLocal(target)
    out.push(source)
    out.code.i32Const(out.program.messageAddress(stmt.stmt, 'var assignment conflict'))
    out.code.call(out.program.helpers.index('assignOnce'))
    out.setLocal(target)
  }
  return out.constantOf(source) === undefined ? 'next' : leaveFinishedScan(target, out)
}

/** Makes a local undefined. */
export function emitReset(stmt: IrStmtOf<'ResetLocalStmt'>, out: FunctionEmitter): void {
  const slot = out.slot(stmt.stmt.target)
  if (out.placeOf(slot) === undefined || (out.knowledge.isUndefined(slot) && !out.hasSharedPlace(slot))) return
  out.code.i32Const(0)
  out.setLocal(stmt.stmt.target)
}

function copy(source: IrOperand, target: number, out: FunctionEmitter): void {
  const constant = out.constantOf(source)
  if (constant !== undefined) return out.setConstant(target, constant)
  if (out.placeOf(out.slot(target)) === undefined) return
  out.push(source)
  out.setLocal(target)
}
