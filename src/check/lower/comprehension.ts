/**
 * Comprehensions: a body of its own whose variables stay inside.
 */
import type { ComprehensionTerm } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { namesInBody, namesInTerm, takenNames } from '../names.js'
import { Scope } from '../scope.js'
import { lowerLiterals } from './body.js'
import { withEquations } from './equations.js'
import { lowerHeadTerm } from './head-term.js'
import { type Lowering, nested } from './lowering.js'
import { addImplicits, noteNamesakes } from './name.js'

export function lowerComprehension(term: ComprehensionTerm, at: Lowering): CoreTerm {
  const { head, span } = term
  const body = withEquations(term.body, at)
  const inside = nested(at, new Scope(at.scope, at.out.depth + 1, takenNames(body)))
  addImplicits((visit) => {
    namesInBody(body, visit)
    namesInTerm(head, visit)
    if (term.kind === 'object-compr') namesInTerm(term.key, visit)
  }, inside)
  noteNamesakes(inside)
  lowerLiterals(body, inside)
  const key = term.kind === 'object-compr' ? lowerHeadTerm(term.key, inside) : undefined
  const value = lowerHeadTerm(head, inside)
  inside.scope.reportUnused(at.cx)
  const exprs = inside.out.exprs
  if (term.kind === 'object-compr') return { kind: 'object-compr', key: key as CoreTerm, head: value, body: exprs, span }
  return { kind: term.kind, head: value, body: exprs, span }
}
