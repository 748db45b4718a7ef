/**
 * A named source text and places in it.
 *
 * Every node of every form carries a `Span`: the text it came from and two offsets. Rows and columns are computed only
 * when somebody asks, because a policy has many more nodes than diagnostics.
 */
import { countBelow } from '../value/ascending.js'

/** A named text. `name` is what diagnostics call it, usually the key under `modules`. */
export class Source {
  #lineStarts: number[] | undefined
  #wide: readonly number[] | undefined

  constructor(
    readonly name: string,
    readonly text: string,
  ) {}

  /** Offsets at which lines begin, in UTF-16 code units; the first is 0. Lines end at LF. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0]
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1)
      this.#lineStarts = starts
    }
    return this.#lineStarts
  }

  /**
   * Row and column of an offset, both from 1. A text may be one enormous line and have a place asked for at every token, so
   * columns are not counted but computed: from the offset, less the characters before it that take two code units.
   */
  placeOf(offset: number): readonly [row: number, col: number] {
    const row = countBelow(this.lineStarts, offset + 1)
    const lineStart = this.lineStarts[row - 1] as number
    const wideBefore = this.#wideUpTo(offset - 1) - this.#wideUpTo(lineStart - 1)
    return [row, offset - lineStart - wideBefore + 1]
  }

  /** The offset of a place: the other way round. A column behind the end of the line is the end of the line. */
  offsetOf(row: number, col: number): number {
    const [lineStart, lineEnd] = this.lineBounds(row)
    let low = lineStart
    let high = lineEnd
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.placeOf(middle)[1] < col) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Where a line begins and ends, without its line feed. A row that the text does not have is empty, at its end. */
  lineBounds(row: number): readonly [start: number, end: number] {
    const start = this.lineStarts[row - 1] ?? this.text.length
    const next = this.lineStarts[row]
    return [start, next === undefined ? this.text.length : next - 1]
  }

  /** How many of the characters that take two code units begin at `offset` or before. */
  #wideUpTo(offset: number): number {
    this.#wide ??= [...this.text.matchAll(/[\u{10000}-\u{10ffff}]/gu)].map(({ index }) => index)
    return countBelow(this.#wide, offset + 1)
  }
}

/** A stretch of a source. `start` and `end` are offsets in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly source: Source
  readonly start: number
  readonly end: number
}

/** A place in a file. Rows and columns count from 1; columns count code points; `endCol` is exclusive. */
export interface Location {
  readonly file: string
  readonly row: number
  readonly col: number
  readonly endRow: number
  readonly endCol: number
}

/** The smallest span that covers both. */
export function coverSpans(first: Span, last: Span): Span {
  return { source: first.source, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) }
}

/** Row and column of a span, both ends. */
export function locate(span: Span): Location {
  const [row, col] = span.source.placeOf(span.start)
  const [endRow, endCol] = span.source.placeOf(span.end)
  return { file: span.source.name, row, col, endRow, endCol }
}
