/**
 * Statements that break or do not, and do nothing else.
 */
import { OP } from '../../encoding/opcode.js'
import type { IrOperand, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { FALSE_HEAD, TRUE_HEAD, TYPE_ID } from '../layout.js'

/** Breaks unless both are equal. */
export function emitEqual(stmt: IrStmtOf<'EqualStmt'>, out: FunctionEmitter): Flow {
  return compare(stmt.stmt.a, stmt.stmt.b, true, out)
}

/** Breaks unless both are different. */
export function emitNotEqual(stmt: IrStmtOf<'NotEqualStmt'>, out: FunctionEmitter): Flow {
  return compare(stmt.stmt.a, stmt.stmt.b, false, out)
}

const TYPE_OF_TEST = { IsArrayStmt: TYPE_ID.array, IsObjectStmt: TYPE_ID.object, IsSetStmt: TYPE_ID.set } as const

/** Breaks unless the value has the type. */
export function emitIsType(
  stmt: IrStmtOf<'IsArrayStmt'> | IrStmtOf<'IsObjectStmt'> | IrStmtOf<'IsSetStmt'>,
  out: FunctionEmitter,
): void {
  // Undefined is address 0, where no type id lies.
  out.push(stmt.stmt.source)
  out.code.memory(OP.i32Load8U, 0, 0)
  out.code.i32Const(TYPE_OF_TEST[stmt.type])
  out.code.op(OP.i32Ne)
  out.breakIf()
}

export function emitIsDefined(stmt: IrStmtOf<'IsDefinedStmt'>, out: FunctionEmitter): Flow {
  return out.requireLocal(stmt.stmt.source)
}

export function emitIsUndefined(stmt: IrStmtOf<'IsUndefinedStmt'>, out: FunctionEmitter): Flow {
  const slot = out.slot(stmt.stmt.source)
  if (out.knowledge.isUndefined(slot)) return 'next'
  if (out.knowledge.isDefined(slot)) return out.breakAlways()
  out.pushLocal(stmt.stmt.source)
  out.breakIf()
  return 'next'
}

function compare(a: IrOperand, b: IrOperand, wanted: boolean, out: FunctionEmitter): Flow {
  const left = out.constantOf(a)
  const right = out.constantOf(b)
  if (left !== undefined && right !== undefined)
    return (out.program.pool.compare(left, right) === 0) === wanted ? 'next' : out.breakAlways()
  if (out.require(a, b) === 'left') return 'left'
  const head = headOf(left, out) ?? headOf(right, out)
  if (head === undefined) {
    out.push(a)
    out.push(b)
    out.runtime('rt_equal')
    if (wanted) out.code.op(OP.i32Eqz)
  } else {
    out.push(left === undefined ? a : b)
    out.code.memory(OP.i32Load16U, 0, 0)
    out.code.i32Const(head)
    out.code.op(wanted ? OP.i32Ne : OP.i32Eq)
  }
  out.breakIf()
  return 'next'
}

/** The first two bytes of a constant that they alone tell from everything else. */
function headOf(constant: number | undefined, out: FunctionEmitter): number | undefined {
  if (constant === undefined) return undefined
  const { pool } = out.program
  return constant === pool.true ? TRUE_HEAD : constant === pool.false ? FALSE_HEAD : undefined
}
