/**
 * Operators are names: `1 + 2` calls `plus`. That is the builtin, unless a rule of the package, an import or a variable has
 * its name; then it is what a call written with that name would be.
 */
import type { Span } from '../../source/source.js'
import type { CallTerm, Expr, InfixOperator, InfixTerm, MemberTerm, RefTerm, Term, VarTerm } from '../../syntax/ast.js'
import type { CoreTerm } from '../core.js'
import { builtinCall, callOf, reportNoFunction, reportUndefined, resolveFunction } from './call.js'
import { type Lowering, hoist, missing } from './lowering.js'
import { isGlobal } from './name.js'
import { lowerTerm } from './term.js'

const OPERATORS: Readonly<Record<InfixOperator, string>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'mul',
  '/': 'div',
  '%': 'rem',
  '==': 'equal',
  '!=': 'neq',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '&': 'and',
  '|': 'or',
}

const MEMBER = { namespace: 'internal', ofValue: 'member_2', ofEntry: 'member_3' } as const

/** `left op right`; a chain of operators leans to the left and may be long. */
export function lowerInfix(term: InfixTerm, at: Lowering): CoreTerm {
  const chain: InfixTerm[] = []
  let innermost: Term = term
  for (; innermost.kind === 'infix'; innermost = innermost.left) chain.push(innermost)
  let left = lowerTerm(innermost, at)
  for (const [place, one] of chain.reverse().entries()) {
    const right = lowerTerm(one.right, at)
    const call = lowerOperator([OPERATORS[one.op]], [left, right], one.span, at)
    left = place === chain.length - 1 ? call : hoist(call, at)
  }
  return left
}

export function lowerMember(term: MemberTerm, at: Lowering): CoreTerm {
  const args = operandsOf(term).map((one) => lowerTerm(one, at))
  return lowerOperator([MEMBER.namespace, nameOfMember(term)], args, term.span, at)
}

function lowerOperator(path: readonly [string, ...string[]], args: readonly CoreTerm[], span: Span, at: Lowering): CoreTerm {
  const [first] = path
  if (at.scope.callsAhead(first)) return missing(span)
  if (!isTaken(first, at)) return builtinCall(path.join('.'), args, span, at)
  const target = resolveFunction(path, span, at, (name, rule) => reportNoFunction(name, rule, args.length, span, at))
  return target === undefined ? missing(span) : callOf(target, args, span, at)
}

/** An operation that is an expression of its own as the call that it is, if its name means something else here. */
export function asStatementCall(term: Term, at: Lowering): CallTerm | undefined {
  if (term.kind === 'infix') {
    const name = OPERATORS[term.op]
    return isTaken(name, at) ? callWith(varTerm(name, term.span), [term.left, term.right], term.span) : undefined
  }
  if (term.kind !== 'member' || !isTaken(MEMBER.namespace, at)) return undefined
  const key: Term = { kind: 'string', value: nameOfMember(term), raw: false, span: term.span }
  const head = varTerm(MEMBER.namespace, term.span)
  const operator: RefTerm = { kind: 'ref', head, path: [{ dot: true, term: key }], span: term.span }
  return callWith(operator, operandsOf(term), term.span)
}

/** An equation or assignment as the call that it is, if a rule or an import has the name of what it calls. */
export function asEquationCall(expr: Expr, at: Lowering): CallTerm | undefined {
  if (expr.kind !== 'unify' && expr.kind !== 'assign') return undefined
  const name = EQUATION_NAMES[expr.kind]
  if (!isGlobal(name, at)) return undefined
  return callWith(varTerm(name, expr.span), [expr.left, expr.right], expr.span)
}

/** Whether equations and assignments may be calls of something else. */
export function hasEquationNames(at: Lowering): boolean {
  return isGlobal(EQUATION_NAMES.unify, at) || isGlobal(EQUATION_NAMES.assign, at)
}

const EQUATION_NAMES = { unify: 'eq', assign: 'assign' } as const

/** A variable cannot be called; one that has the name of an operator keeps it from being used. */
export function reportVariableForOperator(name: string, span: Span, at: Lowering): boolean {
  if (at.scope.callsAhead(name)) return true
  if (!at.scope.callsVariable(name)) return false
  reportUndefined(name, span, at)
  return true
}

function isTaken(name: string, at: Lowering): boolean {
  return isGlobal(name, at) || at.scope.callsVariable(name)
}

function nameOfMember({ key }: MemberTerm): string {
  return key === undefined ? MEMBER.ofValue : MEMBER.ofEntry
}

function operandsOf({ key, value, collection }: MemberTerm): readonly Term[] {
  return key === undefined ? [value, collection] : [key, value, collection]
}

function varTerm(name: string, span: Span): VarTerm {
  return { kind: 'var', name, span }
}

function callWith(operator: VarTerm | RefTerm, args: readonly Term[], span: Span): CallTerm {
  return { kind: 'call', operator, args, span }
}
