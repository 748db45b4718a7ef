/** Tables on a terminal, with lines around their cells. */
import { makeVisible, widthOf } from '../diagnostics/text-width.js'

/**
 * A table with a head, as text; it ends with a line break. Line breaks in cells are shown as blanks, and cells wider than
 * `maxCell` columns are cut off.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], maxCell = Number.POSITIVE_INFINITY): string {
  const show = (cell: string): string => cut(makeVisible(cell.slice(0, 2 * maxCell).replace(/\s*\n\s*/g, ' ')), maxCell)
  const all = [head, ...rows].map((row) => row.map(show))
  const widths = head.map((_, at) => all.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0))
  const line = (left: string, middle: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(middle)}${right}`
  const print = (row: readonly string[], align: typeof padEnd): string =>
    `│${widths.map((width, at) => ` ${align(row[at] ?? '', width)} `).join('│')}│`
  const [top = [], ...others] = all
  const lines = [
    line('┌', '┬', '┐'),
    print(top, center),
    line('├', '┼', '┤'),
    ...others.map((row) => print(row, padEnd)),
    line('└', '┴', '┘'),
  ]
  return `${lines.join('\n')}\n`
}

/** Columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

function cut(text: string, most: number): string {
  if (textWidth(text) <= most) return text
  let shown = ''
  let width = 1
  for (const character of text) {
    width += widthOf(character)
    if (width > most) break
    shown += character
  }
  return `${shown}…`
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(width - textWidth(text))
}

function center(text: string, width: number): string {
  const free = width - textWidth(text)
  return ' '.repeat(free >> 1) + text + ' '.repeat(free - (free >> 1))
}
