/**
 * Blocks, and the ways out of them.
 */
import type { IrLocal, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'

/** Runs its blocks in order, each to its end or to its first break. */
export function emitBlocks(stmt: IrStmtOf<'BlockStmt'>, out: FunctionEmitter): void {
  out.lists(stmt.stmt.blocks ?? [])
}

/** Leaves as many blocks as it says, and one more. */
export function emitBreak(stmt: IrStmtOf<'BreakStmt'>, out: FunctionEmitter): Flow {
  return out.leave(stmt.stmt.index, stmt.stmt)
}

/** Breaks exactly when its block does not. */
export function emitNot(stmt: IrStmtOf<'NotStmt'>, out: FunctionEmitter): void {
  out.list(stmt.stmt.block, { isFollowed: true }, () => out.leave(1, stmt.stmt))
}

/** Breaks because there is no value for a local; what it had before is gone, as it is where that shows at run time only. */
export function breakUndefined(local: IrLocal, out: FunctionEmitter): Flow {
  const slot = out.slot(local)
  if (!out.knowledge.isUndefined(slot) && out.placeOf(slot) !== undefined) {
    out.code.i32Const(0)
    out.setLocal(local)
  }
  return out.breakAlways()
}
