/** Literals: expressions with `not`, `some`, `every` and `with`. */
import type { Expr, Literal, Term, With } from '../syntax/ast.js'
import { isInOneRow, writeBlock, writeInlineBody } from './body.js'
import { isUnion, writeInParens, writeLooseInfix, writeMember } from './infix.js'
import { type Layout, closingRow } from './layout.js'
import { writeBraced, writeLogical } from './logical.js'
import { writeCall, writeTerm } from './term.js'

/** `isGuarded` where a union at the beginning, behind a brace, would be taken for a comprehension. */
export function writeLiteral(layout: Layout, literal: Literal, isGuarded = false): void {
  const { page, rows } = layout
  const isInParens = isGrouped(layout, literal)
  if (isInParens) {
    page.write('not (')
    writeExpr(layout, literal.expr, false)
  } else writeUnit(layout, literal, isGuarded)
  writeWiths(layout, literal.withs, rows.endOf(literal.expr))
  if (isInParens) page.write(')')
}

/** `not (x with input as y)`: the same as without parentheses, but written as it was. */
function isGrouped({ brackets, source }: Layout, { negated, withs, span }: Literal): boolean {
  if (!negated || withs.length === 0 || !/^not\s*\(/.test(source.text.slice(span.start, span.start + 64))) return false
  return brackets.closing('(', span.start, span.end) === span.end - 1
}

/** A literal without its `with`s. */
export function writeUnit(layout: Layout, { negated, expr }: Literal, isGuarded = false): void {
  if (!negated) return writeExpr(layout, expr, isGuarded)
  layout.page.write('not ')
  if (expr.kind === 'logical') {
    layout.page.write('(')
    writeLogical(layout, expr)
    layout.page.write(')')
  } else writeExpr(layout, expr, false)
}

/** `before` is the row in which what stands before them ends. */
export function writeWiths(layout: Layout, withs: readonly With[], before: number): void {
  const { page, rows } = layout
  const { indent } = page
  let row = before
  for (const one of withs) {
    const target = rows.of(one)
    if (target !== row) {
      page.endLine()
      page.indent = indent + 1
      page.placeComments(target)
      page.startLine()
    } else page.write(' ')
    writeWith(layout, one)
    row = target
  }
  page.indent = indent
}

function writeWith(layout: Layout, { target, value }: With): void {
  const { page } = layout
  page.write('with ')
  writeTerm(layout, target)
  page.write(' as ')
  writeAlone(layout, value)
}

/** A term where `k, v in xs` needs parentheses. */
export function writeAlone(layout: Layout, term: Term): void {
  const needsParens = term.kind === 'member' && term.key !== undefined
  if (needsParens) writeInParens(layout, term)
  else writeTerm(layout, term)
}

function writeExpr(layout: Layout, expr: Expr, isGuarded: boolean): void {
  const { page } = layout
  switch (expr.kind) {
    case 'term': {
      const { term } = expr
      if (term.kind === 'infix') return writeLooseInfix(layout, term, isGuarded)
      return term.kind === 'call' ? writeCall(layout, term) : writeTerm(layout, term)
    }
    case 'assign':
    case 'unify':
      if (isGuarded && isUnion(expr.left)) writeInParens(layout, expr.left)
      else writeAlone(layout, expr.left)
      page.write(expr.kind === 'assign' ? ' := ' : ' = ')
      return writeAlone(layout, expr.right)
    case 'some-decl':
      return writeSome(layout, expr)
    case 'some-in':
      page.write('some ')
      return writeMember(layout, expr)
    case 'every': {
      page.write('every ')
      if (expr.key !== undefined) page.write(`${expr.key.name}, `)
      page.write(`${expr.value.name} in `)
      writeTerm(layout, expr.domain)
      page.write(' ')
      return writeBodyOfEvery(layout, expr)
    }
    case 'body-expr':
      return writeBraced(layout, expr.body)
    case 'logical':
      return writeLogical(layout, expr)
  }
}

function writeBodyOfEvery(layout: Layout, { body, span }: Extract<Expr, { kind: 'every' }>): void {
  const { page, rows } = layout
  page.write('{')
  if (isInOneRow(layout, body, rows.at(span.start))) {
    page.write(' ')
    writeInlineBody(layout, body)
    // OPA's own form leaves no space behind a body of several literals.
    if (body.literals.length === 1) page.write(' ')
  } else writeBlock(layout, body, closingRow(layout, '{', span))
  page.write('}')
}

function writeSome(layout: Layout, expr: Extract<Expr, { kind: 'some-decl' }>): void {
  const { page, rows } = layout
  page.write('some ')
  const { indent } = page
  let row = rows.of(expr)
  for (const [index, one] of expr.vars.entries()) {
    if (index > 0) page.write(',')
    if (rows.of(one) !== row) {
      page.endLine()
      page.indent = indent + 1
      page.startLine()
    } else if (index > 0) page.write(' ')
    page.write(one.name)
    row = rows.of(one)
  }
  page.indent = indent
}
