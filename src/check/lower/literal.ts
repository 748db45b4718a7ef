/**
 * Literals: one member of a body becomes one or more expressions of core Rego.
 */
import type { Span } from '../../source/source.js'
import type { Expr, Literal, LogicalOperand, Term } from '../../syntax/ast.js'
import type { CoreBody, CoreExpr, CoreTerm } from '../core.js'
import { isPrint } from '../names.js'
import { lowerAssign } from './assign.js'
import { lowerNestedBody } from './body.js'
import { lowerStatementCall } from './call.js'
import { asEquation } from './equations.js'
import { lowerEvery } from './every.js'
import { Emitter, type Lowering, type PlainExpr, hoist, withinExpression } from './lowering.js'
import { lowerPrint } from './print.js'
import { asStatementCall, reportVariableForOperator } from './operator.js'
import { declareSome, declareSomeIn, lowerSomeIn } from './some.js'
import { lowerOperand } from './term.js'
import { lowerWiths } from './with.js'

export function lowerLiteral(literal: Literal, at: Lowering): void {
  if (isDropped(literal, at)) {
    // What may be wrong with it is told all the same.
    lowerWhole(literal, { ...at, out: new Emitter(at.out.depth, false, at.out.ofExpression, true) })
  } else lowerWhole(literal, at)
}

function lowerWhole(written: Literal, at: Lowering): void {
  const literal = { ...written, expr: asEquation(written.expr, at) }
  const { out } = at
  const around = out.withs
  // What `some … in` declares is known to its own `with`, too; that may even give it its value.
  if (literal.expr.kind === 'some-in' && !declareSomeIn(literal.expr, at)) return
  // As OPA has it, these mention none of the variables that are declared further on, neither here nor in their bodies.
  const isApart = literal.expr.kind === 'every' || literal.expr.kind === 'body-expr'
  const withs = isApart ? at.scope.apart(() => lowerWiths(literal, at)) : lowerWiths(literal, at)
  out.withs = [...around, ...withs]
  if (literal.negated) lowerNegated(literal, at)
  else lowerExpr(literal.expr, at)
  out.withs = around
}

/** Without printing, a call of `print` is left out with all that belongs to it; an improved negation negates what is left. */
function isDropped(literal: Literal, at: Lowering): boolean {
  const { expr, negated } = literal
  if (expr.kind !== 'term' || !isPrint(expr.term) || at.scope.find('print') !== undefined) return false
  return at.cx.options.print !== true && !(negated && hasImprovedNot(literal, at))
}

function lowerExpr(expr: Expr, at: Lowering): void {
  switch (expr.kind) {
    case 'some-decl':
      return declareSome(expr, at)
    case 'some-in':
      return lowerSomeIn(expr, at)
    case 'every':
      return lowerEvery(expr, at)
    case 'assign':
      return lowerAssign(expr, at)
    case 'unify':
      if (reportVariableForOperator('eq', expr.span, at)) return
      unify(lowerOperand(expr.left, at), lowerOperand(expr.right, at), expr, at)
      return
    case 'term':
      return lowerStatement(expr.term, at)
    case 'body-expr':
      // The parser makes one only below `not`.
      at.out.emit({ kind: 'logical', op: 'and', left: lowerNestedBody(expr.body, at, false), right: [], span: expr.span })
      return
    case 'logical':
      return lowerLogical(expr, at)
  }
}

function lowerStatement(term: Term, at: Lowering): void {
  if (isPrint(term) && at.scope.find('print') === undefined) return lowerPrint(term, at)
  const expr = at.out.emit(statement(term, at))
  if (expr.kind === 'unify') at.cx.relations.add(expr)
}

/** A term that succeeds or fails; a call with one more argument is an equation with its result. */
function statement(term: Term, at: Lowering): PlainExpr {
  const { span } = term
  const called = term.kind === 'call' ? term : asStatementCall(term, at)
  if (called === undefined) return { kind: 'term', term: lowerOperand(term, at), span }
  const { call, result } = lowerStatementCall(called, at)
  return result === undefined ? { kind: 'term', term: call, span } : { kind: 'unify', left: result, right: call, span }
}

/** A call stays a side of the equation if the other side is one variable or value; otherwise it is moved in front. */
export function unify(left: CoreTerm, right: CoreTerm, { span }: Pick<Expr, 'span'>, at: Lowering): CoreExpr {
  const keepLeft = left.kind !== 'call' || isPlain(right)
  const keepRight = right.kind !== 'call' || isPlain(left)
  const [one, two] = [keepLeft ? left : hoist(left, at), keepRight ? right : hoist(right, at)]
  return at.out.emit({ kind: 'unify', left: one, right: two, span })
}

function isPlain(term: CoreTerm): boolean {
  return term.kind === 'local' || term.kind === 'const'
}

/**
 * `not`. Without `future.keywords.not` only the outermost operation is negated: calls nested in it go in front like
 * everywhere else, and its operands follow them once the body is in order. With it, all of the expression is inside.
 */
function lowerNegated(literal: Literal, at: Lowering): void {
  const { expr, span } = literal
  if (expr.kind === 'assign') return at.cx.report('assign-negated', expr.span)
  const improved = hasImprovedNot(literal, at)
  if (expr.kind === 'body-expr') {
    const body = at.scope.apart(() => lowerNestedBody(expr.body, at, true))
    return void at.out.emit({ kind: 'not', body, span })
  }
  if (improved || expr.kind === 'logical' || expr.kind === 'every' || expr.kind === 'some-in' || expr.kind === 'some-decl') {
    const inside = withinExpression(at)
    lowerExpr(expr, inside)
    return void at.out.emit({ kind: 'not', body: inside.out.exprs, span })
  }
  if (expr.kind === 'unify' && reportVariableForOperator('eq', expr.span, at)) return
  const body = expr.kind === 'unify' ? lowerNegatedUnify(expr, at) : lowerNegatedStatement(expr.term, at)
  at.cx.plainNegations.add(body)
  at.out.emit({ kind: 'not', body, span })
}

function lowerNegatedUnify({ left, right, span }: Extract<Expr, { kind: 'unify' }>, at: Lowering): CoreBody {
  const sides = [lowerOperand(left, at), lowerOperand(right, at)].map((side) => (side.kind === 'call' ? hoist(side, at) : side))
  return [{ kind: 'unify', left: sides[0] as CoreTerm, right: sides[1] as CoreTerm, withs: [], span }]
}

function lowerNegatedStatement(term: Term, at: Lowering): CoreBody {
  if (isPrint(term) && at.scope.find('print') === undefined) {
    const inside: Lowering = { ...at, out: new Emitter(at.out.depth + 1) }
    lowerPrint(term, inside)
    return inside.out.exprs
  }
  return [{ ...statement(term, at), withs: [] }]
}

/** An import changes what `not` means from there on, and in queries. */
function hasImprovedNot({ span }: Literal, { names }: Lowering): boolean {
  const { imports = [], keywords } = names?.module ?? {}
  if (keywords?.has('not') !== true) return false
  const isBefore = (place: Span): boolean => place.source !== span.source || place.start < span.start
  return imports.some((one) => isBefore(one.span) && one.path.join('.') === 'future.keywords.not')
}

function lowerLogical({ op, left, right, span }: Extract<Expr, { kind: 'logical' }>, at: Lowering): void {
  at.scope.showingCalled(() => {
    const operands = { left: lowerLogicalOperand(left, op, at), right: lowerLogicalOperand(right, op, at) }
    at.out.emit({ kind: 'logical', op, ...operands, span })
  })
}

const DECLARATIONS: ReadonlySet<Expr['kind']> = new Set(['assign', 'some-decl', 'some-in'])

function lowerLogicalOperand(operand: LogicalOperand, op: 'and' | 'or', at: Lowering): CoreBody {
  if (operand.kind === 'operand-body') {
    if (!operand.negated) return lowerNestedBody(operand.body, at, false)
    // The negation is in a body of its own, and what it negates in another.
    return [{ kind: 'not', body: lowerNestedBody(operand.body, withinExpression(at), true), withs: [], span: operand.span }]
  }
  const { expr } = operand.literal
  if (DECLARATIONS.has(expr.kind)) at.cx.report('operand-declares', expr.span, op)
  const inside = withinExpression(at)
  lowerLiteral(operand.literal, inside)
  return inside.out.exprs
}

/** A term that is read: whatever computes it is in front of the expression at hand. */
export function settle(value: CoreTerm, at: Lowering): CoreTerm {
  return isPlain(value) ? value : hoist(value, at)
}
