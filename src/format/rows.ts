/** Rows of offsets, from 0. */
import type { Source, Span } from '../source/source.js'

export class Rows {
  readonly #starts: readonly number[]

  constructor(source: Source) {
    this.#starts = source.lineStarts
  }

  at(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  of({ span }: { readonly span: Span }): number {
    return this.at(span.start)
  }

  /** The row in which something ends. */
  endOf({ span }: { readonly span: Span }): number {
    return this.at(Math.max(span.start, span.end - 1))
  }
}
