/**
 * Lists in brackets: items that begin in one row of the source stay in one row.
 */
import type { Span } from '../source/source.js'
import type { Term } from '../syntax/ast.js'
import { NoPlaceForComment } from './comments.js'
import { type Layout, closingRow } from './layout.js'

export interface List<Item> {
  readonly open: '[' | '{' | '('
  readonly close: string
  readonly items: readonly Item[]
  readonly startOf: (item: Item) => number
  readonly write: (layout: Layout, item: Item) => void
  /** From the beginning of what owns the list to the closing bracket. */
  readonly span: Span
  /** Arguments: they are pulled up to the bracket if all begin in one row, and nothing is kept in front of the closing one. */
  readonly isCall: boolean
}

/** A list of terms. */
export function writeTerms(layout: Layout, list: Omit<List<Term>, 'startOf'>): void {
  writeList(layout, { ...list, startOf: ({ span }) => span.start })
}

export function writeList<Item>(layout: Layout, list: List<Item>): void {
  const { page, rows } = layout
  const { open, close, items, span, isCall } = list
  page.write(open)
  const groups = groupByRow(layout, list)
  const [first] = groups
  const endRow = isCall ? undefined : closingRow(layout, open, span)
  if (groups.length <= 1 && endRow !== undefined && page.hasCommentBefore(endRow)) throw new NoPlaceForComment()
  if (first === undefined) return page.write(close)
  if (groups.length === 1 && (isCall || first.row === rows.at(span.start))) {
    writeGroup(layout, list, items)
    return page.write(close)
  }
  page.write('\n')
  page.indent++
  for (const group of groups) {
    page.placeComments(group.row)
    page.startLine()
    writeGroup(layout, list, group.items)
    page.write(',')
    page.endLine()
  }
  if (endRow !== undefined) page.placeComments(endRow)
  page.indent--
  page.startLine()
  page.write(close)
}

interface Group<Item> {
  readonly row: number
  readonly items: Item[]
}

/** Names as the compiler makes them stand in no row for OPA; with one of them, everything is one group. */
const GENERATED = '__local'

function groupByRow<Item>({ rows, source }: Layout, { items, startOf }: List<Item>): readonly Group<Item>[] {
  const [first] = items
  if (first !== undefined && items.some((item) => source.text.startsWith(GENERATED, startOf(item)))) {
    return [{ row: rows.at(startOf(first)), items: [...items] }]
  }
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
