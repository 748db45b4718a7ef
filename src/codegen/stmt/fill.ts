/**
 * Statements that put another entry into a collection under construction.
 */
import type { IrLocal, IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'

export function emitArrayAppend(stmt: IrStmtOf<'ArrayAppendStmt'>, out: FunctionEmitter): Flow {
  return fill(stmt.stmt.array, [stmt.stmt.value], out, () => out.runtime('rt_array_append'))
}

export function emitSetAdd(stmt: IrStmtOf<'SetAddStmt'>, out: FunctionEmitter): Flow {
  return fill(stmt.stmt.set, [stmt.stmt.value], out, () => out.runtime('rt_set_add'))
}

export function emitObjectInsert(stmt: IrStmtOf<'ObjectInsertStmt'>, out: FunctionEmitter): Flow {
  return fill(stmt.stmt.object, [stmt.stmt.key, stmt.stmt.value], out, () => out.runtime('rt_object_insert'))
}

/** A second value for a key is a conflict, unless it is the same. */
export function emitObjectInsertOnce(stmt: IrStmtOf<'ObjectInsertOnceStmt'>, out: FunctionEmitter): Flow {
  return fill(stmt.stmt.object, [stmt.stmt.key, stmt.stmt.value], out, () => {
    out.code.i32Const(out.program.messageAddress(stmt.stmt, 'object insert conflict'))
    out.code.call(out.program.helpers.index('insertOnce'))
  })
}

function fill(collection: IrLocal, parts: readonly IrOperand[], out: FunctionEmitter, insert: () => void): Flow {
  if (out.requireLocal(collection) === 'left' || out.require(...parts) === 'left') return 'left'
  if (!out.facts.isOnlyMade(out.slot(collection))) {
    // It may have come from elsewhere, and constants are never written to.
    out.pushLocal(collection)
    out.code.call(out.program.helpers.index('own'))
    out.setLocal(collection)
    out.knowledge.overwriteDefined(out.slot(collection))
  }
  out.pushLocal(collection)
  for (const part of parts) out.push(part)
  insert()
  return 'next'
}
