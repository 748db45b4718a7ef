/**
 * What is known of each local at the present statement: undefined, defined, or a certain constant.
 *
 * Statements of a list run in order until one breaks, so what a statement has set is known for the rest of its list, blocks
 * inside included. It is not known after the list (that may have broken earlier), nor may it be relied on in a loop below
 * when something in the loop may set the local again. Both follow from two marks on each fact: the list and the loop in
 * which it was learnt.
 */
import type { ConstantId } from './constants.js'
import type { BodyFacts, Slot } from './facts.js'

/** A constant (0 and up), or one of these. */
const UNKNOWN = -1
const UNDEFINED = -2
const DEFINED = -3

export class Knowledge {
  readonly #state: number[]
  readonly #list: number[]
  readonly #loop: number[]
  /** Lists that are open, by number; 0 is the body as a whole. */
  readonly #open: boolean[] = [true]
  readonly #lists: number[] = [0]
  readonly #loops: number[] = [0]

  /** At the start every local is undefined, except that of the parameters nothing is known. */
  constructor(
    readonly facts: BodyFacts,
    params: readonly Slot[],
  ) {
    this.#state = new Array<number>(facts.slotCount).fill(UNDEFINED)
    this.#list = new Array<number>(facts.slotCount).fill(0)
    this.#loop = new Array<number>(facts.slotCount).fill(0)
    for (const param of params) this.#note(param, UNKNOWN)
  }

  enterList(): void {
    this.#lists.push(this.#open.push(true) - 1)
  }

  leaveList(): void {
    this.#open[this.#lists.pop() as number] = false
  }

  /** The list entered next runs any number of times. */
  enterLoop(): void {
    this.#loops.push(this.#open.length)
  }

  leaveLoop(): void {
    this.#loops.pop()
  }

  setConstant(slot: Slot, constant: ConstantId): void {
    this.#note(slot, constant)
  }

  setDefined(slot: Slot): void {
    if (this.constantOf(slot) === undefined) this.#note(slot, DEFINED)
  }

  /** It has a new value, of which nothing but that it is defined is known. */
  overwriteDefined(slot: Slot): void {
    this.#note(slot, DEFINED)
  }

  setUndefined(slot: Slot): void {
    this.#note(slot, UNDEFINED)
  }

  forget(slot: Slot): void {
    this.#note(slot, UNKNOWN)
  }

  constantOf(slot: Slot): ConstantId | undefined {
    const state = this.#stateOf(slot)
    return state >= 0 ? state : undefined
  }

  isDefined(slot: Slot): boolean {
    const state = this.#stateOf(slot)
    return state >= 0 || state === DEFINED
  }

  isUndefined(slot: Slot): boolean {
    return this.#stateOf(slot) === UNDEFINED
  }

  /** Whether it is a certain constant, or undefined. */
  isKnown(slot: Slot): boolean {
    const state = this.#stateOf(slot)
    return state >= 0 || state === UNDEFINED
  }

  #stateOf(slot: Slot): number {
    const state = this.#state[slot] ?? UNKNOWN
    if (state === UNKNOWN || this.#open[this.#list[slot] as number] !== true) return UNKNOWN
    if (this.#loop[slot] === this.#loops.at(-1)) return state
    // Learnt outside of the loop we are in: it holds here if nothing else ever sets the local.
    return state !== UNDEFINED && this.facts.writesOf(slot) === 1 ? state : UNKNOWN
  }

  #note(slot: Slot, state: number): void {
    this.#state[slot] = state
    this.#list[slot] = this.#lists.at(-1) as number
    this.#loop[slot] = this.#loops.at(-1) as number
  }
}
