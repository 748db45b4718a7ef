/** Choices from one seed: the same seed gives the same policies and requests. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** An integer from 0 to one below the bound. */
  below(bound: number): number {
    // A 32-bit mixing step: fast, and good enough to choose by.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }

  chance(percent: number): boolean {
    return this.below(100) < percent
  }

  one<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  /** Each item with even odds, in order. */
  some<Item>(items: readonly Item[], percent = 50): Item[] {
    return items.filter(() => this.chance(percent))
  }

  list<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make)
  }
}
