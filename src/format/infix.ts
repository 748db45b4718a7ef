/**
 * Operators. Within a term, operands that are operations themselves are always put in parentheses; an operation that is a
 * whole literal has them only where they are needed.
 */
import type { InfixTerm, MemberTerm, Term } from '../syntax/ast.js'
import { INFIX_LEVEL } from '../syntax/token.js'
import type { Layout } from './layout.js'
import { writeBareTerm, writeTerm } from './term.js'

export function writeInfix(layout: Layout, term: InfixTerm): void {
  const { page } = layout
  writeSide(layout, term.left, false)
  page.write(` ${term.op} `)
  writeSide(layout, term.right, false)
}

/** An operation that is a literal. */
export function writeLooseInfix(layout: Layout, { op, left, right }: InfixTerm): void {
  const level = INFIX_LEVEL.get(op) as number
  writeLooseSide(layout, left, level)
  layout.page.write(` ${op} `)
  writeLooseSide(layout, right, level + 1)
}

/** An operand next to an operator of some level. */
function writeLooseSide(layout: Layout, term: Term, level: number): void {
  const isLooser = term.kind === 'member' || (term.kind === 'infix' && (INFIX_LEVEL.get(term.op) as number) < level)
  if (isLooser) writeInParens(layout, term)
  else writeTerm(layout, term)
}

export function writeInParens(layout: Layout, term: Term): void {
  layout.page.write('(')
  writeBareTerm(layout, term)
  layout.page.write(')')
}

export function writeMember(layout: Layout, { key, value, collection }: MemberTerm): void {
  const { page } = layout
  if (key !== undefined) {
    writeSide(layout, key, false)
    page.write(', ')
  }
  writeSide(layout, value, key === undefined)
  page.write(' in ')
  writeSide(layout, collection, false)
}

/** Memberships associate to the left; one with a key is parenthesised wherever it is part of another. */
function writeSide(layout: Layout, term: Term, mayBeMember: boolean): void {
  const needsParens = term.kind === 'infix' || (term.kind === 'member' && !(mayBeMember && term.key === undefined))
  if (needsParens) writeInParens(layout, term)
  else writeTerm(layout, term)
}
