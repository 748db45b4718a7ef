/**
 * Generates one function: locals, operands, blocks and the ways out of them. The emitters under `stmt/` say what each kind
 * of statement is in these terms.
 *
 * The value of a local is an address, 0 while it is undefined. Every list of statements is a WebAssembly block, and a
 * statement that breaks branches to its end.
 */
import type { CodeWriter, Label } from '../encoding/code-writer.js'
import { OP } from '../encoding/opcode.js'
import type { IrBlock, IrLocal, IrLocation, IrOperand, IrStmtOf } from '../ir/plan.js'
import { stmtsOf } from '../ir/walk.js'
import type { ConstantId } from './constants.js'
import { type BlockRun, findRuns } from './discriminate.js'
import type { BodyFacts, Slot } from './facts.js'
import type { FoldedBody } from './fold.js'
import { Knowledge } from './knowledge.js'
import { LocalPlaces } from './local-places.js'
import { PlanError } from './plan-error.js'
import type { Program } from './program.js'
import { emitRun } from './run.js'
import { emitStatement } from './stmt/emitters.js'
import { type ConstantOracle, constantOperand, noteEffects } from './transfer.js'

/** An open list of statements. */
export interface Frame {
  /** Where a break of this list goes. */
  readonly label: Label
  /** Code that has to run when control leaves the list other than through its label, or returns. */
  readonly cleanUp?: { readonly onBranch: () => void; readonly onReturn: () => void } | undefined
  /** For the body of a scan: the statement, and where the scan ends. */
  readonly scan?: { readonly stmt: IrStmtOf<'ScanStmt'>; readonly exit: Label } | undefined
  /** Whether other lists of the same statement may follow, or something else is to happen at its end. */
  readonly isFollowed?: boolean | undefined
  /** Whether the statement being emitted is the last one. */
  isAtEnd: boolean
}

/** What the emitter of a function's body has to know of the function around it. */
export interface BodyShape {
  /** Locals that are parameters, in order. */
  readonly params: readonly IrLocal[]
  /** Parameter that holds the evaluation context; only the blocks of an entrypoint have it. */
  readonly context?: number
  /** Emits the return of the value on the stack; the blocks of an entrypoint return nothing. */
  readonly emitReturn?: () => void
}

/** How control goes on after a statement: to the next one, or never. */
export type Flow = 'next' | 'left'

export class FunctionEmitter {
  readonly knowledge: Knowledge
  readonly oracle: ConstantOracle
  readonly frames: Frame[] = []
  readonly #places: LocalPlaces
  #listCount = 0

  constructor(
    readonly program: Program,
    readonly facts: BodyFacts,
    readonly folded: FoldedBody,
    readonly shape: BodyShape,
    readonly code: CodeWriter,
  ) {
    const slots = shape.params.map((param) => facts.slot(param))
    this.knowledge = new Knowledge(facts, slots)
    this.oracle = program.oracle(folded)
    this.#places = new LocalPlaces(facts, slots, shape.context === undefined ? 0 : 1)
  }

  /** Number of locals, parameters included. */
  get localCount(): number {
    return this.#places.count
  }

  /** Number of locals besides the parameters. */
  get extraLocals(): number {
    return this.#places.extraCount
  }

  /** Number of lists of statements. */
  get listCount(): number {
    return this.#listCount
  }

  runtime(name: string): void {
    this.code.call(this.program.builder.runtime(name))
  }

  // Locals

  slot(local: IrLocal): Slot {
    return this.facts.slot(local)
  }

  constantOf(operand: IrOperand): ConstantId | undefined {
    return constantOperand(operand, this.facts, this.knowledge, this.oracle)
  }

  /** An unused local for the generator's own purposes; give it back with `releaseTemp`. */
  temp(): number {
    return this.#places.take()
  }

  releaseTemp(...temps: readonly number[]): void {
    this.#places.release(...temps)
  }

  /** The local's place in the function; undefined where nobody ever looks there. */
  placeOf(slot: Slot): number | undefined {
    const known = this.#places.known(slot)
    return known !== undefined || this.folded.isPlaceless(slot) ? known : this.#places.place(slot)
  }

  /** Whether the local's place may hold what other locals have left there. */
  hasSharedPlace(slot: Slot): boolean {
    return this.#places.isShared(slot)
  }

  /** Pushes the value of a local, 0 if it is undefined. */
  pushLocal(local: IrLocal): void {
    const slot = this.slot(local)
    const constant = this.knowledge.constantOf(slot)
    if (constant !== undefined) return this.pushConstant(constant)
    if (this.knowledge.isUndefined(slot)) return this.code.i32Const(0)
    const place = this.placeOf(slot)
    if (place === undefined) throw new Error(`local ${local} is read, but was thought to be known`)
    this.code.localGet(place)
  }

  pushConstant(constant: ConstantId): void {
    this.code.i32Const(this.program.data.addressOf(constant))
  }

  /** Pushes the value of a parameter. */
  pushParam(slot: Slot): void {
    this.code.localGet(this.#places.known(slot) as number)
  }

  /** Pushes the value of an operand, 0 if it is undefined. */
  push(operand: IrOperand): void {
    if (operand.type === 'local') this.pushLocal(operand.value)
    else this.pushConstant(this.oracle.literal(operand))
  }

  /** Breaks unless all operands are defined. Says `left` if one of them never is. */
  require(...operands: readonly IrOperand[]): Flow {
    for (const operand of operands) if (operand.type === 'local' && this.requireLocal(operand.value) === 'left') return 'left'
    return 'next'
  }

  /** Breaks unless the local is defined. Says `left` if it never is. */
  requireLocal(local: IrLocal): Flow {
    const slot = this.slot(local)
    if (this.knowledge.isDefined(slot)) return 'next'
    if (this.knowledge.isUndefined(slot)) return this.breakAlways()
    this.pushLocal(local)
    this.code.op(OP.i32Eqz)
    this.breakIf()
    this.knowledge.setDefined(slot)
    return 'next'
  }

  /** Pops a value into a local. */
  setLocal(local: IrLocal): void {
    const place = this.placeOf(this.slot(local))
    if (place === undefined) this.code.op(OP.drop)
    else this.code.localSet(place)
  }

  /** Pops a value into a local and breaks if it is undefined. */
  setLocalOrBreak(local: IrLocal): void {
    const place = this.placeOf(this.slot(local))
    if (place !== undefined) this.code.localTee(place)
    this.code.op(OP.i32Eqz)
    this.breakIf()
  }

  /** Gives a local a constant: without code where nobody looks at its place. */
  setConstant(local: IrLocal, constant: ConstantId): void {
    const place = this.placeOf(this.slot(local))
    if (place === undefined) return
    this.pushConstant(constant)
    this.code.localSet(place)
  }

  // Blocks

  /**
   * A list of statements. `atEnd` emits what is to happen when control reaches its end, inside the list.
   * Says `left` if it never does.
   */
  list(block: IrBlock, frame: Omit<Frame, 'label' | 'isAtEnd'> = {}, atEnd: () => void = () => undefined): Flow {
    const label = this.code.block()
    const { cleanUp, scan, isFollowed } = frame
    const open: Frame = { label, cleanUp, scan, isFollowed, isAtEnd: false }
    this.#listCount++
    this.frames.push(open)
    this.#places.enterList(block)
    this.knowledge.enterList()
    const flow = this.#statements(stmtsOf(block), open)
    if (flow === 'next') atEnd()
    this.knowledge.leaveList()
    this.#places.leaveList()
    this.frames.pop()
    this.code.end()
    return flow
  }

  /** Lists one after the other; those that cannot succeed are jumped over where one look tells which. */
  lists(blocks: readonly IrBlock[]): void {
    const listAt = (at: number): void => {
      const block = blocks[at]
      if (block !== undefined) this.list(block, { isFollowed: at < blocks.length - 1 })
    }
    let at = 0
    for (const run of this.#runsOf(blocks)) {
      while (at < run.start) listAt(at++)
      emitRun(run, listAt, this)
      at += run.scalars.length
    }
    while (at < blocks.length) listAt(at++)
  }

  #runsOf(blocks: readonly IrBlock[]): readonly BlockRun[] {
    const { facts, oracle, program } = this
    const params = new Set(this.shape.params.map((param) => facts.slot(param)))
    const isPure = (func: string): boolean =>
      !program.options.strictBuiltinErrors && program.function(func) === undefined && program.isNative(func)
    return findRuns(blocks, { params, facts, oracle, pool: program.pool, isPure })
  }

  #statements(stmts: ReturnType<typeof stmtsOf>, frame: Frame): Flow {
    for (let at = 0; at < stmts.length; at++) {
      const stmt = stmts[at] as (typeof stmts)[number]
      if (!this.folded.skipped.has(stmt)) {
        frame.isAtEnd = at === stmts.length - 1
        if (emitStatement(stmt, this) === 'left') return 'left'
        noteEffects(stmt, this.facts, this.knowledge, this.oracle)
      }
      this.#places.leaveStatement(stmt)
    }
    return 'next'
  }

  // Ways out

  /** Pops a condition and breaks the present list if it holds. */
  breakIf(): void {
    this.code.brIf(this.#frame(0).label)
  }

  /** Breaks the present list. */
  breakAlways(): Flow {
    return this.leave(0)
  }

  /** Leaves so many lists and one more. */
  leave(levels: number, location?: IrLocation): Flow {
    const target = this.#frame(levels, location)
    for (let level = 0; level < levels; level++) this.#frame(level).cleanUp?.onBranch()
    this.code.br(target.label)
    return 'left'
  }

  /** Leaves all lists down to the body of that scan, and the scan. */
  leaveScan(frame: Frame): void {
    if (frame.scan === undefined) throw new Error('not the body of a scan')
    for (let at = this.frames.length - 1; this.frames[at] !== frame; at--) this.frames[at]?.cleanUp?.onBranch()
    this.code.br(frame.scan.exit)
  }

  /** Returns the value on the stack. */
  returnValue(location: IrLocation): Flow {
    if (this.shape.emitReturn === undefined) throw new PlanError('only a function may return', location)
    for (const frame of this.frames) frame.cleanUp?.onReturn()
    this.shape.emitReturn()
    return 'left'
  }

  /** Takes one unit of work, and gives up when there is none left. */
  burnFuel(): void {
    emitFuel(this.code, this.program)
  }

  #frame(levels: number, location?: IrLocation): Frame {
    const frame = this.frames[this.frames.length - 1 - levels]
    if (frame === undefined) throw new PlanError(`break ${levels} leaves more blocks than there are`, location)
    return frame
  }
}

/** Takes one unit of work. */
export function emitFuel(code: CodeWriter, program: Program): void {
  const fuel = program.builder.global('rt_fuel')
  code.globalGet(fuel)
  code.i64Const(1n)
  code.op(OP.i64Sub)
  code.globalSet(fuel)
  code.globalGet(fuel)
  code.i64Const(0n)
  code.op(OP.i64LtS)
  code.if()
  code.call(program.builder.runtime('rt_out_of_fuel'))
  code.end()
}
