/**
 * Plans written by hand, briefly: operands are a number (a local), a string or a boolean; strings find their own indexes;
 * every statement gets a row of its own, in the order in which they are written down.
 *
 * @example buildPlan({ plans: { p: [[stmt('MakeNullStmt', { target: 2 }), result(2)]] } })
 */
import type { IrBlock, IrFunc, IrOperand, IrPolicy, IrStmt, IrStmtKind } from '../../src/ir/plan.js'
import { type FieldRole, STATEMENTS } from '../../src/ir/statements.js'

export interface Draft {
  readonly type: IrStmtKind
  readonly fields: Readonly<Record<string, unknown>>
}

export interface PlanDraft {
  /** Blocks of each entrypoint. */
  readonly plans: Readonly<Record<string, readonly (readonly Draft[])[]>>
  readonly funcs?: readonly {
    readonly name: string
    /** Locals of the arguments; those of input and data come first by themselves. */
    readonly args?: readonly number[]
    readonly return: number
    readonly blocks: readonly (readonly Draft[])[]
    readonly path?: readonly string[]
  }[]
}

export const FILE = 'plän.rego'

export function stmt(type: IrStmtKind, fields: Readonly<Record<string, unknown>> = {}): Draft {
  return { type, fields }
}

/** The statements that end the plan of an entrypoint; uses locals from 9000 on. */
export function result(value: unknown): Draft {
  return stmt('BlockStmt', {
    blocks: [
      [
        stmt('MakeObjectStmt', { target: 9000 }),
        stmt('ObjectInsertStmt', { key: 'result', value, object: 9000 }),
        stmt('ResultSetAddStmt', { value: 9000 }),
      ],
    ],
  })
}

export function buildPlan(draft: PlanDraft): IrPolicy {
  const strings = new Map<string, number>()
  const builtins = new Set<string>()
  let row = 0

  const stringIndex = (text: string): number => {
    const known = strings.get(text)
    if (known !== undefined) return known
    strings.set(text, strings.size)
    return strings.size - 1
  }
  const operand = (value: unknown): IrOperand => {
    if (typeof value === 'number') return { type: 'local', value }
    if (typeof value === 'boolean') return { type: 'bool', value }
    return { type: 'string_index', value: stringIndex(String(value)) }
  }
  const field = (role: FieldRole, value: unknown): unknown => {
    switch (role) {
      case 'operand':
        return operand(value)
      case 'operands':
        return (value as readonly unknown[]).map(operand)
      case 'string':
        return stringIndex(String(value))
      case 'strings':
        return value === null ? null : (value as readonly string[]).map(stringIndex)
      case 'block':
        return block(value as readonly Draft[])
      case 'blocks':
        return value === null ? null : (value as readonly (readonly Draft[])[]).map(block)
      default:
        return value
    }
  }
  const statement = ({ type, fields }: Draft): IrStmt => {
    const place = { file: 0, row: ++row, col: 1 }
    const roles: Readonly<Record<string, FieldRole>> = STATEMENTS[type].fields
    const built = Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, field(role, fields[name])]))
    if (type === 'CallStmt') builtins.add(String(fields['func']))
    return { type, stmt: { ...built, ...place } } as IrStmt
  }
  const block = (drafts: readonly Draft[]): IrBlock => ({ stmts: drafts.map(statement) })

  const plans = Object.entries(draft.plans).map(([name, blocks]) => ({ name, blocks: blocks.map(block) }))
  const funcs = (draft.funcs ?? []).map(({ name, args, return: returned, blocks, path }): IrFunc => ({
    name,
    params: [0, 1, ...(args ?? [])],
    return: returned,
    blocks: blocks.map(block),
    path: path ?? name.split('.'),
  }))
  const called = [...builtins].filter((name) => !funcs.some((func) => func.name === name))
  return {
    static: {
      strings: [...strings.keys()].map((value) => ({ value })),
      builtin_funcs: called.map((name) => ({ name, decl: { type: 'function' } })),
      files: [{ value: FILE }],
    },
    plans: { plans },
    funcs: { funcs },
  }
}
