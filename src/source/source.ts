/**
 * A named source text and places in it.
 *
 * Every node of every form carries a `Span`: the text it came from and two offsets. Rows and columns are computed only
 * when somebody asks, because a policy has many more nodes than diagnostics.
 */

/** A named text. `name` is what diagnostics call it, usually the key under `modules`. */
export class Source {
  #lineStarts: number[] | undefined

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
  const [row, col] = rowAndColumn(span.source, span.start)
  const [endRow, endCol] = rowAndColumn(span.source, span.end)
  return { file: span.source.name, row, col, endRow, endCol }
}

function rowAndColumn(source: Source, offset: number): [row: number, col: number] {
  const starts = source.lineStarts
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  let col = 1
  for (let at = starts[low] as number; at < offset; col++) at += (source.text.codePointAt(at) as number) > 0xffff ? 2 : 1
  return [low + 1, col]
}
