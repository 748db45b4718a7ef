/**
 * Whose turn it is while a body is put in order.
 *
 * What happens is as if the members of a body were tried in order, pass after pass, until a pass changes nothing. A
 * member is tried again only if a local that it waits for has been bound, so that the work stays near linear.
 */
import { MinHeap } from '../min-heap.js'

export class Agenda {
  readonly #watchers = new Map<number, number[]>()
  readonly #waiting = new Set<number>()
  #pass: MinHeap
  #nextPass = new MinHeap()
  #position = -1

  constructor(size: number) {
    this.#pass = MinHeap.upTo(size)
  }

  /** The member to try now; undefined when nothing can change any more. */
  next(): number | undefined {
    if (this.#pass.size === 0) {
      const spent = this.#pass
      this.#pass = this.#nextPass
      this.#nextPass = spent
    }
    const at = this.#pass.pop()
    if (at !== undefined) this.#position = at
    return at
  }

  /** The member `at` could not be placed and is to be tried again when one of the locals is bound. */
  wait(at: number, locals: readonly number[]): void {
    this.#waiting.add(at)
    for (const local of locals) {
      const watchers = this.#watchers.get(local)
      if (watchers === undefined) this.#watchers.set(local, [at])
      else watchers.push(at)
    }
  }

  bound(locals: Iterable<number>): void {
    for (const local of locals) {
      for (const at of this.#watchers.get(local) ?? []) {
        if (this.#waiting.delete(at)) (at > this.#position ? this.#pass : this.#nextPass).push(at)
      }
      this.#watchers.delete(local)
    }
  }

  /** Members that were never placed, in order. */
  waiting(): readonly number[] {
    return [...this.#waiting].sort((a, b) => a - b)
  }
}
