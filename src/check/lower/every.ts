/**
 * `every`: the domain is evaluated in front of it, the key and the value are new in its body.
 */
import type { Expr, VarTerm } from '../../syntax/ast.js'
import type { CoreLocal } from '../core.js'
import { closeBody, openBody } from './body.js'
import { withEquations } from './equations.js'
import { settle } from './literal.js'
import type { Lowering } from './lowering.js'
import { lowerTerm } from './term.js'

export function lowerEvery(every: Extract<Expr, { kind: 'every' }>, at: Lowering): void {
  const { key, value, domain, span } = every
  const body = withEquations(every.body, at)
  const over = settle(lowerTerm(domain, at), at)
  const inside = openBody(body, at, true)
  const keyLocal = key === undefined ? undefined : declare(key, inside)
  const valueLocal = declare(value, inside)
  at.scope.apart(() => closeBody(body, inside))
  at.out.emit({ kind: 'every', key: keyLocal, value: valueLocal, domain: over, body: inside.out.exprs, span })
}

function declare({ name, span }: VarTerm, at: Lowering): CoreLocal {
  if (name === '_') return at.cx.locals.create('_', 'wildcard', at.scope.depth, span)
  return at.scope.declare(name, 'declared', { mustBeUsed: 'declared-unused' }, span, at.cx).local
}
