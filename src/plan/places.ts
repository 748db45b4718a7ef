/**
 * Spans as the locations of statements.
 *
 * Spans come in roughly ascending order, so the place of the last one is remembered and counting goes on from there: a
 * text that is one enormous line must not be counted from its start for every statement.
 */
import type { IrLocation } from '../ir/plan.js'
import type { Source, Span } from '../source/source.js'

interface Place {
  readonly offset: number
  readonly row: number
  readonly col: number
}

const START: Place = { offset: 0, row: 1, col: 1 }

export class Places {
  readonly #files = new Map<string, number>()
  readonly #last = new Map<Source, Place>()
  #lastSpan: Span | undefined
  #lastLocation: IrLocation | undefined

  /** Names of the files seen so far, in the order of their numbers. */
  get files(): readonly string[] {
    return [...this.#files.keys()]
  }

  locate(span: Span): IrLocation {
    if (span === this.#lastSpan && this.#lastLocation !== undefined) return this.#lastLocation
    const file = this.fileIndex(span.source.name)
    const start = this.#placeOf(span.source, span.start)
    const end = this.#placeOf(span.source, span.end)
    this.#last.set(span.source, start)
    this.#lastSpan = span
    this.#lastLocation = { file, row: start.row, col: start.col, end_row: end.row, end_col: end.col }
    return this.#lastLocation
  }

  /** The number of a file, given out at first use. */
  fileIndex(name: string): number {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    this.#files.set(name, this.#files.size)
    return this.#files.size - 1
  }

  #placeOf(source: Source, offset: number): Place {
    const row = lineAt(source.lineStarts, offset)
    const lineStart = source.lineStarts[row - 1] as number
    const last = this.#last.get(source) ?? START
    const from = last.row === row && last.offset <= offset ? last : { offset: lineStart, row, col: 1 }
    return { offset, row, col: from.col + codePointsBetween(source.text, from.offset, offset) }
  }
}

/** The line, counted from 1, that an offset lies in. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low + 1
}

function codePointsBetween(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; count++) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1
  return count
}
