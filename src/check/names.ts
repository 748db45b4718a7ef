/**
 * Which names a body mentions and which it declares, read off the syntax before anything is resolved.
 *
 * Bodies nested inside (comprehensions, `every`, `not { … }`, operands, arguments of `print`) are scopes of their own
 * and are looked into only on request.
 */
import type { Span } from '../source/source.js'
import type { Body, CallTerm, Expr, Literal, LogicalOperand, RefTerm, Term, VarTerm } from '../syntax/ast.js'

export type NameVisitor = (name: string, span: Span) => void

/** Names that literals of the body itself declare. */
export function declaredNames(body: Body): ReadonlySet<string> {
  const names = new Set<string>()
  const add: NameVisitor = (name) => names.add(name)
  for (const { expr } of body.literals) {
    if (expr.kind === 'assign') assignedVars(expr.left, add)
    else if (expr.kind === 'some-decl') expr.vars.forEach((one) => add(one.name, one.span))
    else if (expr.kind === 'some-in') somePatternVars(expr, add)
  }
  names.delete('_')
  return names
}

/** Names that a body takes from what is around it. */
export interface TakenNames {
  /** Those that it declares somewhere. */
  readonly declares: ReadonlySet<string>
  /**
   * Those, and what bodies inside declare that are no comprehensions: they mean nothing of the module, not even outside of
   * the body that declares them.
   */
  readonly hides: ReadonlySet<string>
}

export function takenNames(body: Body): TakenNames {
  const declares = declaredNames(body)
  const inside = body.literals.flatMap(({ expr }) => bodiesInside(expr))
  if (inside.length === 0) return { declares, hides: declares }
  const hides = new Set(declares)
  for (let one = inside.pop(); one !== undefined; one = inside.pop()) {
    for (const name of declaredNames(one)) hides.add(name)
    for (const { expr } of one.literals) inside.push(...bodiesInside(expr))
  }
  return { declares, hides }
}

function bodiesInside(expr: Expr): readonly Body[] {
  if (expr.kind === 'every' || expr.kind === 'body-expr') return [expr.body]
  return expr.kind === 'logical' ? [expr.left, expr.right].flatMap(bodiesOfOperand) : []
}

function bodiesOfOperand(operand: LogicalOperand): readonly Body[] {
  return operand.kind === 'operand-body' ? [operand.body] : bodiesInside(operand.literal.expr)
}

/** The variables that the left side of `:=` declares. */
function assignedVars(left: Term, visit: NameVisitor): void {
  if (left.kind === 'var') visit(left.name, left.span)
  else if (left.kind === 'array') left.items.forEach((item) => assignedVars(item, visit))
  else if (left.kind === 'object') left.entries.forEach(({ value }) => assignedVars(value, visit))
}

/** The variables that `some … in` declares: every name of its key and value, but for the documents. */
export function somePatternVars(expr: Extract<Expr, { kind: 'some-in' }>, visit: NameVisitor): void {
  const declare: NameVisitor = (name, span) => {
    if (name !== 'input' && name !== 'data' && name !== '_') visit(name, span)
  }
  if (expr.key !== undefined) namesInTerm(expr.key, declare)
  namesInTerm(expr.value, declare)
}

/** Every name that stands for a value in the body itself. */
export function namesInBody(body: Body, visit: NameVisitor): void {
  for (const literal of body.literals) namesInLiteral(literal, visit)
}

export function namesInLiteral(literal: Literal, visit: NameVisitor): void {
  namesInExpr(literal.expr, visit)
  for (const { target, value } of literal.withs) {
    if (target.kind === 'ref') target.path.forEach(({ term }) => namesInTerm(term, visit))
    // A plain name may be that of a function; as a variable it has to be bound, and so mentioned, elsewhere.
    if ((value.kind !== 'var' && value.kind !== 'ref') || dottedPath(value) === undefined) namesInTerm(value, visit)
  }
}

function namesInExpr(expr: Expr, visit: NameVisitor): void {
  switch (expr.kind) {
    case 'some-decl':
    case 'body-expr':
      return
    case 'some-in':
      if (expr.key !== undefined) namesInTerm(expr.key, visit)
      namesInTerm(expr.value, visit)
      return namesInTerm(expr.collection, visit)
    case 'every':
      return namesInTerm(expr.domain, visit)
    case 'assign':
      namesInTerm(expr.right, visit)
      return namesInAssigned(expr.left, visit)
    case 'unify':
      namesInTerm(expr.left, visit)
      return namesInTerm(expr.right, visit)
    case 'term':
      return isPrint(expr.term) ? undefined : namesInTerm(expr.term, visit)
    case 'logical':
      namesInOperand(expr.left, visit)
      return namesInOperand(expr.right, visit)
  }
}

/** The variables on the left of `:=` are declared, not mentioned; keys and whatever else stands there is mentioned. */
function namesInAssigned(left: Term, visit: NameVisitor): void {
  if (left.kind === 'var') return
  if (left.kind === 'array') return left.items.forEach((item) => namesInAssigned(item, visit))
  if (left.kind !== 'object') return namesInTerm(left, visit)
  for (const { key, value } of left.entries) {
    namesInTerm(key, visit)
    namesInAssigned(value, visit)
  }
}

function namesInOperand(operand: LogicalOperand, visit: NameVisitor): void {
  if (operand.kind === 'operand-literal') namesInLiteral(operand.literal, visit)
}

/** Every name that stands for a value in the term, without those of bodies inside it. */
export function namesInTerm(term: Term, visit: NameVisitor): void {
  switch (term.kind) {
    case 'var':
      return visit(term.name, term.span)
    case 'ref':
      namesInTerm(term.head, visit)
      return term.path.forEach((part) => namesInTerm(part.term, visit))
    case 'call':
      return term.args.forEach((arg) => namesInTerm(arg, visit))
    case 'infix': {
      // A chain of operators leans to the left and may be long.
      let left: Term = term
      while (left.kind === 'infix') {
        namesInTerm(left.right, visit)
        left = left.left
      }
      return namesInTerm(left, visit)
    }
    case 'member':
      if (term.key !== undefined) namesInTerm(term.key, visit)
      namesInTerm(term.value, visit)
      return namesInTerm(term.collection, visit)
    case 'array':
    case 'set':
      return term.items.forEach((item) => namesInTerm(item, visit))
    case 'object':
      for (const { key, value } of term.entries) {
        namesInTerm(key, visit)
        namesInTerm(value, visit)
      }
      return
    case 'template':
      for (const part of term.parts) if (part.kind === 'embedded') namesInLiteral(part.literal, visit)
      return
    default:
      return
  }
}

export function isPrint(term: Term): term is CallTerm {
  return term.kind === 'call' && term.operator.kind === 'var' && term.operator.name === 'print'
}

/** `a.b.c`, if the term is a name or names joined by dots (or string keys in brackets). */
export function dottedPath(term: VarTerm | RefTerm): readonly string[] | undefined {
  if (term.kind === 'var') return [term.name]
  if (term.head.kind !== 'var') return undefined
  const path = [term.head.name]
  for (const { term: key } of term.path) {
    if (key.kind !== 'string') return undefined
    path.push(key.value)
  }
  return path
}

/** Words that may follow a dot; reserved ones are written in brackets. */
const WORD = /^(?!(?:as|contains|default|else|every|false|if|import|in|not|null|package|some|true|with)$)[A-Za-z_][A-Za-z0-9_]*$/

/** A path as diagnostics write it: `data.a["b c"].d`. */
export function pathText(path: readonly string[]): string {
  return path.map((part, at) => (at === 0 ? part : WORD.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`)).join('')
}

/** The text of a stretch of source. */
export function spanText(span: Span): string {
  return span.source.text.slice(span.start, span.end)
}
