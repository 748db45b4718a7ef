/**
 * The plan language: OPA's intermediate representation, exactly as its plan JSON has it.
 */
import type { RegoValue } from '../value/value.js'

/**
 * A plan: the JSON document itself, so that reading and writing plans is `JSON.parse` and `JSON.stringify`. Meaning of the
 * statements: see the table in `docs/ir.md`.
 */
export interface IrPolicy {
  readonly static: IrStatic
  readonly plans: { readonly plans: readonly IrPlan[] }
  readonly funcs: { readonly funcs: readonly IrFunc[] }
}

export interface IrStatic {
  readonly strings: readonly { readonly value: string }[]
  readonly builtin_funcs?: readonly IrBuiltinFunc[]
  readonly files: readonly { readonly value: string }[]
}

export interface IrBuiltinFunc {
  readonly name: string
  readonly decl: unknown
}

/** The blocks of one entrypoint. */
export interface IrPlan {
  readonly name: string
  readonly blocks: readonly IrBlock[]
}

export interface IrFunc {
  readonly name: string
  /** Locals; the first two are input and data. */
  readonly params: readonly IrLocal[]
  readonly return: IrLocal
  readonly blocks: readonly IrBlock[]
  readonly path?: readonly string[]
}

export interface IrBlock {
  readonly stmts: readonly IrStmt[]
}

/** A numbered slot; 0 is input and 1 is data. */
export type IrLocal = number

export type IrOperand =
  | { readonly type: 'local'; readonly value: IrLocal }
  | { readonly type: 'string_index'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }

/** Where a statement came from: an index into `static.files`, rows and columns from 1 (0 where there is no place). */
export interface IrLocation {
  readonly file: number
  readonly row: number
  readonly col: number
  readonly end_row?: number
  readonly end_col?: number
}

/** Fields of each kind of statement, without the location. */
export interface IrStmtFields {
  ArrayAppendStmt: { value: IrOperand; array: IrLocal }
  AssignIntStmt: { value: number; target: IrLocal }
  AssignVarStmt: { source: IrOperand; target: IrLocal }
  AssignVarOnceStmt: { source: IrOperand; target: IrLocal }
  BlockStmt: { blocks: readonly IrBlock[] | null }
  BreakStmt: { index: number }
  CallStmt: { func: string; args: readonly IrOperand[]; result: IrLocal }
  CallDynamicStmt: { path: readonly IrOperand[]; args: readonly IrLocal[]; result: IrLocal }
  DotStmt: { source: IrOperand; key: IrOperand; target: IrLocal }
  EqualStmt: { a: IrOperand; b: IrOperand }
  IsArrayStmt: { source: IrOperand }
  IsDefinedStmt: { source: IrLocal }
  IsObjectStmt: { source: IrOperand }
  IsSetStmt: { source: IrOperand }
  IsUndefinedStmt: { source: IrLocal }
  LenStmt: { source: IrOperand; target: IrLocal }
  MakeArrayStmt: { capacity: number; target: IrLocal }
  /** Not of the published language: how a plan has its ground values until it leaves the compiler. See `publish.ts`. */
  MakeConstantStmt: { value: RegoValue; target: IrLocal }
  MakeNullStmt: { target: IrLocal }
  MakeNumberIntStmt: { value: number; target: IrLocal }
  /** OPA spells the field both ways, and so do we: other readers know one or the other. */
  MakeNumberRefStmt: { Index: number; index?: number; target: IrLocal }
  MakeObjectStmt: { target: IrLocal }
  MakeSetStmt: { target: IrLocal }
  NopStmt: Record<never, never>
  NotEqualStmt: { a: IrOperand; b: IrOperand }
  NotStmt: { block: IrBlock }
  ObjectInsertStmt: { key: IrOperand; value: IrOperand; object: IrLocal }
  ObjectInsertOnceStmt: { key: IrOperand; value: IrOperand; object: IrLocal }
  ObjectMergeStmt: { a: IrLocal; b: IrLocal; target: IrLocal }
  ResetLocalStmt: { target: IrLocal }
  ResultSetAddStmt: { value: IrLocal }
  ReturnLocalStmt: { source: IrLocal }
  ScanStmt: { source: IrLocal; key: IrLocal; value: IrLocal; block: IrBlock }
  SetAddStmt: { value: IrOperand; set: IrLocal }
  WithStmt: { local: IrLocal; path: readonly number[] | null; value: IrOperand; block: IrBlock }
}

export type IrStmtKind = keyof IrStmtFields

/** One operation on locals. */
export type IrStmtOf<Kind extends IrStmtKind> = {
  readonly type: Kind
  readonly stmt: Readonly<IrStmtFields[Kind]> & IrLocation
}

export type IrStmt = { [Kind in IrStmtKind]: IrStmtOf<Kind> }[IrStmtKind]
