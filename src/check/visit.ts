/**
 * Walking core Rego: every reference, call and `with` of a clause, however deep.
 */
import type { CheckedClause, CoreBody, CoreExpr, CoreTerm, CoreWith } from './core.js'

export interface CoreVisitor {
  term?(term: CoreTerm): void
  with?(one: CoreWith): void
}

export function visitClause({ body, value }: CheckedClause, visitor: CoreVisitor): void {
  visitBody(body, visitor)
  visitTerm(value, visitor)
}

function visitBody(body: CoreBody, visitor: CoreVisitor): void {
  for (const expr of body) visitExpr(expr, visitor)
}

export function visitExpr(expr: CoreExpr, visitor: CoreVisitor): void {
  for (const one of expr.withs) {
    visitor.with?.(one)
    if (one.value.kind === 'value') visitTerm(one.value.term, visitor)
  }
  switch (expr.kind) {
    case 'term':
      return visitTerm(expr.term, visitor)
    case 'unify':
      visitTerm(expr.left, visitor)
      return visitTerm(expr.right, visitor)
    case 'not':
      return visitBody(expr.body, visitor)
    case 'every':
      visitTerm(expr.domain, visitor)
      return visitBody(expr.body, visitor)
    case 'logical':
      visitBody(expr.left, visitor)
      return visitBody(expr.right, visitor)
  }
}

/** The term, then its parts. */
export function visitTerm(term: CoreTerm, visitor: CoreVisitor): void {
  visitor.term?.(term)
  const visit = (part: CoreTerm): void => visitTerm(part, visitor)
  switch (term.kind) {
    case 'const':
    case 'local':
      return
    case 'ref':
      if (term.head.kind === 'term') visit(term.head.term)
      return term.path.forEach(visit)
    case 'call':
      return term.args.forEach(visit)
    case 'array':
    case 'set':
      return term.items.forEach(visit)
    case 'object':
      for (const { key, value } of term.entries) {
        visit(key)
        visit(value)
      }
      return
    case 'object-compr':
      visit(term.key)
  }
  visit(term.head)
  visitBody(term.body, visitor)
}
