/** The strings of a plan, each once, numbered in the order of first use. */
export class StringTable {
  readonly #indexes = new Map<string, number>()

  index(text: string): number {
    const known = this.#indexes.get(text)
    if (known !== undefined) return known
    this.#indexes.set(text, this.#indexes.size)
    return this.#indexes.size - 1
  }

  get all(): readonly string[] {
    return [...this.#indexes.keys()]
  }
}
