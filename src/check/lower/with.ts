/**
 * `with`: what is replaced, by what. Values are computed in front of the expression, outside of the replacements.
 */
import type { Span } from '../../source/source.js'
import type { Literal, Term, With } from '../../syntax/ast.js'
import type { Callee, CoreTerm, CoreWith } from '../core.js'
import { dottedPath } from '../names.js'
import { type Target, callableNames, resolveFunction } from './call.js'
import { settle } from './literal.js'
import type { Lowering } from './lowering.js'
import { globalPath } from './name.js'
import { constantPrefix, lowerRef, lowerVar } from './ref.js'
import { lowerTerm } from './term.js'

export function lowerWiths(literal: Literal, at: Lowering): readonly CoreWith[] {
  if (at.out.isDropped) {
    literal.withs.forEach((one) => mention(one, at))
    return []
  }
  const lowered: CoreWith[] = []
  for (const one of literal.withs) {
    const result = lowerWith(one, literal, at)
    if (result !== undefined) lowered.push(result)
  }
  // Calls in any of the values come before whatever a value looks up.
  return lowered.map((one) => {
    return one.value.kind === 'value' ? { ...one, value: { kind: 'value', term: settleValue(one.value.term, at) } } : one
  })
}

function settleValue(value: CoreTerm, at: Lowering): CoreTerm {
  const settled = settle(value, at)
  if (settled.kind === 'local' && isMadeOfLocals(value)) at.cx.standIns.add(settled.id)
  return settled
}

/** Whether an array or object has nothing but constants and locals in it. */
function isMadeOfLocals(term: CoreTerm): boolean {
  const isPart = (part: CoreTerm): boolean => part.kind === 'const' || part.kind === 'local' || isMadeOfLocals(part)
  if (term.kind === 'array') return term.items.every(isPart)
  return term.kind === 'object' && term.entries.every(({ key, value }) => isPart(key) && isPart(value))
}

/** What is left out may replace anything; its variables are mentioned all the same. */
function mention({ target, value }: With, at: Lowering): void {
  if (target.kind === 'ref') for (const { term } of target.path) lowerTerm(term, at)
  if (namedFunction(value, at) === undefined) lowerTerm(value, at)
}

function lowerWith({ target, value, span }: With, literal: Literal, at: Lowering): CoreWith | undefined {
  const replaced = namedFunction(target, at)
  if (replaced !== undefined) {
    if (replaced.callee.kind === 'rule') reportPartial(replaced.callee.path, target.span, at)
    // Calls of `print` are rewritten, so that replacing it changes nothing.
    if ((replaced.name === 'print' && mayReplaceFunctions(literal)) || !mayBeReplaced(replaced, target, at)) return undefined
    const standIn = namedFunction(value, at)
    const document = standIn === undefined ? namedDocument(value, at) : undefined
    if (document !== undefined) {
      return { target: { kind: 'callee', callee: replaced.callee }, value: { kind: 'callee', callee: document }, span }
    }
    if (standIn === undefined) {
      return { target: { kind: 'callee', callee: replaced.callee }, value: { kind: 'value', term: lowerTerm(value, at) }, span }
    }
    if (standIn.arity !== replaced.arity) {
      at.cx.report('builtin-arity', span, replaced.name, replaced.arity, standIn.arity)
    }
    return { target: { kind: 'callee', callee: replaced.callee }, value: { kind: 'callee', callee: standIn.callee }, span }
  }
  const document = lowerTarget(target, at)
  const term = lowerTerm(value, at)
  return document === undefined ? undefined : { target: document, value: { kind: 'value', term }, span }
}

function mayReplaceFunctions({ expr, negated }: Literal): boolean {
  return negated || (expr.kind !== 'every' && expr.kind !== 'logical')
}

function lowerTarget(target: Term, at: Lowering): CoreWith['target'] | undefined {
  const ref = lowerTargetTerm(target, at)
  if (ref?.kind !== 'ref' || ref.head.kind === 'term') {
    at.cx.report('with-target', target.span, suggestedTarget(target, at))
    return undefined
  }
  const path = constantPrefix(ref.path)
  if (path.length < ref.path.length) {
    at.cx.report('with-target-keys', target.span)
    return undefined
  }
  if (ref.head.kind === 'input') return { kind: 'input', path }
  reportPartial(path, target.span, at)
  return { kind: 'data', path }
}

/** Nothing below a rule is replaced by itself, be it a function that should not be there. */
function reportPartial(path: readonly string[], span: Span, at: Lowering): void {
  const rule = at.index.firstRule(path)
  if (rule !== undefined && rule.length < path.length) at.cx.refuse('with-partial', span)
}

/** What may have been meant: another beginning of the path, or another function. */
function suggestedTarget(target: Term, at: Lowering): string | undefined {
  const path = target.kind === 'var' || target.kind === 'ref' ? dottedPath(target) : undefined
  if (path === undefined) return undefined
  const [first = '', ...rest] = path
  const root = at.cx.suggest(first, ROOTS)
  return root === undefined ? at.cx.suggest(path.join('.'), callableNames(at)) : [root, ...rest].join('.')
}

const ROOTS = ['input', 'data']

function lowerTargetTerm(target: Term, at: Lowering): CoreTerm | undefined {
  if (target.kind === 'var') return lowerVar(target, at)
  return target.kind === 'ref' ? lowerRef(target, at) : undefined
}

/** The function that a term names, if it names one. */
function namedFunction(term: Term, at: Lowering): Target | undefined {
  if (term.kind !== 'var' && term.kind !== 'ref') return undefined
  const path = dottedPath(term)
  if (path === undefined) return undefined
  const [first = ''] = path
  if (at.scope.callsVariable(first)) return undefined
  return resolveFunction(path, term.span, at, () => undefined)
}

/** The rule without arguments that a term names. It is evaluated where the function would be called, not before. */
function namedDocument(term: Term, at: Lowering): Callee | undefined {
  if (term.kind !== 'var' && term.kind !== 'ref') return undefined
  const [first = '', ...rest] = dottedPath(term) ?? []
  if (at.scope.callsVariable(first)) return undefined
  const [root, ...prefix] = globalPath(first, at) ?? []
  const path = [...prefix, ...rest]
  const node = root === 'data' ? at.index.find(path) : undefined
  return node === undefined || node.definitions.length === 0 ? undefined : { kind: 'rule', path }
}

/** Operators that are rewritten, relations, functions without a value and those of the compiler cannot be replaced. */
function mayBeReplaced({ callee }: Target, target: Term, at: Lowering): boolean {
  const reason = callee.kind === 'builtin' ? irreplaceable(callee, at) : undefined
  if (reason !== undefined) at.cx.report('with-builtin', target.span, reason)
  return reason === undefined
}

function irreplaceable({ name }: Extract<Callee, { kind: 'builtin' }>, at: Lowering): string | undefined {
  const row = at.cx.builtin(name)
  if (row?.relation === true) return 'target must not be a relation'
  if (name.startsWith('internal.')) return `replacement of internal function "${name}" invalid`
  if (name === 'eq' || name === 'assign' || name.startsWith('rego.metadata.')) return `replacement of "${name}" invalid`
  if (row !== undefined && row.result === undefined) return 'target must not be a void function'
  return undefined
}
