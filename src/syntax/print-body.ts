/**
 * Bodies and literals as text.
 *
 * An indentation lays nested bodies out over several lines; without one, everything is on one line.
 */
import type { Body, Expr, Literal, LogicalOperand, With } from './ast.js'
import { type TermPlace, printTerm } from './print-term.js'

/** `a; b; c` */
export function printBodyInline(body: Body): string {
  return body.literals.map((literal) => printLiteral(literal)).join('; ')
}

/** `{ … }` */
export function printBraced(body: Body, indent?: string): string {
  if (indent === undefined) return `{ ${printBodyInline(body)} }`
  const inner = `${indent}\t`
  const lines = body.literals.map((literal) => printLiteral(literal, inner))
  // A line that begins with a minus would be read as going on with the line above.
  const separated = lines.map((line, index) => (lines[index + 1]?.startsWith('-') === true ? `${line};` : line))
  return `{\n${separated.map((line) => `${inner}${line}\n`).join('')}${indent}}`
}

export function printLiteral(literal: Literal, indent?: string): string {
  return printUnit(literal, indent, 'alone') + printWiths(literal.withs)
}

function printWiths(withs: readonly With[]): string {
  return withs.map(({ target, value }) => ` with ${printTerm(target)} as ${printTerm(value, 'alone')}`).join('')
}

/** A literal without its `with`s. */
function printUnit({ negated, expr }: Literal, indent: string | undefined, place: TermPlace): string {
  if (!negated) return printExpr(expr, indent, place)
  // Behind `not`, braces may be a body and parentheses a group, so that both have to be kept apart from values.
  if (expr.kind === 'logical') return `not (${printExpr(expr, indent, 'alone')})`
  return `not ${printExpr(expr, indent, 'guarded')}`
}

function printExpr(expr: Expr, indent: string | undefined, place: TermPlace): string {
  switch (expr.kind) {
    case 'some-decl':
      return `some ${expr.vars.map((one) => one.name).join(', ')}`
    case 'some-in': {
      const key = expr.key === undefined ? '' : `${printTerm(expr.key)}, `
      return `some ${key}${printTerm(expr.value)} in ${printTerm(expr.collection)}`
    }
    case 'every': {
      const key = expr.key === undefined ? '' : `${expr.key.name}, `
      return `every ${key}${expr.value.name} in ${printTerm(expr.domain)} ${printBraced(expr.body, indent)}`
    }
    case 'assign':
      return `${printTerm(expr.left, place)} := ${printTerm(expr.right, 'alone')}`
    case 'unify':
      return `${printTerm(expr.left, place)} = ${printTerm(expr.right, 'alone')}`
    case 'term':
      return printTerm(expr.term, place)
    case 'body-expr':
      return printBraced(expr.body, indent)
    case 'logical': {
      const left = printOperand(expr.left, expr.op, indent, false)
      return `${left} ${expr.op} ${printOperand(expr.right, expr.op, indent, true)}`
    }
  }
}

/** An operand of `op`; the operators associate to the left. */
function printOperand(operand: LogicalOperand, op: 'and' | 'or', indent: string | undefined, isRight: boolean): string {
  if (operand.kind === 'operand-body') return `${operand.negated ? 'not ' : ''}${printBraced(operand.body, indent)}`
  const { literal } = operand
  const printed = printUnit(literal, indent, 'guarded')
  if (literal.withs.length > 0) return `(${printed}${printWiths(literal.withs)})`
  const { expr } = literal
  const isLoose =
    !literal.negated && expr.kind === 'logical' && (isRight ? op === 'and' || expr.op === 'or' : op === 'and' && expr.op === 'or')
  return isLoose ? `(${printed})` : printed
}
