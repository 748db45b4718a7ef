/**
 * What a statement reads, writes and holds, told from the table of statements.
 */
import type { IrBlock, IrLocal, IrOperand, IrStmt } from './plan.js'
import type { RegoValue } from '../value/value.js'
import { type FieldRole, STATEMENTS, STATEMENT_KINDS } from './statements.js'

/** How deep blocks may be nested within each other: those who walk plans recurse. */
export const MAX_BLOCK_NESTING = 1000

/** How a statement touches a local. */
export type Access = 'read' | 'write' | 'write-once' | 'fill' | 'replace'

type FieldValue = IrOperand | number | string | IrBlock | readonly (IrOperand | number | IrBlock)[] | RegoValue | null | undefined
type FieldValues = Readonly<Record<string, FieldValue>>

interface Field {
  readonly name: string
  readonly role: FieldRole
}

/** The fields of each kind, as lists. */
const FIELDS: Readonly<Record<string, readonly Field[]>> = Object.fromEntries(
  STATEMENT_KINDS.map((kind) => [kind, Object.entries(STATEMENTS[kind].fields).map(([name, role]): Field => ({ name, role }))]),
)

const WRITE_ROLES: readonly FieldRole[] = ['write', 'write-once', 'fill', 'replace']
const LOCAL_ROLES: readonly FieldRole[] = ['operand', 'operands', 'read', 'reads', ...WRITE_ROLES]

/** Those that hold locals. */
const LOCAL_FIELDS: typeof FIELDS = fieldsOfRoles(LOCAL_ROLES)

/** Names of those that hold locals whose values change. */
const WRITE_FIELDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(fieldsOfRoles(WRITE_ROLES)).map(([kind, fields]) => [kind, fields.map(({ name }) => name)]),
)

function fieldsOfRoles(roles: readonly FieldRole[]): typeof FIELDS {
  return Object.fromEntries(
    STATEMENT_KINDS.map((kind) => [kind, (FIELDS[kind] ?? []).filter(({ role }) => roles.includes(role))]),
  )
}

/** The statements of a block; plans of other compilers may say `null` for none. */
export function stmtsOf(block: IrBlock): readonly IrStmt[] {
  return block.stmts ?? []
}

/** The index into `static.strings` that a `MakeNumberRefStmt` names: OPA spells the field both ways. */
export function numberTextIndex(stmt: { readonly Index?: number; readonly index?: number }): number {
  return stmt.Index ?? stmt.index ?? 0
}

/** Calls `visit` for each local that the statement itself touches, blocks inside it not included. Unknown kinds have none. */
export function forEachAccess(stmt: IrStmt, visit: (local: IrLocal, access: Access) => void): void {
  const values: FieldValues = stmt.stmt as FieldValues & typeof stmt.stmt
  for (const { name, role } of LOCAL_FIELDS[stmt.type] ?? []) {
    const value = values[name]
    switch (role) {
      case 'operand':
        visitOperand(value as IrOperand, visit)
        break
      case 'operands':
        for (const one of (value as readonly IrOperand[] | null) ?? []) visitOperand(one, visit)
        break
      case 'read':
        visit(value as IrLocal, 'read')
        break
      case 'reads':
        for (const one of (value as readonly IrLocal[] | null) ?? []) visit(one, 'read')
        break
      case 'write':
      case 'write-once':
      case 'fill':
      case 'replace':
        visit(value as IrLocal, role)
        break
      default:
        break
    }
  }
}

/** Calls `visit` for each local whose value the statement itself sets or changes. */
export function forEachWrite(stmt: IrStmt, visit: (local: IrLocal) => void): void {
  const values: FieldValues = stmt.stmt as FieldValues & typeof stmt.stmt
  for (const name of WRITE_FIELDS[stmt.type] ?? []) visit(values[name] as IrLocal)
}

/** The blocks inside a statement, in order. */
export function blocksOf(stmt: IrStmt): readonly IrBlock[] {
  switch (stmt.type) {
    case 'BlockStmt':
      return stmt.stmt.blocks ?? []
    case 'NotStmt':
    case 'ScanStmt':
    case 'WithStmt':
      return [stmt.stmt.block]
    default:
      return []
  }
}

/** Every statement of the blocks and of the blocks inside them, outer ones first. Iterative: depth is no matter. */
export function* allStatements(blocks: readonly IrBlock[]): Generator<IrStmt, void, void> {
  const waiting = [...blocks].reverse()
  for (let block = waiting.pop(); block !== undefined; block = waiting.pop()) {
    for (const stmt of stmtsOf(block)) {
      yield stmt
      for (const inner of blocksOf(stmt)) waiting.push(inner)
    }
  }
}

/** The fields of a statement with what they hold. */
export function fieldsOf(stmt: IrStmt): readonly (readonly [role: FieldRole, value: FieldValue])[] {
  const values: FieldValues = stmt.stmt as FieldValues & typeof stmt.stmt
  return (FIELDS[stmt.type] ?? []).map(({ name, role }) => [role, values[name]] as const)
}

function visitOperand(operand: IrOperand, visit: (local: IrLocal, access: Access) => void): void {
  if (operand.type === 'local') visit(operand.value, 'read')
}
