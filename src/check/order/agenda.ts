/**
 * Whose turn it is while a body is put in order.
 *
 * What happens is as if the members of a body were tried in order, pass after pass, until a pass changes nothing. A
 * member is tried again only if a local that it waits for has been bound, so that the work stays near linear.
 */
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

class MinHeap {
  readonly #items: number[]

  constructor(items: number[] = []) {
    this.#items = items
  }

  /** 0 … size-1, which in ascending order is a heap. */
  static upTo(size: number): MinHeap {
    return new MinHeap(Array.from({ length: size }, (_, at) => at))
  }

  get size(): number {
    return this.#items.length
  }

  push(item: number): void {
    const items = this.#items
    let at = items.push(item) - 1
    for (let parent = (at - 1) >> 1; at > 0 && (items[parent] as number) > item; parent = (at - 1) >> 1) {
      items[at] = items[parent] as number
      at = parent
    }
    items[at] = item
  }

  pop(): number | undefined {
    const items = this.#items
    const least = items[0]
    const last = items.pop()
    if (least === undefined || last === undefined || items.length === 0) return least
    let at = 0
    for (let child = 1; child < items.length; child = 2 * at + 1) {
      if (child + 1 < items.length && (items[child + 1] as number) < (items[child] as number)) child++
      if ((items[child] as number) >= last) break
      items[at] = items[child] as number
      at = child
    }
    items[at] = last
    return least
  }
}
