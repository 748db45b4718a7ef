/**
 * `eq(a, b)` is another way to write `a = b`, and `assign(a, b)` one to write `a := b`, where no rule has the name. Where one
 * has, it is the other way round.
 */
import type { Body, Expr } from '../../syntax/ast.js'
import { declaredNames } from '../names.js'
import { EQUATIONS, resolveFunction } from './call.js'
import type { Lowering } from './lowering.js'
import { asEquationCall, hasEquationNames } from './operator.js'

/** A body in which what `assign` declares can be seen. */
export function withEquations(body: Body, at: Lowering): Body {
  if (!hasEquationNames(at) && !body.literals.some(({ expr }) => kindOf(expr) !== undefined)) return body
  const declared = declaredNames(body)
  const literals = body.literals.map((literal) => {
    const kind = kindOf(literal.expr)
    return kind !== undefined && declared.has(kind.name) ? literal : { ...literal, expr: asEquation(literal.expr, at) }
  })
  return { ...body, literals }
}

export function asEquation(expr: Expr, at: Lowering): Expr {
  const call = asEquationCall(expr, at)
  if (call !== undefined) return { kind: 'term', term: call, span: expr.span }
  const found = kindOf(expr)
  if (found === undefined || expr.kind !== 'term' || expr.term.kind !== 'call') return expr
  const [left, right, ...rest] = expr.term.args
  if (left === undefined || right === undefined || rest.length > 0) return expr
  const target = resolveFunction([found.name], expr.term.operator.span, at, () => {})
  return target?.callee.kind === 'builtin' ? { kind: found.kind, left, right, span: expr.span } : expr
}

function kindOf(expr: Expr): { readonly name: string; readonly kind: 'unify' | 'assign' } | undefined {
  if (expr.kind !== 'term' || expr.term.kind !== 'call' || expr.term.operator.kind !== 'var') return undefined
  const { name } = expr.term.operator
  const kind = EQUATIONS[name]
  return kind === undefined ? undefined : { name, kind }
}
