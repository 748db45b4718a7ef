/**
 * The emitter of each kind of statement.
 */
import type { IrStmt, IrStmtKind, IrStmtOf } from '../../ir/plan.js'
import type { Flow, FunctionEmitter } from '../emitter.js'
import { PlanError } from '../plan-error.js'
import { emitAssign, emitAssignOnce, emitMake, emitReset } from './assign.js'
import { emitBlocks, emitBreak, emitNot } from './block.js'
import { emitCall } from './call.js'
import { emitCallDynamic } from './call-dynamic.js'
import { emitArrayAppend, emitObjectInsert, emitObjectInsertOnce, emitSetAdd } from './fill.js'
import { emitDot, emitLength, emitMerge } from './look-up.js'
import { emitResultSetAdd, emitReturn } from './result.js'
import { emitScan } from './scan.js'
import { emitEqual, emitIsDefined, emitIsType, emitIsUndefined, emitNotEqual } from './test.js'
import { emitWith } from './with.js'

/** Generates a statement. Emitters that only ever go on to the next statement may say nothing. */
export type StmtEmitter<Kind extends IrStmtKind> = (stmt: IrStmtOf<Kind>, out: FunctionEmitter) => Flow | void

const EMITTERS: { readonly [Kind in IrStmtKind]: StmtEmitter<Kind> } = {
  ArrayAppendStmt: emitArrayAppend,
  AssignIntStmt: emitMake,
  AssignVarStmt: emitAssign,
  AssignVarOnceStmt: emitAssignOnce,
  BlockStmt: emitBlocks,
  BreakStmt: emitBreak,
  CallStmt: emitCall,
  CallDynamicStmt: emitCallDynamic,
  DotStmt: emitDot,
  EqualStmt: emitEqual,
  IsArrayStmt: emitIsType,
  IsDefinedStmt: emitIsDefined,
  IsObjectStmt: emitIsType,
  IsSetStmt: emitIsType,
  IsUndefinedStmt: emitIsUndefined,
  LenStmt: emitLength,
  MakeArrayStmt: emitMake,
  MakeConstantStmt: emitMake,
  MakeNullStmt: emitMake,
  MakeNumberIntStmt: emitMake,
  MakeNumberRefStmt: emitMake,
  MakeObjectStmt: emitMake,
  MakeSetStmt: emitMake,
  NopStmt: () => 'next',
  NotEqualStmt: emitNotEqual,
  NotStmt: emitNot,
  ObjectInsertStmt: emitObjectInsert,
  ObjectInsertOnceStmt: emitObjectInsertOnce,
  ObjectMergeStmt: emitMerge,
  ResetLocalStmt: emitReset,
  ResultSetAddStmt: emitResultSetAdd,
  ReturnLocalStmt: emitReturn,
  ScanStmt: emitScan,
  SetAddStmt: emitSetAdd,
  WithStmt: emitWith,
}

/** Generates any statement; says whether control ever reaches the next one. */
export function emitStatement<Kind extends IrStmtKind>(stmt: IrStmtOf<Kind> & IrStmt, out: FunctionEmitter): Flow {
  const emit = EMITTERS[stmt.type as Kind] as StmtEmitter<Kind> | undefined
  if (emit === undefined) throw new PlanError(`unknown statement \`${String(stmt.type)}\``, stmt.stmt)
  return emit(stmt, out) ?? 'next'
}
