/**
 * Spans as the locations of statements.
 *
 * Every statement asks for two places, and a text may be one enormous line, so columns are not counted but computed: from
 * the offset, less the characters before it that take two code units.
 */
import type { IrLocation } from '../ir/plan.js'
import type { Source, Span } from '../source/source.js'

export class Places {
  readonly #files = new Map<string, number>()
  readonly #wide = new Map<Source, readonly number[]>()
  #lastSpan: Span | undefined
  #lastLocation: IrLocation | undefined

  /** Names of the files seen so far, in the order of their numbers. */
  get files(): readonly string[] {
    return [...this.#files.keys()]
  }

  locate(span: Span): IrLocation {
    if (span === this.#lastSpan && this.#lastLocation !== undefined) return this.#lastLocation
    const [row, col] = this.#placeOf(span.source, span.start)
    const [end_row, end_col] = this.#placeOf(span.source, span.end)
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

  #placeOf(source: Source, offset: number): readonly [row: number, col: number] {
    const row = countUpTo(source.lineStarts, offset)
    const lineStart = source.lineStarts[row - 1] as number
    let wide = this.#wide.get(source)
    if (wide === undefined) this.#wide.set(source, (wide = findWide(source.text)))
    const wideBefore = wide.length === 0 ? 0 : countUpTo(wide, offset - 1) - countUpTo(wide, lineStart - 1)
    return [row, offset - lineStart - wideBefore + 1]
  }
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Where characters begin that take two code units. */
function findWide(text: string): readonly number[] {
  return [...text.matchAll(/[\u{10000}-\u{10ffff}]/gu)].map(({ index }) => index)
}
