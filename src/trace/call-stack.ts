/**
 * The calls in progress, told by the slots that statements run with: each call has slots of its own.
 */
import type { Locals } from '../ir/interpreter/machine.js'

/** A call in progress, with what a watcher keeps about it. */
export interface Call<State> {
  readonly locals: Locals
  readonly caller: Call<State> | undefined
  readonly depth: number
  readonly state: State
}

export class CallStack<State> {
  #top: Call<State> | undefined
  readonly #onStack = new Set<Locals>()

  /** `begin` makes the state of a new call, `end` is told when one is over. */
  constructor(
    readonly begin: () => State,
    readonly end: (call: Call<State>) => void,
  ) {}

  /** The call that a statement belongs to; those that it had made are over. */
  at(locals: Locals): Call<State> {
    const top = this.#top
    if (top?.locals === locals) return top
    if (this.#onStack.has(locals)) {
      for (;;) {
        const call = this.#top as Call<State>
        if (call.locals === locals) return call
        this.#pop(call)
      }
    }
    this.#onStack.add(locals)
    return (this.#top = { locals, caller: top, depth: top === undefined ? 0 : top.depth + 1, state: this.begin() })
  }

  /** The evaluation is over, and so are all calls. */
  finish(): void {
    for (let call = this.#top; call !== undefined; call = this.#top) this.#pop(call)
  }

  #pop(call: Call<State>): void {
    this.#top = call.caller
    this.#onStack.delete(call.locals)
    this.end(call)
  }
}
