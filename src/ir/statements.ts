/**
 * One row for each kind of statement: what its fields are, and whether it may break.
 *
 * The walkers, the JSON schema and the checks all read this table; nobody else lists the kinds. The interpreter and the
 * code generator have a function for each kind instead, keyed by the same names.
 */
import type { IrStmtFields, IrStmtKind } from './plan.js'

/** What a field of a statement holds. */
export type FieldRole =
  /** An operand, read. */
  | 'operand'
  /** Operands, read; `null` stands for none. */
  | 'operands'
  /** A local, read. */
  | 'read'
  | 'reads'
  /** A local that gets a new value. */
  | 'write'
  /** A local that must not get a second, different value. */
  | 'write-once'
  /** A local whose value (an array, object or set under construction) gets another entry. */
  | 'fill'
  /** A local that has another value while the block of the statement runs, and its own again after it. */
  | 'replace'
  | 'block'
  /** Blocks; `null` stands for none. */
  | 'blocks'
  | 'integer'
  /** The name of a function. */
  | 'function'
  /** An index into `static.strings`. */
  | 'string'
  /** Indexes into `static.strings`; `null` stands for none. */
  | 'strings'
  /** How many blocks to leave. */
  | 'level'
  /** A value. */
  | 'constant'

export interface StatementRow<Kind extends IrStmtKind> {
  readonly fields: { readonly [Field in keyof IrStmtFields[Kind]]: FieldRole }
  /** Whether the statement itself may leave the block it stands in, besides what blocks inside it do. */
  readonly breaks: boolean
}

/** Every kind of statement. */
export const STATEMENTS: { readonly [Kind in IrStmtKind]: StatementRow<Kind> } = {
  ArrayAppendStmt: { fields: { value: 'operand', array: 'fill' }, breaks: true },
  AssignIntStmt: { fields: { value: 'integer', target: 'write' }, breaks: false },
  AssignVarStmt: { fields: { source: 'operand', target: 'write' }, breaks: false },
  AssignVarOnceStmt: { fields: { source: 'operand', target: 'write-once' }, breaks: false },
  BlockStmt: { fields: { blocks: 'blocks' }, breaks: false },
  BreakStmt: { fields: { index: 'level' }, breaks: true },
  CallStmt: { fields: { func: 'function', args: 'operands', result: 'write' }, breaks: true },
  CallDynamicStmt: { fields: { path: 'operands', args: 'reads', result: 'write' }, breaks: true },
  DotStmt: { fields: { source: 'operand', key: 'operand', target: 'write' }, breaks: true },
  EqualStmt: { fields: { a: 'operand', b: 'operand' }, breaks: true },
  IsArrayStmt: { fields: { source: 'operand' }, breaks: true },
  IsDefinedStmt: { fields: { source: 'read' }, breaks: true },
  IsObjectStmt: { fields: { source: 'operand' }, breaks: true },
  IsSetStmt: { fields: { source: 'operand' }, breaks: true },
  IsUndefinedStmt: { fields: { source: 'read' }, breaks: true },
  LenStmt: { fields: { source: 'operand', target: 'write' }, breaks: true },
  MakeArrayStmt: { fields: { capacity: 'integer', target: 'write' }, breaks: false },
  MakeConstantStmt: { fields: { value: 'constant', target: 'write' }, breaks: false },
  MakeNullStmt: { fields: { target: 'write' }, breaks: false },
  MakeNumberIntStmt: { fields: { value: 'integer', target: 'write' }, breaks: false },
  MakeNumberRefStmt: { fields: { Index: 'string', target: 'write' }, breaks: false },
  MakeObjectStmt: { fields: { target: 'write' }, breaks: false },
  MakeSetStmt: { fields: { target: 'write' }, breaks: false },
  NopStmt: { fields: {}, breaks: false },
  NotEqualStmt: { fields: { a: 'operand', b: 'operand' }, breaks: true },
  NotStmt: { fields: { block: 'block' }, breaks: true },
  ObjectInsertStmt: { fields: { key: 'operand', value: 'operand', object: 'fill' }, breaks: true },
  ObjectInsertOnceStmt: { fields: { key: 'operand', value: 'operand', object: 'fill' }, breaks: true },
  ObjectMergeStmt: { fields: { a: 'read', b: 'read', target: 'write' }, breaks: true },
  ResetLocalStmt: { fields: { target: 'write' }, breaks: false },
  ResultSetAddStmt: { fields: { value: 'read' }, breaks: true },
  ReturnLocalStmt: { fields: { source: 'read' }, breaks: true },
  ScanStmt: { fields: { source: 'read', key: 'write', value: 'write', block: 'block' }, breaks: false },
  SetAddStmt: { fields: { value: 'operand', set: 'fill' }, breaks: true },
  WithStmt: { fields: { local: 'replace', path: 'strings', value: 'operand', block: 'block' }, breaks: true },
}

/** Names of all kinds, in alphabetical order. */
export const STATEMENT_KINDS: readonly IrStmtKind[] = Object.keys(STATEMENTS) as IrStmtKind[]

/** Those of the published language. */
export const PUBLISHED_KINDS: readonly IrStmtKind[] = STATEMENT_KINDS.filter((kind) => kind !== 'MakeConstantStmt')
