/** `and`, `or` and `not { … }`, where a module imports them. */
import type { Body, Expr, LogicalOperand } from '../syntax/ast.js'
import { isInOneRow, writeBlock, writeInlineBody } from './body.js'
import { isUnion } from './infix.js'
import { type Layout, closingRow } from './layout.js'
import { writeUnit, writeWiths } from './literal.js'

type Logical = Extract<Expr, { kind: 'logical' }>

/** `{ a; b }`, or over several lines. */
export function writeBraced(layout: Layout, body: Body): void {
  const { page, rows } = layout
  page.write('{')
  if (isInOneRow(layout, body, rows.of(body))) {
    page.write(' ')
    writeInlineBody(layout, body, isUnionAlone(body))
    page.write(' ')
  } else writeBlock(layout, body, closingRow(layout, '{', body.span), isUnionAlone(body))
  page.write('}')
}

/** Whether the first literal is nothing but a union, which in braces looks like a comprehension. */
function isUnionAlone({ literals: [first] }: Body): boolean {
  return first?.expr.kind === 'term' && isUnion(first.expr.term)
}

export function writeLogical(layout: Layout, { op, left, right }: Logical): void {
  const { page, rows } = layout
  writeOperand(layout, left, op, false)
  page.write(` ${op}`)
  const row = rows.of(right)
  if (row === rows.endOf(left)) {
    page.write(' ')
    return writeOperand(layout, right, op, true)
  }
  page.endLine()
  page.indent++
  page.placeComments(row)
  page.startLine()
  writeOperand(layout, right, op, true)
  page.indent--
}

/** An operand of `op`; the operators associate to the left. */
function writeOperand(layout: Layout, operand: LogicalOperand, op: 'and' | 'or', isRight: boolean): void {
  const { page, rows } = layout
  if (operand.kind === 'operand-body') {
    if (operand.negated) page.write('not ')
    return writeBraced(layout, operand.body)
  }
  const { literal } = operand
  const needsParens = literal.withs.length > 0 || isLoose(operand, op, isRight) || beginsWithBrace(operand)
  if (needsParens) page.write('(')
  writeUnit(layout, literal)
  writeWiths(layout, literal.withs, rows.endOf(literal.expr))
  if (needsParens) page.write(')')
}

function isLoose({ literal }: Extract<LogicalOperand, { kind: 'operand-literal' }>, op: 'and' | 'or', isRight: boolean): boolean {
  const { negated, expr } = literal
  if (negated || expr.kind !== 'logical') return false
  return isRight ? op === 'and' || expr.op === 'or' : op === 'and' && expr.op === 'or'
}

/** Whether an operand is a term whose brace would open a body. */
function beginsWithBrace({ literal }: Extract<LogicalOperand, { kind: 'operand-literal' }>): boolean {
  let { span } = literal.expr
  if (literal.expr.kind === 'term') span = literal.expr.term.span
  return span.source.text.charAt(span.start) === '{'
}
