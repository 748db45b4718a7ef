/**
 * Where the locals of a plan live in a function.
 *
 * Engines take time and memory for each local at each block, so that a rule of ten thousand bodies must not have the locals
 * of all of them at once. A local that means nothing outside of one list of statements gives its place back after the last
 * statement that touches it. Whoever has the place next finds there what was left: only locals that are set before anything
 * looks at them share places.
 */
import type { IrBlock, IrStmt } from '../ir/plan.js'
import type { BodyFacts, Slot } from './facts.js'

/**
 * The locals of an open list of statements: those that mean nothing outside of it, and those of them that end with the present
 * statement.
 */
interface OwnLocals {
  readonly block: IrBlock
  readonly slots: Slot[]
  readonly ending: Slot[]
}

export class LocalPlaces {
  readonly #indexes: (number | undefined)[] = []
  /** The lists that locals belong to, as long as their places are taken. */
  readonly #owners: (OwnLocals | undefined)[] = []
  readonly #isShared: (boolean | undefined)[] = []
  readonly #lists: OwnLocals[] = []
  readonly #free: number[] = []
  readonly #params: number
  #count: number

  /** `params` have the first places; `extra` ones after them are taken as well. */
  constructor(
    readonly facts: BodyFacts,
    params: readonly Slot[],
    extra: number,
  ) {
    params.forEach((slot, index) => (this.#indexes[slot] = index))
    this.#params = params.length + extra
    this.#count = this.#params
  }

  /** Number of places, parameters included. */
  get count(): number {
    return this.#count
  }

  /** Number of places besides the parameters. */
  get extraCount(): number {
    return this.#count - this.#params
  }

  /** A place for the generator's own purposes; it is taken until released. */
  take(): number {
    return this.#free.pop() ?? this.#count++
  }

  release(...places: readonly number[]): void {
    this.#free.push(...places)
  }

  /** The place of a local, if it has one already. */
  known(slot: Slot): number | undefined {
    return this.#indexes[slot]
  }

  /** A place for a local that has none. */
  place(slot: Slot): number {
    const list = this.#lists.at(-1)
    const isOwn = list !== undefined && this.facts.isOwnOf(slot, list.block)
    const index = isOwn ? this.take() : this.#count++
    if (isOwn) {
      list.slots.push(slot)
      this.#owners[slot] = list
    }
    this.#indexes[slot] = index
    this.#isShared[slot] = isOwn
    return index
  }

  /** Whether the place of a local may hold what other locals have left there. */
  isShared(slot: Slot): boolean {
    return this.#isShared[slot] === true
  }

  enterList(block: IrBlock): void {
    this.#lists.push({ block, slots: [], ending: [] })
  }

  leaveList(): void {
    const list = this.#lists.pop()
    if (list !== undefined) this.#end(list.slots)
  }

  /** To be called after each statement, those inside it first. */
  leaveStatement(stmt: IrStmt): void {
    for (const slot of this.facts.ownEndingWith(stmt)) this.#owners[slot]?.ending.push(slot)
    const list = this.#lists.at(-1)
    if (list !== undefined) this.#end(list.ending)
  }

  #end(slots: Slot[]): void {
    for (const slot of slots) {
      if (this.#owners[slot] !== undefined) this.release(this.#indexes[slot] as number)
      this.#owners[slot] = undefined
    }
    slots.length = 0
  }
}
