/**
 * Finds the constants of a body: collections that are made and filled by constants in one list of statements before
 * anything else happens. No code is needed for those statements; the constant is there from the start.
 *
 * A local whose value is known wherever it is read needs no place in the function either, which is what keeps a policy of
 * ten thousand literals from becoming a function of ten thousand locals.
 */
import type { IrBlock, IrLocal, IrOperand, IrStmt, IrStmtOf } from '../ir/plan.js'
import { type Access, blocksOf, forEachAccess, numberTextIndex, stmtsOf } from '../ir/walk.js'
import { MAX_CONSTANT_DEPTH } from '../ir/publish.js'
import type { ConstantId, ConstantPool } from './constants.js'
import type { BodyFacts, Maker, Slot } from './facts.js'
import { Knowledge } from './knowledge.js'
import { PlanError } from './plan-error.js'
import { type ConstantOracle, constantOperand, noteEffects } from './transfer.js'

export interface FoldedBody {
  /** What each `Make…Stmt` makes that makes a constant. */
  readonly made: ReadonlyMap<IrStmt, ConstantId>
  /** Statements that fill those constants. */
  readonly skipped: ReadonlySet<IrStmt>
  /** Whether the generated function needs no place for the local. */
  isPlaceless(slot: Slot): boolean
}

/** What the search asks of the program around the body. */
export interface FoldContext {
  readonly pool: ConstantPool
  stringAt(index: number): string
  stringConstant(index: number): ConstantId
  result(func: string): ConstantId | undefined
}

type FillStmt =
  IrStmtOf<'ArrayAppendStmt'> | IrStmtOf<'ObjectInsertStmt'> | IrStmtOf<'ObjectInsertOnceStmt'> | IrStmtOf<'SetAddStmt'>

/** How numbers are spelt: as in JSON, or beginning with a point. */
const NUMBER = /^-?(?:0|[1-9][0-9]*|(?=\.))(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

interface Draft {
  readonly maker: IrStmt
  /** Keys and values in turn, or members. */
  readonly parts: ConstantId[]
  readonly fills: FillStmt[]
  missing: number
}

export function foldBody(
  blocks: readonly IrBlock[],
  params: readonly Slot[],
  facts: BodyFacts,
  context: FoldContext,
): FoldedBody {
  const folder = new Folder(facts, context, new Knowledge(facts, params))
  for (const block of blocks) folder.list(block)
  for (const param of params) folder.needPlace(param)
  return folder
}

class Folder implements FoldedBody {
  readonly made = new Map<IrStmt, ConstantId>()
  readonly skipped = new Set<IrStmt>()
  readonly #knownReads: number[] = []
  readonly #needsPlace: boolean[] = []
  /** Collections that are being filled. */
  readonly #drafts = new Map<Slot, Draft>()
  readonly #oracle: ConstantOracle

  constructor(
    readonly facts: BodyFacts,
    readonly context: FoldContext,
    readonly knowledge: Knowledge,
  ) {
    this.#oracle = constantOracle(context, this.made)
  }

  isPlaceless(slot: Slot): boolean {
    return this.#needsPlace[slot] !== true && (this.#knownReads[slot] ?? 0) === this.facts.readsOf(slot)
  }

  needPlace(slot: Slot): void {
    this.#needsPlace[slot] = true
  }

  list(block: IrBlock): void {
    this.knowledge.enterList()
    for (const stmt of stmtsOf(block)) this.#statement(stmt)
    this.#abandonDrafts()
    this.knowledge.leaveList()
  }

  #statement(stmt: IrStmt): void {
    switch (stmt.type) {
      case 'ArrayAppendStmt':
        return this.#fill(stmt, 'MakeArrayStmt', stmt.stmt.array, [stmt.stmt.value])
      case 'SetAddStmt':
        return this.#fill(stmt, 'MakeSetStmt', stmt.stmt.set, [stmt.stmt.value])
      case 'ObjectInsertStmt':
      case 'ObjectInsertOnceStmt':
        return this.#fill(stmt, 'MakeObjectStmt', stmt.stmt.object, [stmt.stmt.key, stmt.stmt.value])
      case 'MakeArrayStmt':
      case 'MakeObjectStmt':
      case 'MakeSetStmt':
        this.#make(stmt, this.facts.slot(stmt.stmt.target))
        break
      case 'MakeConstantStmt':
        this.made.set(stmt, this.#constant(stmt))
        break
      case 'MakeNullStmt':
        this.made.set(stmt, this.context.pool.null)
        break
      case 'AssignIntStmt':
      case 'MakeNumberIntStmt':
        this.made.set(stmt, this.context.pool.number(String(stmt.stmt.value)))
        break
      case 'MakeNumberRefStmt':
        this.made.set(stmt, this.#numberConstant(stmt))
        break
      case 'AssignVarStmt':
      case 'ResetLocalStmt':
      case 'NopStmt':
        break
      default:
        this.#abandonDrafts()
    }
    this.#countReads(stmt)
    this.#inner(stmt)
    noteEffects(stmt, this.facts, this.knowledge, this.#oracle)
  }

  #constant({ stmt }: IrStmtOf<'MakeConstantStmt'>): ConstantId {
    const constant = this.context.pool.value(stmt.value)
    if (constant === undefined) throw new PlanError(`a constant is nested more than ${MAX_CONSTANT_DEPTH} deep`, stmt)
    return constant
  }

  #numberConstant(stmt: IrStmtOf<'MakeNumberRefStmt'>): ConstantId {
    const text = this.context.stringAt(numberTextIndex(stmt.stmt))
    if (!NUMBER.test(text)) throw new PlanError(`\`${text}\` is no number`, stmt.stmt)
    return this.context.pool.number(text)
  }

  #inner(stmt: IrStmt): void {
    if (stmt.type === 'ScanStmt') this.knowledge.enterLoop()
    for (const block of blocksOf(stmt)) {
      if (stmt.type === 'WithStmt') this.knowledge.forget(this.facts.slot(stmt.stmt.local))
      this.list(block)
    }
    if (stmt.type === 'ScanStmt') this.knowledge.leaveLoop()
  }

  #make(stmt: IrStmtOf<'MakeArrayStmt'> | IrStmtOf<'MakeObjectStmt'> | IrStmtOf<'MakeSetStmt'>, slot: Slot): void {
    this.#drafts.delete(slot)
    const missing = this.facts.fillsOf(slot)
    if (missing === 0) this.#complete({ maker: stmt, parts: [], fills: [], missing })
    else if (this.facts.writesOf(slot) === 1) this.#drafts.set(slot, { maker: stmt, parts: [], fills: [], missing })
    else this.needPlace(slot)
  }

  #fill(stmt: FillStmt, maker: Maker, local: number, operands: readonly IrOperand[]): void {
    const slot = this.facts.slot(local)
    const draft = this.#drafts.get(slot)
    const parts = draft === undefined ? [] : operands.map((one) => this.#constantOperand(one))
    this.#countReads(stmt)
    if (draft?.maker.type !== maker || parts.some((one) => one === undefined)) {
      this.#abandon(slot)
      this.knowledge.overwriteDefined(slot)
      return
    }
    draft.parts.push(...(parts as ConstantId[]))
    draft.fills.push(stmt)
    draft.missing--
    if (draft.missing > 0) return
    this.#drafts.delete(slot)
    const constant = this.#complete(draft)
    if (constant === undefined) this.needPlace(slot)
    else this.knowledge.setConstant(slot, constant)
  }

  /** Notes the constant that a draft has become; undefined if it cannot be one. */
  #complete(draft: Draft): ConstantId | undefined {
    if (draft.fills.some((fill) => fill.type === 'ObjectInsertOnceStmt') && this.#conflicts(draft)) return undefined
    const constant = this.#collection(draft.maker, draft.parts)
    if (constant === undefined) return undefined
    this.made.set(draft.maker, constant)
    for (const fill of draft.fills) this.skipped.add(fill)
    return constant
  }

  #collection(maker: IrStmt, parts: readonly ConstantId[]): ConstantId | undefined {
    const { pool } = this.context
    return maker.type === 'MakeArrayStmt'
      ? pool.array(parts)
      : maker.type === 'MakeSetStmt'
        ? pool.set(parts)
        : pool.object(parts)
  }

  /** Whether some key comes twice, which may be a conflict to be found at run time. */
  #conflicts(draft: Draft): boolean {
    const keys = draft.parts.filter((_, at) => at % 2 === 0)
    const distinct = this.context.pool.set(keys)
    if (distinct === undefined) return true
    const parts = this.context.pool.partsOf(distinct)
    return parts.kind !== 'set' || parts.items.length < keys.length
  }

  #abandonDrafts(): void {
    if (this.#drafts.size === 0) return
    for (const slot of [...this.#drafts.keys()]) this.#abandon(slot)
  }

  #abandon(slot: Slot): void {
    this.#drafts.delete(slot)
    this.needPlace(slot)
  }

  /** A collection that is read before it is complete is not constant. */
  #constantOperand(operand: IrOperand): ConstantId | undefined {
    return constantOperand(operand, this.facts, this.knowledge, this.#oracle)
  }

  #countReads(stmt: IrStmt): void {
    forEachAccess(stmt, this.#countRead)
  }

  readonly #countRead = (local: IrLocal, access: Access): void => {
    const slot = this.facts.slot(local)
    if (access === 'replace') this.needPlace(slot)
    if (access !== 'read' && access !== 'write-once') return
    if (this.#drafts.has(slot)) this.#abandon(slot)
    const isKnown = access === 'read' ? this.knowledge.isKnown(slot) : this.knowledge.isUndefined(slot)
    if (isKnown) this.#knownReads[slot] = (this.#knownReads[slot] ?? 0) + 1
  }
}

/** Answers from the constants found in a body and from the program around it. */
export function constantOracle(context: FoldContext, made: ReadonlyMap<IrStmt, ConstantId>): ConstantOracle {
  return {
    literal: (operand) => (operand.type === 'bool' ? context.pool.boolean(operand.value) : context.stringConstant(operand.value)),
    made: (stmt) => made.get(stmt),
    result: (func) => context.result(func),
    lookUp: (source, key) => context.pool.lookUp(source, key),
  }
}
