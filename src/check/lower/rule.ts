/**
 * Rules: arguments, then the clauses (the first body and the else branches), each in a scope of its own.
 */
import type { Body, Term } from '../../syntax/ast.js'
import type { CheckedClause, CheckedRule, CoreTerm } from '../core.js'
import type { CheckContext } from '../context.js'
import { type Definition, refText } from '../definitions.js'
import type { Span } from '../../source/source.js'
import { namesInBody, namesInTerm, takenNames } from '../names.js'
import { Scope } from '../scope.js'
import { type Argument, lowerArguments } from './arguments.js'
import { lowerLiterals } from './body.js'
import { withEquations } from './equations.js'
import { lowerHeadTerm } from './head-term.js'
import { Emitter, type Lowering, constant, hoist } from './lowering.js'
import { addImplicits } from './name.js'
import { lowerOperand } from './term.js'

/** The rule in core Rego, its bodies not yet in order; undefined if something about it was reported. */
export function lowerDefinition(definition: Definition, program: LoweredProgram, cx: CheckContext): CheckedRule | undefined {
  const before = cx.faults
  const { rule, names, shape, path, span, body, elses } = definition
  if (shape === 'function' && definition.keys.length > 0) cx.report('function-keys', rule.head.span, refText(definition))
  if (rule.head.args !== undefined && rule.head.value === undefined && body === undefined && isBuiltin(definition, cx)) {
    cx.report('builtin-as-rule', rule.head.span)
  }
  const scope = new Scope(undefined, 0)
  const at: Lowering = { cx, ...program, names, definition, version: names.module.version, scope, out: new Emitter(0, true) }
  const args = rule.head.args === undefined ? undefined : lowerArguments(rule.head.args, at)
  const isDefault = rule.default
  const value = rule.head.contains ?? rule.head.value
  const { keys, clause: first } = lowerClause({ body, value, keys: definition.keys, span }, args, at)
  const elsewhere: Lowering = { ...at, definition: { ...definition, isFirst: false } }
  const others = elses.map((one) => {
    return lowerClause({ body: one.body, value: one.value, keys: [], span: one.span }, args, elsewhere).clause
  })
  scope.reportUnused(cx)
  if (cx.faults !== before) return undefined
  return { shape, path, keys, args: args?.map((arg) => arg.pattern), isDefault, clauses: [first, ...others], span }
}

/** Whether a head has the name of a builtin, within its package. */
function isBuiltin({ names, path }: Definition, cx: CheckContext): boolean {
  return cx.builtin(path.slice(names.module.package.path.length).join('.')) !== undefined
}

/** What all rules are lowered in view of. */
export type LoweredProgram = Pick<Lowering, 'index' | 'annotations'>

interface ClauseParts {
  readonly body: Body | undefined
  readonly value: Term | undefined
  readonly keys: readonly Term[]
  readonly span: Span
}

function lowerClause(
  { body: written, value, keys, span }: ClauseParts,
  args: readonly Argument[] | undefined,
  rule: Lowering,
): { readonly clause: CheckedClause; readonly keys: readonly CoreTerm[] } {
  const isDefault = rule.definition?.rule.default === true
  const body = written === undefined ? undefined : withEquations(written, rule)
  const scope = new Scope(rule.scope, 1, body === undefined ? undefined : takenNames(body))
  const at: Lowering = { ...rule, scope, out: new Emitter(1, isDefault) }
  addImplicits((visit) => {
    if (body !== undefined) namesInBody(body, visit)
    for (const key of keys) namesInTerm(key, visit)
    if (value !== undefined) namesInTerm(value, visit)
  }, at)
  for (const { bind, bindsLast } of args ?? []) if (!bindsLast) bind?.(at)
  if (body !== undefined) lowerLiterals(body, at)
  for (const { bind, bindsLast } of args ?? []) if (bindsLast) bind?.(at)
  const loweredKeys = keys.map((key) => lowerKey(key, at))
  const lowered = value === undefined ? constant(true, span) : isDefault ? lowerOperand(value, at) : lowerHeadTerm(value, at)
  scope.reportUnused(rule.cx)
  return { clause: { body: at.out.exprs, value: lowered, span }, keys: loweredKeys }
}

/** A key is a constant or a local; anything else is computed in the body. */
function lowerKey(key: Term, at: Lowering): CoreTerm {
  const lowered = lowerHeadTerm(key, at)
  return lowered.kind === 'const' || lowered.kind === 'local' ? lowered : hoist(lowered, at)
}
