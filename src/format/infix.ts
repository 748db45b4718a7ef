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

/** An operation that is a literal. `isGuarded` where it may not begin with a union outside of parentheses. */
export function writeLooseInfix(layout: Layout, term: InfixTerm, isGuarded: boolean): void {
  const { page } = layout
  const { op, left, right } = term
  const isInParens = isGuarded && isUnion(term)
  if (isInParens) page.write('(')
  const level = INFIX_LEVEL.get(op) as number
  if (isGuarded && !isInParens && isUnion(left)) writeInParens(layout, left)
  else writeLooseSide(layout, left, level)
  page.write(` ${op} `)
  writeLooseSide(layout, right, level + 1)
  if (isInParens) page.write(')')
}

/** `a | b` */
export function isUnion(term: Term): term is InfixTerm {
  return term.kind === 'infix' && term.op === '|'
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

/** `[key,] value in collection`, also behind `some`. */
export function writeMember(layout: Layout, { key, value, collection }: Pick<MemberTerm, 'key' | 'value' | 'collection'>): void {
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
