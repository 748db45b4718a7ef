/**
 * Plans as they leave the compiler: ground values, of which ours have one statement each, are made step by step.
 *
 * A policy is mostly data. As long as nobody reads its plan, nobody needs the statements that would build them, nor the
 * time and memory that these take.
 */
import { partsOf } from '../value/parts.js'
import { RegoObject, type RegoValue, isArray } from '../value/value.js'
import type { IrBlock, IrLocal, IrLocation, IrOperand, IrPolicy, IrStmt, IrStmtFields, IrStmtKind } from './plan.js'
import { allStatements, forEachAccess, stmtsOf } from './walk.js'

/** How deep a ground value may be nested that is one statement. */
export const MAX_CONSTANT_DEPTH = 200

/** Whether a value has more than so many levels of collections. */
export function isNestedDeeper(value: RegoValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (!isArray(value) && value.kind === 'number') return false
  if (levels === 0) return true
  return partsOf(value).some((part) => isNestedDeeper(part, levels - 1))
}

/** The same plan in the published language. What has no constants in it stays the same object. */
export function publishPlan(policy: IrPolicy): IrPolicy {
  const publisher = new Publisher(policy.static.strings.map(({ value }) => value))
  const plans = policy.plans.plans.map((plan) => publisher.body(plan, [0, 1]))
  const funcs = policy.funcs.funcs.map((func) => publisher.body(func, [...func.params, func.return]))
  if (!publisher.hasPublished) return policy
  const strings = publisher.strings.map((value) => ({ value }))
  return { static: { ...policy.static, strings }, plans: { plans }, funcs: { funcs } }
}

class Publisher {
  readonly strings: string[]
  readonly #indexes: Map<string, number>
  hasPublished = false
  #nextLocal: IrLocal = 0

  constructor(strings: readonly string[]) {
    this.strings = [...strings]
    this.#indexes = new Map(strings.map((text, index) => [text, index]))
  }

  /** `taken` are locals that are in use besides those of the statements. */
  body<Body extends { readonly blocks: readonly IrBlock[] }>(body: Body, taken: readonly IrLocal[]): Body {
    let hasConstants = false
    let last = taken.reduce((most, local) => Math.max(most, local), 0)
    for (const stmt of allStatements(body.blocks)) {
      if (stmt.type === 'MakeConstantStmt') hasConstants = true
      forEachAccess(stmt, (local) => (last = Math.max(last, local)))
    }
    if (!hasConstants) return body
    this.hasPublished = true
    this.#nextLocal = last + 1
    return { ...body, blocks: body.blocks.map((block) => this.#block(block)) }
  }

  #block(block: IrBlock): IrBlock {
    const stmts: IrStmt[] = []
    for (const stmt of stmtsOf(block)) {
      if (stmt.type === 'MakeConstantStmt') new Maker(this, stmt.stmt, stmts).make(stmt.stmt.value, stmt.stmt.target)
      else stmts.push(this.#inside(stmt))
    }
    return { stmts }
  }

  #inside(stmt: IrStmt): IrStmt {
    switch (stmt.type) {
      case 'BlockStmt':
        return { ...stmt, stmt: { ...stmt.stmt, blocks: (stmt.stmt.blocks ?? []).map((block) => this.#block(block)) } }
      case 'NotStmt':
        return { ...stmt, stmt: { ...stmt.stmt, block: this.#block(stmt.stmt.block) } }
      case 'ScanStmt':
        return { ...stmt, stmt: { ...stmt.stmt, block: this.#block(stmt.stmt.block) } }
      case 'WithStmt':
        return { ...stmt, stmt: { ...stmt.stmt, block: this.#block(stmt.stmt.block) } }
      default:
        return stmt
    }
  }

  fresh(): IrLocal {
    return this.#nextLocal++
  }

  stringIndex(text: string): number {
    let index = this.#indexes.get(text)
    if (index === undefined) this.#indexes.set(text, (index = this.strings.push(text) - 1))
    return index
  }
}

/** The statements that make one value: each composite in a local of its own, not touched afterwards. */
class Maker {
  readonly #location: IrLocation
  /** Numbers made so far, by spelling. */
  readonly #numbers = new Map<string, IrOperand>()

  constructor(
    readonly publisher: Publisher,
    { file, row, col, end_row, end_col }: IrLocation,
    readonly stmts: IrStmt[],
  ) {
    const end = end_row === undefined || end_col === undefined ? {} : { end_row, end_col }
    this.#location = { file, row, col, ...end }
  }

  make(value: RegoValue, target: IrLocal): void {
    if (value === null) return this.#emit('MakeNullStmt', { target })
    if (typeof value !== 'object') return this.#emit('AssignVarStmt', { source: this.#operand(value), target })
    if (isArray(value)) {
      this.#emit('MakeArrayStmt', { capacity: value.length, target })
      for (const item of value) this.#emit('ArrayAppendStmt', { value: this.#operand(item), array: target })
    } else if (value.kind === 'number') {
      this.#number(value.text, target)
    } else if (value instanceof RegoObject) {
      this.#emit('MakeObjectStmt', { target })
      for (const [key, member] of value.entries)
        this.#emit('ObjectInsertStmt', { key: this.#operand(key), value: this.#operand(member), object: target })
    } else {
      this.#emit('MakeSetStmt', { target })
      for (const item of value.items) this.#emit('SetAddStmt', { value: this.#operand(item), set: target })
    }
  }

  #operand(value: RegoValue): IrOperand {
    if (typeof value === 'string') return { type: 'string_index', value: this.publisher.stringIndex(value) }
    if (typeof value === 'boolean') return { type: 'bool', value }
    if (value === null || isArray(value) || value.kind !== 'number') return this.#made(value)
    let number = this.#numbers.get(value.text)
    if (number === undefined) this.#numbers.set(value.text, (number = this.#made(value)))
    return number
  }

  #made(value: RegoValue): IrOperand {
    const target = this.publisher.fresh()
    this.make(value, target)
    return { type: 'local', value: target }
  }

  /** An integer that JSON's readers keep exact goes in as such; any other number keeps its spelling. */
  #number(spelling: string, target: IrLocal): void {
    const value = Number(spelling)
    if (Number.isSafeInteger(value) && String(value) === spelling) return this.#emit('MakeNumberIntStmt', { value, target })
    const index = this.publisher.stringIndex(spelling)
    this.#emit('MakeNumberRefStmt', { Index: index, index, target })
  }

  #emit<Kind extends IrStmtKind>(type: Kind, fields: IrStmtFields[Kind]): void {
    this.stmts.push({ type, stmt: { ...fields, ...this.#location } } as IrStmt)
  }
}
