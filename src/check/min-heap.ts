/**
 * A heap of numbers: the least of them comes first.
 */
export class MinHeap {
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
