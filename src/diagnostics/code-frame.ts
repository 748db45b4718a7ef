/**
 * The part of a source line that a diagnostic shows, in terminal columns.
 */
import type { Location, Source } from '../source/source.js'
import { makeVisible, widthOf } from './text-width.js'

export interface CodeFrame {
  readonly code: string
  /** Columns before the marked part. */
  readonly indent: number
  /** Columns of the marked part; at least one. */
  readonly width: number
}

const TAB_WIDTH = 4

/** Of a longer line, only the characters around the fault are shown: a policy may be one line of megabytes. */
const MAX_CHARACTERS = 100
const CHARACTERS_BEFORE = 40

/** The line of a location, or undefined if the source does not have it. Of several lines, the first is shown. */
export function frameOf(source: Source, location: Location): CodeFrame | undefined {
  if (source.lineStarts[location.row - 1] === undefined) return undefined
  const [lineStart, lineFeed] = source.lineBounds(location.row)
  const lineEnd = source.text[lineFeed - 1] === '\r' && lineFeed > lineStart ? lineFeed - 1 : lineFeed
  const length = source.placeOf(lineEnd)[1] - 1
  const from = Math.min(location.col - 1, length)
  const to = location.endRow === location.row ? Math.min(location.endCol - 1, length) : length
  const skipped = charactersSkipped(length, from, to)

  const first = source.offsetOf(location.row, skipped + 1)
  const last = Math.min(lineEnd, source.offsetOf(location.row, skipped + MAX_CHARACTERS + 1))
  const shown = [...makeVisible(source.text.slice(first, last))]
  // A byte-order mark counts as a character of the first line, and nothing of it is seen.
  if (first === 0 && source.text.startsWith('\ufeff')) shown[0] = ''
  const cutBefore = skipped > 0 ? ['\u2026'] : []
  const cutBehind = last < lineEnd ? ['\u2026'] : []
  const moved = cutBefore.length - skipped
  return layOut([...cutBefore, ...shown, ...cutBehind], from + moved, to + moved)
}

/** How many characters of a line are left out at its beginning, for the marked ones to be in sight. */
function charactersSkipped(length: number, from: number, to: number): number {
  if (length <= MAX_CHARACTERS || to <= MAX_CHARACTERS) return 0
  return Math.max(0, Math.min(from - CHARACTERS_BEFORE, length - MAX_CHARACTERS))
}

/** Expands tabs and measures; the characters `from` … `to` are marked. */
function layOut(characters: readonly string[], from: number, to: number): CodeFrame {
  let code = ''
  let column = 0
  let indent: number | undefined
  let end: number | undefined
  let previous = ''
  for (const [index, character] of characters.entries()) {
    if (index === from) indent = column
    if (index === to) end = column
    const width = character === '\t' ? TAB_WIDTH - (column % TAB_WIDTH) : widthOf(character, previous)
    code += character === '\t' ? ' '.repeat(width) : character
    column += width
    previous = character
  }
  indent ??= column
  return { code, indent, width: Math.max(1, (end ?? column) - indent) }
}
