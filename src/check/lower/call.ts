/**
 * Calls: who is called, with how many arguments, and whether the call has a value.
 */
import type { Span } from '../../source/source.js'
import type { CallTerm } from '../../syntax/ast.js'
import type { Callee, CoreCall, CoreTerm } from '../core.js'
import { type RuleNode, arityOf, isFunction } from '../definitions.js'
import { dottedPath, pathText, spanText } from '../names.js'
import { HOST_BUILTINS } from '../options.js'
import { type Lowering, constant, missing } from './lowering.js'
import { metadataValue } from './metadata.js'
import { globalPath } from './name.js'
import { lowerTerm } from './term.js'

/** Builtins that are equations: written as calls they are statements of that kind, and never values. */
export const EQUATIONS: Readonly<Record<string, 'unify' | 'assign' | undefined>> = Object.assign(Object.create(null), {
  eq: 'unify',
  assign: 'assign',
})

/** Who is called, and what is known of it. */
export interface Target {
  readonly callee: Callee
  /** As diagnostics call it. */
  readonly name: string
  readonly arity: number
  /** Takes any number of arguments. */
  readonly variadic: boolean
  readonly hasValue: boolean
}

/** A call as a value. */
export function lowerCall(term: CallTerm, at: Lowering): CoreTerm {
  const known = metadataValue(term, at)
  if (known !== undefined && term.args.length === 0) return constant(known, term.span)
  const target = resolveCallee(term, at)
  const args = term.args.map((arg) => lowerTerm(arg, at))
  if (target === undefined) return missing(term.span)
  if (!target.hasValue) {
    if (isEquation(target)) at.cx.report('unsafe-expression', term.span, target.name)
    else at.cx.report('void-as-value', term.span, spanText(term.span))
    return missing(term.span)
  }
  return callOf(target, args, term.span, at)
}

export function callOf(target: Target, args: readonly CoreTerm[], span: Span, at: Lowering): CoreCall {
  if (!target.variadic && args.length !== target.arity) reportArity(target, args.length, span, at)
  return { kind: 'call', callee: target.callee, args, span }
}

export interface StatementCall {
  readonly call: CoreTerm
  /** The argument that stands for the result. */
  readonly result: CoreTerm | undefined
}

/**
 * A call as an expression of its own: besides the plain call, one more argument may stand for the result.
 *
 * A call without a value is returned like any other; it is up to the planner that its success does not depend on one.
 */
export function lowerStatementCall(term: CallTerm, at: Lowering): StatementCall {
  const known = metadataValue(term, at)
  if (known !== undefined && term.args.length <= 1) {
    return { call: constant(known, term.span), result: term.args[0] && lowerTerm(term.args[0], at) }
  }
  const target = resolveCallee(term, at, true)
  const args = term.args.map((arg) => lowerTerm(arg, at))
  if (target === undefined) return { call: missing(term.span), result: undefined }
  const { callee, arity, variadic, hasValue } = target
  if (variadic || args.length === arity) return { call: { kind: 'call', callee, args, span: term.span }, result: undefined }
  if (args.length === arity + 1 && hasValue) {
    return { call: { kind: 'call', callee, args: args.slice(0, -1), span: term.span }, result: args.at(-1) }
  }
  reportArity(target, args.length, term.span, at)
  return { call: missing(term.span), result: undefined }
}

export function builtinCall(name: string, args: readonly CoreTerm[], span: Span, at: Lowering): CoreCall {
  if (at.cx.builtin(name) === undefined) reportUndefined(name, span, at)
  return { kind: 'call', callee: { kind: 'builtin', name }, args, span }
}

/** Find out who is called; reports a name that calls nobody. */
function resolveCallee(term: CallTerm, at: Lowering, isStatement = false): Target | undefined {
  const { operator } = term
  const written = dottedPath(operator)
  if (written === undefined) {
    reportUndefined(spanText(operator.span), operator.span, at)
    return undefined
  }
  const notFound = (name: string, rule?: RuleNode): void => reportNoFunction(name, rule, term.args.length, operator.span, at)
  const [first = ''] = written
  if (at.scope.callsAhead(first)) return undefined
  if (isStatement && at.scope.callsVariable(first)) {
    notFound(pathText(written))
    return undefined
  }
  const target = resolveFunction(written, operator.span, at, notFound)
  if (target?.callee.kind === 'builtin') reportDeprecated(target.callee.name, operator.span, at)
  return target
}

/** As with OPA, not in queries, nor in bodies of expressions but for comprehensions in them. */
function reportDeprecated(name: string, span: Span, at: Lowering): void {
  if (at.definition === undefined || at.out.ofExpression || at.out.isDropped || at.cx.builtin(name)?.deprecated !== true) return
  if (at.cx.isStrictFor(at.version)) at.cx.refuse('deprecated-builtin', span, name)
}

export function resolveFunction(
  written: readonly string[],
  span: Span,
  at: Lowering,
  notFound: (name: string, rule?: RuleNode) => void,
): Target | undefined {
  const [first = '', ...rest] = written
  if (at.scope.callsVariable(first)) {
    if (rest.length === 0 && at.cx.builtin(first) !== undefined) at.cx.report('shadowed-function', span, first)
    else notFound(pathText(written))
    return undefined
  }
  const prefix = globalPath(first, at)
  if (prefix !== undefined) {
    // A body around this one declares the name further on: until then it means nothing of the module.
    if (at.scope.isDeclared(first)) {
      notFound(pathText(written))
      return undefined
    }
    const path = [...prefix, ...rest]
    const node = path[0] === 'data' ? at.index.find(path.slice(1)) : undefined
    if (node !== undefined && isFunction(node)) {
      const callee: Callee = { kind: 'rule', path: path.slice(1) }
      return { callee, name: pathText(path), arity: arityOf(node), variadic: false, hasValue: true }
    }
    notFound(pathText(path), node !== undefined && node.definitions.length > 0 ? node : undefined)
    return undefined
  }
  const name = written.join('.')
  const row = at.cx.builtin(name)
  if (row === undefined) {
    notFound(pathText(written))
    return undefined
  }
  reportUnsafe(name, span, at)
  const callee: Callee = { kind: 'builtin', name }
  const hasValue = row.result !== undefined && EQUATIONS[name] === undefined
  return { callee, name, arity: row.args.length, variadic: row.variadic !== undefined, hasValue }
}

/** A name that is called stands for no function. */
export function reportNoFunction(name: string, rule: RuleNode | undefined, count: number, span: Span, at: Lowering): void {
  // A rule without arguments is, so to speak, a function of none: then one argument could be its result.
  const isCallOfRule = rule !== undefined && count > 1 && !at.out.isDropped
  if (isCallOfRule) at.cx.report('function-arity', span, name, 0, count)
  else reportUndefined(name, span, at)
}

/** Builtins that reach beyond the evaluation, unless the host supplies them. */
function reportUnsafe(name: string, span: Span, at: Lowering): void {
  if (at.out.isDropped || !HOST_BUILTINS.has(name) || at.cx.options.hostBuiltins?.has(name) === true) return
  at.cx.refuse('unsafe-builtin', span, name)
}

function isEquation({ callee }: Target): boolean {
  return callee.kind === 'builtin' && EQUATIONS[callee.name] !== undefined
}

function reportArity({ name, callee, arity }: Target, found: number, span: Span, at: Lowering): void {
  if (at.out.isDropped) return
  at.cx.refuse(callee.kind === 'rule' ? 'function-arity' : 'builtin-arity', span, name, arity, found)
}

export function reportUndefined(name: string, span: Span, at: Lowering): void {
  if (at.out.isDropped) return
  at.cx.report('undefined-function', span, name, at.cx.suggest(name, callableNames(at)))
}

/** What a call may name here. */
export function* callableNames(at: Lowering): Generator<string> {
  yield* at.cx.builtinNames()
  const own = at.names?.module.package.path ?? []
  for (const path of at.index.functionPaths()) {
    const isOwn = at.names !== undefined && path.length > own.length && own.every((part, place) => path[place] === part)
    yield pathText(isOwn ? path.slice(own.length) : ['data', ...path])
  }
}
