/** Which locals of the checked program have a value at the point being planned, and where it is. */
import type { IrOperand } from '../ir/plan.js'

export class Bindings {
  readonly #operands = new Map<number, IrOperand>()
  readonly #order: number[] = []

  get(id: number): IrOperand | undefined {
    return this.#operands.get(id)
  }

  has(id: number): boolean {
    return this.#operands.has(id)
  }

  bind(id: number, operand: IrOperand): void {
    if (!this.#operands.has(id)) this.#order.push(id)
    this.#operands.set(id, operand)
  }

  /** How many are bound: a point to come back to. */
  get mark(): number {
    return this.#order.length
  }

  /** What was bound after `mark`, in order. */
  since(mark: number): readonly number[] {
    return this.#order.slice(mark)
  }

  /** Forgets what was bound after `mark`. */
  undo(mark: number): void {
    for (const id of this.#order.splice(mark)) this.#operands.delete(id)
  }
}
