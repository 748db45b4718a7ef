/**
 * Whether a function gives the same constant, or nothing, at every call: then calls of it need no call.
 *
 * Runs the statements over what is known, as far as they depend on nothing else, and gives up at the first that does.
 * Data such as `containers := [ … ]` are functions in a plan; this makes them data again.
 */
import type { IrBlock, IrFunc, IrOperand, IrStmt } from '../ir/plan.js'
import { stmtsOf } from '../ir/walk.js'
import type { ConstantId } from './constants.js'
import type { FoldedBody } from './fold.js'
import type { ConstantOracle } from './transfer.js'

/** A constant, `undefined` at every call, or `unknown`. */
export type ConstantResult = ConstantId | 'undefined' | 'unknown'

/** How a list ended: at its end, by leaving so many blocks, by returning, or beyond what is known here. */
type Outcome =
  | { readonly kind: 'done' | 'unknown' }
  | { readonly kind: 'break'; readonly levels: number }
  | { readonly kind: 'return'; readonly value: ConstantId | undefined }

const DONE: Outcome = { kind: 'done' }
const UNKNOWN: Outcome = { kind: 'unknown' }
const BREAK: Outcome = { kind: 'break', levels: 0 }

/** What is asked about other functions while this one is looked at. */
export interface ResultContext {
  readonly oracle: ConstantOracle
  isAlwaysUndefined(func: string): boolean
  areEqual(a: ConstantId, b: ConstantId): boolean
}

export function constantResult(func: IrFunc, folded: FoldedBody, context: ResultContext): ConstantResult {
  const outcome = new Runner(func, folded, context).blocks(func.blocks)
  if (outcome.kind === 'unknown' || outcome.kind === 'break') return 'unknown'
  return outcome.kind === 'return' && outcome.value !== undefined ? outcome.value : 'undefined'
}

class Runner {
  /** Values of the locals; those that have none are undefined. */
  readonly #values = new Map<number, ConstantId>()
  readonly #params: ReadonlySet<number>
  /** Input and data: parameters that may be undefined. */
  readonly #documents: ReadonlySet<number>

  constructor(
    func: IrFunc,
    readonly folded: FoldedBody,
    readonly context: ResultContext,
  ) {
    this.#params = new Set(func.params)
    this.#documents = new Set(func.params.slice(0, 2))
  }

  blocks(blocks: readonly IrBlock[] | null): Outcome {
    for (const block of blocks ?? []) {
      const outcome = this.#list(block)
      if (outcome.kind === 'break' && outcome.levels > 0) return { kind: 'break', levels: outcome.levels - 1 }
      if (outcome.kind === 'return' || outcome.kind === 'unknown') return outcome
    }
    return DONE
  }

  #list(block: IrBlock): Outcome {
    for (const stmt of stmtsOf(block)) {
      if (this.folded.skipped.has(stmt)) continue
      const outcome = this.#statement(stmt)
      if (outcome.kind !== 'done') return outcome
    }
    return DONE
  }

  #statement(stmt: IrStmt): Outcome {
    switch (stmt.type) {
      case 'AssignVarStmt':
        return this.#assign(stmt.stmt.source, stmt.stmt.target)
      case 'AssignVarOnceStmt': {
        const before = this.#values.get(stmt.stmt.target)
        if (before === undefined) return this.#assign(stmt.stmt.source, stmt.stmt.target)
        const value = this.#operand(stmt.stmt.source)
        return value === 'unknown' || (value !== undefined && !this.context.areEqual(before, value)) ? UNKNOWN : DONE
      }
      case 'BlockStmt':
        return this.blocks(stmt.stmt.blocks)
      case 'BreakStmt':
        return { kind: 'break', levels: stmt.stmt.index }
      case 'CallStmt': {
        const args = (stmt.stmt.args ?? []).slice(2)
        if (args.some((arg) => this.#operand(arg) === undefined)) return BREAK
        if (args.some((arg) => arg.type === 'local' && this.#documents.has(arg.value))) return UNKNOWN
        if (this.context.isAlwaysUndefined(stmt.stmt.func)) return this.#fail(stmt.stmt.result)
        return this.#set(stmt.stmt.result, this.context.oracle.result(stmt.stmt.func))
      }
      case 'DotStmt': {
        const source = this.#operand(stmt.stmt.source)
        const key = this.#operand(stmt.stmt.key)
        if (source === 'unknown' || key === 'unknown') return UNKNOWN
        if (source === undefined || key === undefined) return BREAK
        const found = this.context.oracle.lookUp(source, key)
        return found === undefined ? this.#fail(stmt.stmt.target) : this.#set(stmt.stmt.target, found)
      }
      case 'EqualStmt':
      case 'NotEqualStmt': {
        const a = this.#operand(stmt.stmt.a)
        const b = this.#operand(stmt.stmt.b)
        if (a === 'unknown' || b === 'unknown') return UNKNOWN
        if (a === undefined || b === undefined) return BREAK
        return this.context.areEqual(a, b) === (stmt.type === 'EqualStmt') ? DONE : BREAK
      }
      case 'IsDefinedStmt':
      case 'IsUndefinedStmt': {
        const value = this.#local(stmt.stmt.source)
        if (value === 'unknown') return UNKNOWN
        return (value === undefined) === (stmt.type === 'IsUndefinedStmt') ? DONE : BREAK
      }
      case 'NopStmt':
        return DONE
      case 'ResetLocalStmt':
        if (this.#params.has(stmt.stmt.target)) return UNKNOWN
        this.#values.delete(stmt.stmt.target)
        return DONE
      case 'ReturnLocalStmt': {
        const value = this.#local(stmt.stmt.source)
        return value === 'unknown' ? UNKNOWN : { kind: 'return', value }
      }
      case 'AssignIntStmt':
      case 'MakeArrayStmt':
      case 'MakeConstantStmt':
      case 'MakeNullStmt':
      case 'MakeNumberIntStmt':
      case 'MakeNumberRefStmt':
      case 'MakeObjectStmt':
      case 'MakeSetStmt':
        return this.#set(stmt.stmt.target, this.folded.made.get(stmt))
      default:
        return UNKNOWN
    }
  }

  #assign(source: IrOperand, target: number): Outcome {
    const value = this.#operand(source)
    if (value === 'unknown') return UNKNOWN
    if (value !== undefined) return this.#set(target, value)
    if (this.#params.has(target)) return UNKNOWN
    this.#values.delete(target)
    return DONE
  }

  /** There is no value for the local. */
  #fail(target: number): Outcome {
    if (this.#params.has(target)) return UNKNOWN
    this.#values.delete(target)
    return BREAK
  }

  #set(target: number, value: ConstantId | undefined): Outcome {
    if (value === undefined || this.#params.has(target)) return UNKNOWN
    this.#values.set(target, value)
    return DONE
  }

  #operand(operand: IrOperand): ConstantId | undefined | 'unknown' {
    return operand.type === 'local' ? this.#local(operand.value) : this.context.oracle.literal(operand)
  }

  #local(local: number): ConstantId | undefined | 'unknown' {
    return this.#params.has(local) ? 'unknown' : this.#values.get(local)
  }
}
