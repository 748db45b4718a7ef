/**
 * The state of an evaluation, and the loop that runs statements.
 *
 * Blocks in progress are kept on a stack of our own, so that neither deep plans nor long chains of calls are limited by
 * JavaScript's. A statement with blocks, or one that calls a function, answers with an `Opening`: it is asked for one block
 * after the other and told how each of them ended.
 */
import { equalValues } from '../../value/compare.js'
import type { RegoValue } from '../../value/value.js'
import type { IrBlock, IrFunc, IrLocal, IrLocation, IrOperand, IrPolicy, IrStmt } from '../plan.js'
import { stmtsOf } from '../walk.js'
import { SetDraft, type Slot, settle } from './draft.js'
import { type PlanErrorCode, PlanEvalError } from './error.js'

/** A builtin of the host. Undefined: no value. What it throws ends the evaluation. */
export type CallBuiltin = (name: string, args: readonly RegoValue[], location: IrLocation) => RegoValue | undefined

/**
 * How a statement or block ended: with `RAN` or `RETURNED`, or by leaving blocks. For a statement the number says how many
 * blocks are left besides the one it stands in; for a block, how many besides itself.
 */
export type Outcome = number
export const RAN: Outcome = -1
export const RETURNED: Outcome = -2
/** The current block is left, and no other. */
export const BROKEN: Outcome = 0

/** A statement that runs blocks. */
export interface Opening {
  readonly locals: Locals
  /** The next block to run, or how the statement ends. `ended` is how the last block did; `RAN` at first. */
  next(ended: Outcome): IrBlock | Outcome
}

/** How deep calls and blocks may nest, in sum. */
export const MAX_DEPTH = 100_000

export interface Prepared {
  readonly policy: IrPolicy
  readonly functions: ReadonlyMap<string, IrFunc>
  /** By the JSON text of their paths. */
  readonly functionsByPath: ReadonlyMap<string, IrFunc>
}

export type Execute = (machine: Machine, locals: Locals, stmt: IrStmt) => Outcome | Opening

/** A block in progress. */
interface Running {
  readonly opening: Opening
  readonly stmts: readonly IrStmt[]
  at: number
}

/** Everything that lasts for one evaluation. */
export class Machine {
  readonly results = new SetDraft()
  /** Results of functions, by name and arguments besides `input` and `data`; a `with` begins a table of its own. */
  memo = new Map<string, RegoValue | undefined>()
  readonly #names = new WeakMap<object, string>()
  #nameCount = 0
  readonly #stack: Running[] = []

  constructor(
    readonly prepared: Prepared,
    readonly callBuiltin: CallBuiltin,
    readonly onStatement: ((stmt: IrStmt, locals: Locals) => void) | undefined,
    readonly execute: Execute,
  ) {}

  /** Runs an opening, and all that its blocks open, to its end. */
  run(outermost: Opening): void {
    this.#goOn(outermost, RAN)
    for (let running = this.#stack.at(-1); running !== undefined; running = this.#stack.at(-1)) {
      const stmt = running.stmts[running.at++]
      if (stmt === undefined) {
        this.#endBlock(RAN)
        continue
      }
      this.onStatement?.(stmt, running.opening.locals)
      const result = this.execute(this, running.opening.locals, stmt)
      if (typeof result !== 'number') this.#goOn(result, RAN)
      else if (result !== RAN) this.#endBlock(result)
    }
  }

  /** Ends the innermost block, and those around it that end with it. */
  #endBlock(outcome: Outcome): void {
    const ended = this.#stack.pop()
    if (ended !== undefined) this.#goOn(ended.opening, outcome)
  }

  /** Enters the next block of an opening; if there is none, goes on after its statement as the outcome says. */
  #goOn(from: Opening, how: Outcome): void {
    let opening = from
    let outcome = how
    for (;;) {
      const next = opening.next(outcome)
      if (typeof next !== 'number') {
        if (this.#stack.length === MAX_DEPTH) throw this.#tooDeep()
        this.#stack.push({ opening, stmts: stmtsOf(next), at: 0 })
        return
      }
      if (next === RAN) return
      const around = this.#stack.pop()
      if (around === undefined) return
      opening = around.opening
      outcome = next
    }
  }

  /** A call under the name that its result is remembered by. */
  callKey(func: IrFunc, args: readonly (Slot | undefined)[]): string {
    return `${func.name} ${args.slice(2).map((arg) => this.#nameOf(arg)).join(' ')}`
  }

  /** A short text that no other value has; equal composites may have several. */
  #nameOf(slot: Slot | undefined): string {
    if (slot === undefined) return '-'
    const value = settle(slot)
    if (typeof value === 'string') return JSON.stringify(value)
    if (typeof value !== 'object' || value === null) return String(value)
    if ('kind' in value && value.kind === 'number') return value.text
    let name = this.#names.get(value)
    if (name === undefined) this.#names.set(value, (name = `#${this.#nameCount++}`))
    return name
  }

  string(index: number): string {
    const text = this.prepared.policy.static.strings[index]?.value
    if (text === undefined) throw new PlanEvalError('eval_internal_error', `there is no string ${index}`)
    return text
  }

  error(code: PlanErrorCode, message: string, { file, ...place }: IrLocation): PlanEvalError {
    const name = this.prepared.policy.static.files[file]?.value
    const { row, col, end_row, end_col } = place
    if (name === undefined || row === 0) return new PlanEvalError(code, message)
    const end = end_row === undefined || end_col === undefined ? {} : { end_row, end_col }
    return new PlanEvalError(code, message, { file: name, row, col, ...end })
  }

  #tooDeep(): PlanEvalError {
    return new PlanEvalError('eval_depth_error', `calls and blocks are nested more than ${MAX_DEPTH} deep`)
  }
}

/** The slots of one call. */
export class Locals {
  /** What the call returns; set by the statement that ends it. */
  returned: RegoValue | undefined
  readonly #slots: (Slot | undefined)[] = []

  constructor(readonly machine: Machine) {}

  slot(local: IrLocal): Slot | undefined {
    return this.#slots[local]
  }

  set(local: IrLocal, slot: Slot | undefined): void {
    this.#slots[local] = slot
  }

  /** What an operand stands for; undefined if it is an undefined local. */
  read(operand: IrOperand): Slot | undefined {
    switch (operand.type) {
      case 'local':
        return this.#slots[operand.value]
      case 'bool':
        return operand.value
      case 'string_index':
        return this.machine.string(operand.value)
    }
  }

  value(operand: IrOperand): RegoValue | undefined {
    const slot = this.read(operand)
    return slot === undefined ? undefined : settle(slot)
  }

  /** Whether two operands are equal; an undefined one is equal to none. */
  equal(a: IrOperand, b: IrOperand): boolean | undefined {
    const left = this.value(a)
    const right = this.value(b)
    return left === undefined || right === undefined ? undefined : equalValues(left, right)
  }
}
