/** Spans as the locations of statements, and the files they are in by number. */
import type { IrLocation } from '../ir/plan.js'
import type { Span } from '../source/source.js'

export class Places {
  readonly #files = new Map<string, number>()
  #lastSpan: Span | undefined
  #lastLocation: IrLocation | undefined

  /** Names of the files seen so far, in the order of their numbers. */
  get files(): readonly string[] {
    return [...this.#files.keys()]
  }

  locate(span: Span): IrLocation {
    if (span === this.#lastSpan && this.#lastLocation !== undefined) return this.#lastLocation
    const [row, col] = span.source.placeOf(span.start)
    const [end_row, end_col] = span.source.placeOf(span.end)
    this.#lastSpan = span
    this.#lastLocation = { file: this.fileIndex(span.source.name), row, col, end_row, end_col }
    return this.#lastLocation
  }

  /** The number of a file, given out at first use. */
  fileIndex(name: string): number {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    this.#files.set(name, this.#files.size)
    return this.#files.size - 1
  }
}
