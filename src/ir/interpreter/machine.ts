/**
 * The state of an evaluation and of the function calls in it.
 *
 * A block ends in one of three ways, told as a number: it ran to its end, it was left (and how many blocks around it with
 * it), or the function returned.
 */
import { equalValues } from '../../value/compare.js'
import type { RegoValue } from '../../value/value.js'
import type { IrBlock, IrFunc, IrLocal, IrLocation, IrOperand, IrPolicy, IrStmt } from '../plan.js'
import { stmtsOf } from '../walk.js'
import { SetDraft, type Slot, settle } from './draft.js'
import { type PlanErrorCode, PlanEvalError } from './error.js'

/** A builtin of the host. Undefined: no value. What it throws ends the evaluation. */
export type CallBuiltin = (name: string, args: readonly RegoValue[], location: IrLocation) => RegoValue | undefined

/** How a statement or block ended: this, `RETURNED`, or how many blocks are left, the current one not counted. */
export type Outcome = number
export const RAN: Outcome = -1
export const RETURNED: Outcome = -2
/** The current block is left, and no other. */
export const BROKEN: Outcome = 0

/** How deep calls and blocks may nest, in sum. */
export const MAX_DEPTH = 2500

export interface Prepared {
  readonly policy: IrPolicy
  readonly functions: ReadonlyMap<string, IrFunc>
  /** By the JSON text of their paths. */
  readonly functionsByPath: ReadonlyMap<string, IrFunc>
}

export type Execute = (machine: Machine, locals: Locals, stmt: IrStmt) => Outcome

/** Everything that lasts for one evaluation. */
export class Machine {
  readonly results = new SetDraft()
  /** Results of functions, by name and arguments besides `input` and `data`; a `with` begins a table of its own. */
  memo = new Map<string, RegoValue | undefined>()
  readonly #names = new WeakMap<object, string>()
  #nameCount = 0
  #depth = 0

  constructor(
    readonly prepared: Prepared,
    readonly callBuiltin: CallBuiltin,
    readonly onStatement: ((stmt: IrStmt) => void) | undefined,
    readonly execute: Execute,
  ) {}

  run(block: IrBlock, locals: Locals): Outcome {
    if (++this.#depth > MAX_DEPTH) throw new PlanEvalError('eval_depth_error', `calls and blocks are nested more than ${MAX_DEPTH} deep`)
    try {
      for (const stmt of stmtsOf(block)) {
        this.onStatement?.(stmt)
        const outcome = this.execute(this, locals, stmt)
        if (outcome !== RAN) return outcome
      }
      return RAN
    } finally {
      this.#depth--
    }
  }

  /** The result of a function, undefined if it has none. Equal calls are evaluated once. */
  call(func: IrFunc, args: readonly (Slot | undefined)[]): RegoValue | undefined {
    const { memo } = this
    const key = `${func.name} ${args.slice(2).map((arg) => this.#nameOf(arg)).join(' ')}`
    if (memo.has(key)) return memo.get(key)
    const locals = new Locals(this)
    func.params.forEach((param, place) => locals.set(param, args[place]))
    this.runAll(func.blocks, locals)
    memo.set(key, locals.returned)
    return locals.returned
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

  /** Blocks in turn, until a return. */
  runAll(blocks: readonly IrBlock[] | null, locals: Locals): void {
    for (const block of blocks ?? []) if (this.run(block, locals) === RETURNED) return
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
    return new PlanEvalError(code, message, { file: name, row, col, ...(end_row === undefined ? {} : { end_row, end_col: end_col ?? 0 }) })
  }
}

/** The slots of one call. */
export class Locals {
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
