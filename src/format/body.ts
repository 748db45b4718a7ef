/** Bodies: one literal after another, in one line or each in its own. */
import type { Body, Literal } from '../syntax/ast.js'
import { type Layout, writeOrCopy } from './layout.js'
import { writeLiteral } from './literal.js'

/** Whether all literals begin in this row. */
export function isInOneRow({ rows }: Layout, { literals }: Body, row: number): boolean {
  return literals.every((literal) => rows.of(literal) === row)
}

/** `a; b; c` */
export function writeInlineBody(layout: Layout, { literals }: Body, isGuarded = false): void {
  for (const [index, literal] of literals.entries()) {
    if (index > 0) layout.page.write('; ')
    writeLiteral(layout, literal, isGuarded && index === 0)
  }
}

/**
 * From the end of the line with the opening bracket to the beginning of the line with the closing one, in which no comment
 * is kept if its row is undefined.
 */
export function writeBlock(layout: Layout, body: Body, endRow: number | undefined, isGuarded = false): void {
  const { page } = layout
  page.endLine()
  page.indent++
  const { isInTerm } = page
  page.isInTerm = false
  writeLines(layout, body.literals, isGuarded)
  page.isInTerm = isInTerm
  if (endRow !== undefined) page.placeComments(endRow)
  page.indent--
  page.startLine()
}

/** Each literal in lines of its own, with the blank lines between them. */
function writeLines(layout: Layout, literals: readonly Literal[], isGuarded: boolean): void {
  const { page, rows } = layout
  let previousEnd: number | undefined
  for (const literal of literals) {
    const row = rows.of(literal)
    const top = Math.min(row, page.nextCommentRow)
    if (previousEnd !== undefined && (top - previousEnd > 1 || page.hasCommentBefore(row))) page.blankLine()
    page.placeComments(row)
    page.startLine()
    writeOrCopy(layout, literal.span, () => writeLiteral(layout, literal, isGuarded && literal === literals[0]))
    page.endLine()
    previousEnd = rows.endOf(literal)
  }
}
