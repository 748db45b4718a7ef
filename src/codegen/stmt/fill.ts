/**
 * Statements that put another entry into a collection under construction.
 */
import { OP } from '../../encoding/opcode.js'
import type { IrLocal, IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import type { Maker } from '../facts.js'
import { TYPE_ID } from '../layout.js'

export function emitArrayAppend(stmt: IrStmtOf<'ArrayAppendStmt'>, out: FunctionEmitter): Flow {
  return fill('MakeArrayStmt', stmt.stmt.array, [stmt.stmt.value], out, () => out.runtime('rt_array_append'))
}

export function emitSetAdd(stmt: IrStmtOf<'SetAddStmt'>, out: FunctionEmitter): Flow {
  return fill('MakeSetStmt', stmt.stmt.set, [stmt.stmt.value], out, () => out.runtime('rt_set_add'))
}

export function emitObjectInsert(stmt: IrStmtOf<'ObjectInsertStmt'>, out: FunctionEmitter): Flow {
  return fill('MakeObjectStmt', stmt.stmt.object, [stmt.stmt.key, stmt.stmt.value], out, () => out.runtime('rt_object_insert'))
}

/** A second value for a key is a conflict, unless it is the same. */
export function emitObjectInsertOnce(stmt: IrStmtOf<'ObjectInsertOnceStmt'>, out: FunctionEmitter): Flow {
  return fill('MakeObjectStmt', stmt.stmt.object, [stmt.stmt.key, stmt.stmt.value], out, () => {
    out.code.i32Const(out.program.messageAddress(stmt.stmt, 'object insert conflict'))
    out.code.call(out.program.helpers.index('insertOnce'))
  })
}

const TYPE_OF_MAKER = { MakeArrayStmt: TYPE_ID.array, MakeObjectStmt: TYPE_ID.object, MakeSetStmt: TYPE_ID.set } as const

function fill(maker: Maker, collection: IrLocal, parts: readonly IrOperand[], out: FunctionEmitter, insert: () => void): Flow {
  if (out.requireLocal(collection) === 'left' || out.require(...parts) === 'left') return 'left'
  const slot = out.slot(collection)
  if (!out.facts.isOnlyMade(slot, maker)) {
    // It may have come from elsewhere: then it may be of another type, and constants are never written to.
    out.pushLocal(collection)
    out.code.memory(OP.i32Load8U, 0, 0)
    out.code.i32Const(TYPE_OF_MAKER[maker])
    out.code.op(OP.i32Ne)
    out.breakIf()
    out.pushLocal(collection)
    out.code.call(out.program.helpers.index('own'))
    out.setLocal(collection)
    out.knowledge.overwriteDefined(slot)
  }
  out.pushLocal(collection)
  for (const part of parts) out.push(part)
  insert()
  return 'next'
}
