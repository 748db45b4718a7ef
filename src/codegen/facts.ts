/**
 * What a body does with its locals, counted once before anything is generated for it.
 *
 * Locals are renumbered densely in the order in which they first occur, so that all that follows can keep its notes in
 * plain arrays: plans of other compilers number theirs through the whole program.
 */
import type { IrBlock, IrLocal, IrStmt } from '../ir/plan.js'
import { type Access, MAX_BLOCK_NESTING, blocksOf, forEachAccess, stmtsOf } from '../ir/walk.js'
import { PlanError } from './plan-error.js'

/** A local by its dense number. */
export type Slot = number

/** Statements that make a collection to be filled. */
export type Maker = 'MakeArrayStmt' | 'MakeObjectStmt' | 'MakeSetStmt'

/** A bit for each. */
const MAKERS: Readonly<Record<string, number>> = { MakeArrayStmt: 1, MakeObjectStmt: 2, MakeSetStmt: 4 } satisfies Record<
  Maker,
  number
>

const NO_SLOTS: readonly Slot[] = []

export class BodyFacts {
  readonly #slots = new Map<IrLocal, Slot>()
  readonly #reads: number[] = []
  readonly #writes: number[] = []
  readonly #fills: number[] = []
  /** Writes by statements that make a new collection, and which of them these are. */
  readonly #makes: number[] = []
  readonly #makers: number[] = []
  /** Positions of the first and last statement that touch the local. */
  readonly #first: number[] = []
  readonly #last: number[] = []
  readonly #lastStmt: (IrStmt | undefined)[] = []
  /** The block of the first one, if that gives the local a value without looking at it. */
  readonly #setFirstIn: (IrBlock | undefined)[] = []
  readonly #ownEnding = new Map<IrStmt, Slot[]>()
  readonly #extents = new Map<IrStmt | IrBlock, readonly [start: number, end: number]>()
  /** Names of the functions called, repetitions included; a call in a loop counts as two. */
  readonly calls: string[] = []
  /** Numbers of arguments of calls by path. */
  readonly dynamicCalls: number[] = []
  scans = 0
  /** Loops around the statement being looked at. */
  #loops = 0
  #position = 0

  /** `params` are locals that have values from the start. */
  constructor(blocks: readonly IrBlock[], params: readonly IrLocal[]) {
    for (const param of params) this.#writes[this.slot(param)] = 1
    for (const block of blocks) this.#block(block, 1)
    this.#setFirstIn.forEach((block, slot) => {
      if (block !== undefined && this.isWithin(slot, block)) this.#noteEnding(slot, this.#lastStmt[slot] as IrStmt)
    })
  }

  #noteEnding(slot: Slot, stmt: IrStmt): void {
    const others = this.#ownEnding.get(stmt)
    if (others === undefined) this.#ownEnding.set(stmt, [slot])
    else others.push(slot)
  }

  /** The dense number of a local. */
  slot(local: IrLocal): Slot {
    const known = this.#slots.get(local)
    if (known !== undefined) return known
    const slot = this.#slots.size
    this.#slots.set(local, slot)
    this.#reads.push(0)
    this.#writes.push(0)
    this.#fills.push(0)
    this.#makes.push(0)
    this.#makers.push(0)
    this.#first.push(this.#position)
    this.#last.push(this.#position)
    this.#setFirstIn.push(undefined)
    return slot
  }

  /** How many statements there are. */
  get size(): number {
    return this.#position
  }

  get slotCount(): number {
    return this.#slots.size
  }

  readsOf(slot: Slot): number {
    return this.#reads[slot] ?? 0
  }

  /** How many statements give it a value; being a parameter counts as one. */
  writesOf(slot: Slot): number {
    return this.#writes[slot] ?? 0
  }

  fillsOf(slot: Slot): number {
    return this.#fills[slot] ?? 0
  }

  /** Whether all values it ever has are collections made for it by that kind of statement. */
  isOnlyMade(slot: Slot, maker: Maker): boolean {
    return this.#makes[slot] === this.#writes[slot] && this.#makers[slot] === MAKERS[maker]
  }

  /** Whether every statement that touches the local is `stmt` or stands inside it. */
  isLocalTo(slot: Slot, stmt: IrStmt): boolean {
    const extent = this.#extents.get(stmt)
    return extent !== undefined && (this.#first[slot] ?? 0) >= extent[0] && (this.#last[slot] ?? 0) <= extent[1]
  }

  /** Whether every statement that touches the local stands in the block. */
  isWithin(slot: Slot, block: IrBlock): boolean {
    const extent = this.#extents.get(block)
    return extent !== undefined && (this.#first[slot] ?? 0) >= extent[0] && (this.#last[slot] ?? 0) <= extent[1]
  }

  /** Whether the local means nothing outside of the block: it gets a value there before anything looks at it. */
  isOwnOf(slot: Slot, block: IrBlock): boolean {
    return this.#setFirstIn[slot] === block && this.isWithin(slot, block)
  }

  /** The locals that mean nothing outside of one block, and that no later statement touches. */
  ownEndingWith(stmt: IrStmt): readonly Slot[] {
    return this.#ownEnding.get(stmt) ?? NO_SLOTS
  }

  #block(block: IrBlock, depth: number): void {
    const first = this.#position + 1
    for (const stmt of stmtsOf(block)) {
      if (depth > MAX_BLOCK_NESTING) throw new PlanError(`blocks are nested more than ${MAX_BLOCK_NESTING} deep`, stmt.stmt)
      const start = ++this.#position
      this.#stmt = stmt
      this.#inside = block
      this.#maker = MAKERS[stmt.type] ?? 0
      forEachAccess(stmt, this.#count)
      if (stmt.type === 'CallStmt') {
        for (let times = this.#loops === 0 ? 1 : 2; times > 0; times--) this.calls.push(stmt.stmt.func)
      } else if (stmt.type === 'CallDynamicStmt') this.dynamicCalls.push(stmt.stmt.args?.length ?? 0)
      else if (stmt.type === 'ScanStmt') this.scans++
      const inner = blocksOf(stmt)
      if (stmt.type === 'ScanStmt') this.#loops++
      for (const one of inner) this.#block(one, depth + 1)
      if (stmt.type === 'ScanStmt') this.#loops--
      if (inner.length > 0) this.#extents.set(stmt, [start, this.#position])
    }
    this.#extents.set(block, [first, this.#position])
  }

  /** The statement being looked at. */
  #stmt: IrStmt | undefined
  /** The block that it stands in. */
  #inside: IrBlock | undefined
  /** Its bit, if it makes a collection. */
  #maker = 0

  readonly #count = (local: IrLocal, access: Access): void => {
    const isFirst = !this.#slots.has(local)
    const slot = this.slot(local)
    if (isFirst && access === 'write') this.#setFirstIn[slot] = this.#inside
    const counts = access === 'read' ? this.#reads : access === 'fill' ? this.#fills : this.#writes
    counts[slot] = (counts[slot] as number) + 1
    if (access === 'write-once') this.#reads[slot] = (this.#reads[slot] as number) + 1
    if (access === 'write' && this.#maker !== 0) {
      this.#makes[slot] = (this.#makes[slot] as number) + 1
      this.#makers[slot] = (this.#makers[slot] as number) | this.#maker
    }
    this.#last[slot] = this.#position
    this.#lastStmt[slot] = this.#stmt
  }
}
