/**
 * `some`: declarations, and iteration over a collection.
 */
import type { Expr } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { namesInTerm, somePatternVars } from '../names.js'
import { type Lowering, generateLocal } from './lowering.js'
import { extendRef } from './ref.js'
import { lowerTerm } from './term.js'

export function declareSome({ vars }: Extract<Expr, { kind: 'some-decl' }>, at: Lowering): void {
  for (const { name, span } of vars) {
    if (name === '_') continue
    const indirect = !at.scope.mentions.has(name)
    at.scope.declare(name, 'declared', { mustBeUsed: 'declared-unused', known: false, indirect }, span, at.cx)
  }
}

/** Declares the variables of `some k, v in c`; false if something about them was reported. */
export function declareSomeIn(expr: Extract<Expr, { kind: 'some-in' }>, at: Lowering): boolean {
  const declared = declaredBy(expr)
  let clash = false
  namesInTerm(expr.collection, (name, span) => {
    if (!declared.has(name)) return
    at.cx.report('assigned-before', span, name)
    clash = true
  })
  if (clash) return false
  const seen = new Set<string>()
  somePatternVars(expr, (name, span) => {
    if (!seen.has(name)) at.scope.declare(name, 'declared', { mustBeUsed: undefined }, span, at.cx)
    seen.add(name)
  })
  return true
}

/** `some k, v in c` is `v = c[k]`; its variables have been declared. */
export function lowerSomeIn(expr: Extract<Expr, { kind: 'some-in' }>, at: Lowering): void {
  // Bodies in the collection mean the variables around, which the declared ones are about to hide.
  const collection = at.scope.hiding(declaredBy(expr), () => lowerTerm(expr.collection, at))
  const key: CoreTerm = expr.key === undefined ? generateLocal(expr.span, at) : lowerTerm(expr.key, at)
  const value = lowerTerm(expr.value, at)
  at.out.emit({ kind: 'unify', left: value, right: extendRef(collection, [key], expr.collection.span), span: expr.span })
}

function declaredBy(expr: Extract<Expr, { kind: 'some-in' }>): ReadonlySet<string> {
  const names = new Set<string>()
  somePatternVars(expr, (name) => names.add(name))
  return names
}
