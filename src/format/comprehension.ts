/** Comprehensions. */
import type { ComprehensionTerm, Term } from '../syntax/ast.js'
import { isInOneRow, writeBlock, writeInlineBody } from './body.js'
import { writeInParens } from './infix.js'
import { type Layout, closingRow } from './layout.js'
import { writeBareTerm } from './term.js'

export function writeComprehension(layout: Layout, term: ComprehensionTerm): void {
  const { page, rows } = layout
  const open = term.kind === 'array-compr' ? '[' : '{'
  const close = term.kind === 'array-compr' ? ']' : '}'
  page.write(open)
  const first = term.kind === 'object-compr' ? term.key : term.head
  const headRow = rows.of(first)
  if (term.kind !== 'object-compr' && headRow !== rows.of(term)) {
    page.endLine()
    page.placeComments(headRow)
    page.startLine()
  }
  if (term.kind === 'object-compr') {
    writeSingle(layout, term.key)
    page.write(': ')
  }
  writeSingle(layout, term.head)
  page.write(' |')
  const endRow = closingRow(layout, open, term.span)
  if (isInOneRow(layout, term.body, headRow)) {
    page.write(' ')
    writeInlineBody(layout, term.body)
    if (endRow !== undefined && !page.isHolding) page.holdComment(endRow)
  } else writeBlock(layout, term.body, endRow)
  page.write(close)
}

/** A term that may not have operators outside of parentheses. */
function writeSingle(layout: Layout, term: Term): void {
  if (term.kind === 'infix' || term.kind === 'member') writeInParens(layout, term)
  else writeBareTerm(layout, term)
}
