/**
 * Where the next statement goes: the blocks under construction of one plan or function.
 *
 * A scan opens a block that everything after it in the same body belongs to, so planning a body leaves the cursor as deep
 * inside as the body iterates; `block` brings it back. Blocks are told apart by their depth: the cursor is always in
 * exactly one block of each depth above its own.
 */
import type { IrBlock, IrLocal, IrLocation, IrOperand, IrStmt, IrStmtFields, IrStmtKind } from '../ir/plan.js'

/** How deep blocks may be nested in a plan: everyone who reads one walks it by recursion. */
export const MAX_NESTING = 300

/** A block being filled, within another. */
interface OpenBlock {
  readonly stmts: IrStmt[]
  readonly depth: number
  readonly parent: OpenBlock | undefined
  /** Constants and the like made in this block: what comes later in it, or inside it, may use them again. */
  constants: Map<unknown, IrOperand> | undefined
}

/** For statements that stand for no place in any text. */
export const NOWHERE: IrLocation = { file: 0, row: 0, col: 0, end_row: 0, end_col: 0 }

export class Cursor {
  /** Told of each statement, where somebody takes notes. */
  onEmit: ((stmt: IrStmt) => void) | undefined
  /** The place that statements are marked with. */
  location: IrLocation = NOWHERE
  #open: OpenBlock = { stmts: [], depth: -1, parent: undefined, constants: undefined }
  #nextLocal: IrLocal
  #deepest = 0
  #emitted = 0

  /** Locals below `firstLocal` are taken: input and data. */
  constructor(firstLocal = 2) {
    this.#nextLocal = firstLocal
  }

  /** A local that nothing else uses. */
  fresh(): IrLocal {
    return this.#nextLocal++
  }

  /** Depth of the block that the next statement goes to; the outermost blocks have 0. */
  get depth(): number {
    return this.#open.depth
  }

  /** How many blocks have been nested in each other at most. */
  get nesting(): number {
    return this.#deepest + 1
  }

  /** How many statements have been emitted so far. */
  get emitted(): number {
    return this.#emitted
  }

  emit<Kind extends IrStmtKind>(type: Kind, fields: IrStmtFields[Kind]): void {
    this.#emitted++
    // `{ ...fields, ...location }` would give each copy of some kinds a hidden class of its own in V8.
    const stmt = { type, stmt: Object.assign({}, fields, this.location) } as IrStmt
    this.#open.stmts.push(stmt)
    this.onEmit?.(stmt)
  }

  /** Builds a block of its own; whatever was opened inside is closed again. */
  block(build: () => void): IrBlock {
    const outside = this.#open
    const stmts: IrStmt[] = []
    this.#enter(stmts)
    build()
    this.#open = outside
    return { stmts }
  }

  /** Emits a scan; what follows goes into its block. */
  scan(source: IrLocal): { readonly key: IrLocal; readonly value: IrLocal } {
    const key = this.fresh()
    const value = this.fresh()
    const stmts: IrStmt[] = []
    this.emit('ScanStmt', { source, key, value, block: { stmts } })
    this.#enter(stmts)
    return { key, value }
  }

  /** Leaves all open blocks down to, and including, the one at `depth`; what comes after that block goes on. */
  leave(depth: number): void {
    this.emit('BreakStmt', { index: this.depth - depth })
  }

  /** Gives up the current block, as a statement does whose condition fails. */
  fail(): void {
    this.leave(this.depth)
  }

  /** What was made under `key` if it is at hand here; else what `make` makes, for those who come after. */
  constant(key: unknown, make: () => IrOperand): IrOperand {
    for (let open: OpenBlock | undefined = this.#open; open !== undefined; open = open.parent) {
      const known = open.constants?.get(key)
      if (known !== undefined) return known
    }
    const made = make()
    this.#open.constants ??= new Map()
    this.#open.constants.set(key, made)
    return made
  }

  #enter(stmts: IrStmt[]): void {
    this.#open = { stmts, depth: this.#open.depth + 1, parent: this.#open, constants: undefined }
    this.#deepest = Math.max(this.#deepest, this.#open.depth)
  }
}
