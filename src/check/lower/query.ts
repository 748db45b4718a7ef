/**
 * A query: a body whose names stand for variables and documents, and for what a module that it is put in gives them.
 */
import type { Body } from '../../syntax/ast.js'
import type { CheckContext } from '../context.js'
import type { CheckedQuery } from '../core.js'
import { namesInBody, takenNames } from '../names.js'
import { Scope } from '../scope.js'
import { lowerLiterals } from './body.js'
import { withEquations } from './equations.js'
import { Emitter, type Lowering } from './lowering.js'
import type { ModuleNames } from '../definitions.js'
import { addImplicits, noteNamesakes } from './name.js'
import type { LoweredProgram } from './rule.js'

/** The query in core Rego, its bodies not yet in order; undefined if something about it was reported. */
export function lowerQuery(
  written: Body,
  names: ModuleNames | undefined,
  program: LoweredProgram,
  cx: CheckContext,
): CheckedQuery | undefined {
  const before = cx.faults
  const outside = { cx, ...program, names, definition: undefined, version: 'v1', out: new Emitter(1) } as const
  const body = withEquations(written, { ...outside, scope: new Scope(undefined, 1) })
  const scope = new Scope(undefined, 1, takenNames(body))
  const at: Lowering = { ...outside, scope }
  addImplicits((visit) => namesInBody(body, visit), at)
  noteNamesakes(at)
  lowerLiterals(body, at)
  scope.reportUnused(cx)
  if (cx.faults !== before) return undefined
  const bindings = [...scope.bindings()].map(([name, { local }]) => ({ name, local }))
  return { body: at.out.exprs, bindings }
}
