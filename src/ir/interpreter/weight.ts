/**
 * How much a statement looks at: the values that it compares, looks up or hands to a builtin, with all of their parts.
 *
 * A value may hold the same part many times over, so that going through it takes far more than making it did. Who runs
 * statements under a budget counts them by this.
 */
import { RegoObject, RegoSet } from '../../value/value.js'
import type { IrOperand, IrStmt } from '../plan.js'
import { type Slot, settle } from './draft.js'
import type { Locals } from './machine.js'

export class Weights {
  /** Arrays may have grown since: their lengths are kept with their weights. */
  readonly #known = new WeakMap<object, { readonly length: number; readonly weight: number }>()

  /** Parts that a statement goes through, as far as that is more than a few. */
  of(stmt: IrStmt, locals: Locals): number {
    const operand = (one: IrOperand): number => (one.type === 'local' ? this.#weigh(locals.slot(one.value)) : 1)
    switch (stmt.type) {
      case 'EqualStmt':
      case 'NotEqualStmt':
        return Math.min(operand(stmt.stmt.a), operand(stmt.stmt.b))
      case 'AssignVarOnceStmt': {
        const present = locals.slot(stmt.stmt.target)
        return present === undefined ? 1 : operand(stmt.stmt.source)
      }
      case 'DotStmt':
      case 'ObjectInsertStmt':
        return operand(stmt.stmt.key)
      case 'ObjectInsertOnceStmt':
        return operand(stmt.stmt.key) + operand(stmt.stmt.value)
      case 'ObjectMergeStmt':
        return Math.min(this.#weigh(locals.slot(stmt.stmt.a)), this.#weigh(locals.slot(stmt.stmt.b)))
      case 'SetAddStmt':
        return operand(stmt.stmt.value)
      case 'ResultSetAddStmt':
        return this.#weigh(locals.slot(stmt.stmt.value))
      case 'CallStmt':
        if (locals.machine.prepared.functions.has(stmt.stmt.func)) return 1
        return (stmt.stmt.args ?? []).reduce((sum, one) => sum + operand(one), 0)
      default:
        return 1
    }
  }

  /** Scalars and collections that a value consists of, each as often as it occurs. */
  #weigh(slot: Slot | undefined): number {
    if (slot === undefined || typeof slot !== 'object' || slot === null) return 1
    const value = settle(slot)
    const waiting: unknown[] = [value]
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const parts = partsOf(next)
      if (parts === undefined || this.#weightOf(next, parts.length) !== undefined) {
        waiting.pop()
        continue
      }
      let weight = 1
      const before = waiting.length
      for (const part of parts) {
        const known = isCollection(part) ? this.#weightOf(part, partsOf(part)?.length ?? 0) : 1
        if (known === undefined) waiting.push(part)
        else weight += known
      }
      if (waiting.length > before) continue
      this.#known.set(next as object, { length: parts.length, weight })
      waiting.pop()
    }
    return isCollection(value) ? (this.#known.get(value as object)?.weight ?? 1) : 1
  }

  #weightOf(value: unknown, length: number): number | undefined {
    const known = this.#known.get(value as object)
    return known?.length === length ? known.weight : undefined
  }
}

function isCollection(value: unknown): boolean {
  return partsOf(value) !== undefined
}

/** The parts of a collection; undefined for anything else. */
function partsOf(value: unknown): readonly unknown[] | undefined {
  if (value instanceof RegoObject) return value.entries
  if (value instanceof RegoSet) return value.items
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined
}
