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
  const lineStart = source.lineStarts[location.row - 1]
  if (lineStart === undefined) return undefined
  const nextLine = source.lineStarts[location.row]
  const lineEnd = nextLine === undefined ? source.text.length : nextLine - 1
  const skipped = Math.max(0, location.col - 1 - CHARACTERS_BEFORE)
  const first = skipCharacters(source.text, lineStart, lineEnd, location.col - 1 <= MAX_CHARACTERS ? 0 : skipped)
  const last = skipCharacters(source.text, first.at, lineEnd, MAX_CHARACTERS)
  const shown = makeVisible(source.text.slice(first.at, last.at).replace(/\r$/, ''))
  const characters = [...(first.count > 0 ? '\u2026' : ''), ...shown, ...(last.at < lineEnd ? '\u2026' : '')]
  const from = location.col - 1 - first.count + (first.count > 0 ? 1 : 0)
  const to = location.endRow === location.row ? from + location.endCol - location.col : characters.length
  return layOut(characters, from, to)
}

/** Moves over at most `count` code points of a line. */
function skipCharacters(
  text: string,
  start: number,
  end: number,
  count: number,
): { readonly at: number; readonly count: number } {
  let at = start
  let passed = 0
  for (; passed < count && at < end; passed++) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1
  return { at, count: passed }
}

/** Expands tabs and measures; the characters `from` … `to` are marked. */
function layOut(characters: readonly string[], from: number, to: number): CodeFrame {
  let code = ''
  let column = 0
  let indent: number | undefined
  let end: number | undefined
  for (const [index, character] of characters.entries()) {
    if (index === from) indent = column
    if (index === to) end = column
    const width = character === '\t' ? TAB_WIDTH - (column % TAB_WIDTH) : widthOf(character)
    code += character === '\t' ? ' '.repeat(width) : character
    column += width
  }
  indent ??= column
  return { code, indent, width: Math.max(1, (end ?? column) - indent) }
}
