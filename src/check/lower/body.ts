/**
 * Bodies: a scope, and its literals one after the other.
 */
import type { Body } from '../../syntax/ast.js'
import type { CoreBody } from '../core.js'
import { namesInBody, takenNames } from '../names.js'
import { Scope } from '../scope.js'
import { withEquations } from './equations.js'
import { lowerLiteral } from './literal.js'
import { type Lowering, withinExpression } from './lowering.js'
import { addImplicits } from './name.js'

/** The literals of a body whose scope is open. */
export function lowerLiterals(body: Body, at: Lowering): void {
  for (const literal of body.literals) lowerLiteral(literal, at)
}

/** A body inside another: `not { … }`, which shows what it declares further on, or an operand in braces. */
export function lowerNestedBody(written: Body, at: Lowering, showsPending: boolean): CoreBody {
  const body = withEquations(written, at)
  const inside = openBody(body, at, showsPending)
  closeBody(body, inside)
  return inside.out.exprs
}

/** The scope and the emitter of a body inside another; names may be declared in it before it is closed. */
export function openBody(body: Body, at: Lowering, showsPending: boolean): Lowering {
  return withinExpression(at, new Scope(at.scope, at.out.depth + 1, takenNames(body), showsPending))
}

export function closeBody(body: Body, inside: Lowering): void {
  addImplicits((visit) => namesInBody(body, visit), inside)
  lowerLiterals(body, inside)
  inside.scope.reportUnused(inside.cx)
}
