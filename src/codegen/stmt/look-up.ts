/**
 * Statements that ask something of a collection.
 */
import type { IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { breakUndefined } from './block.js'

/** The entry at a key; breaks if there is none. */
export function emitDot(stmt: IrStmtOf<'DotStmt'>, out: FunctionEmitter): Flow {
  const { source, key, target } = stmt.stmt
  const constantSource = out.constantOf(source)
  const constantKey = out.constantOf(key)
  if (constantSource !== undefined && constantKey !== undefined) {
    const found = out.oracle.lookUp(constantSource, constantKey)
    if (found === undefined) return breakUndefined(target, out)
    out.setConstant(target, found)
    return 'next'
  }
  if (out.require(source, key) === 'left') return 'left'
  out.push(source)
  out.push(key)
  out.runtime('rt_get')
  out.setLocalOrBreak(target)
  return 'next'
}

/** The number of elements; breaks for what has none. */
export function emitLength(stmt: IrStmtOf<'LenStmt'>, out: FunctionEmitter): Flow {
  if (out.require(stmt.stmt.source) === 'left') return 'left'
  out.push(stmt.stmt.source)
  out.runtime('rt_length')
  out.setLocalOrBreak(stmt.stmt.target)
  return 'next'
}

/** Both documents in one; where they differ and are not both objects, the first wins. */
export function emitMerge(stmt: IrStmtOf<'ObjectMergeStmt'>, out: FunctionEmitter): Flow {
  const { a, b, target } = stmt.stmt
  if (out.requireLocal(a) === 'left' || out.requireLocal(b) === 'left') return 'left'
  out.pushLocal(a)
  out.pushLocal(b)
  out.runtime('rt_object_merge')
  out.setLocal(target)
  return 'next'
}
