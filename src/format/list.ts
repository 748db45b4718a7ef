/**
 * Lists in brackets: items that begin in one row of the source stay in one row.
 */
import type { Span } from '../source/source.js'
import { NoPlaceForComment } from './comments.js'
import type { Layout } from './layout.js'

export interface List<Item> {
  readonly open: string
  readonly close: string
  readonly items: readonly Item[]
  readonly startOf: (item: Item) => number
  readonly write: (layout: Layout, item: Item) => void
  /** From the beginning of what owns the list to the closing bracket. */
  readonly span: Span
  /** Arguments: they are pulled up to the bracket if all begin in one row, and nothing is kept in front of the closing one. */
  readonly isCall: boolean
}

export function writeList<Item>(layout: Layout, list: List<Item>): void {
  const { page, rows } = layout
  const { open, close, items, span, isCall } = list
  page.write(open)
  const groups = groupByRow(layout, list)
  const [first] = groups
  if (first === undefined) return page.write(close)
  const endRow = rows.at(span.end - 1)
  if (groups.length === 1 && (isCall || first.row === rows.at(span.start))) {
    writeGroup(layout, list, items)
    return page.write(close)
  }
  if (groups.length === 1 && page.hasCommentBefore(endRow)) throw new NoPlaceForComment()
  page.write('\n')
  page.indent++
  for (const group of groups) {
    page.placeComments(group.row)
    page.startLine()
    writeGroup(layout, list, group.items)
    page.write(',')
    page.endLine()
  }
  if (!isCall) page.placeComments(endRow, false)
  page.indent--
  page.startLine()
  page.write(close)
}

interface Group<Item> {
  readonly row: number
  readonly items: Item[]
}

function groupByRow<Item>({ rows }: Layout, { items, startOf }: List<Item>): readonly Group<Item>[] {
  const groups: Group<Item>[] = []
  for (const item of items) {
    const row = rows.at(startOf(item))
    const current = groups.at(-1)
    if (current?.row === row) current.items.push(item)
    else groups.push({ row, items: [item] })
  }
  return groups
}

function writeGroup<Item>(layout: Layout, { write }: List<Item>, items: readonly Item[]): void {
  for (const [index, item] of items.entries()) {
    if (index > 0) layout.page.write(', ')
    write(layout, item)
  }
}
