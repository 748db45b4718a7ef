/**
 * Bodies: every expression is looked at once, in the order of evaluation.
 *
 * Of an expression the comprehensions come first, each a body of its own; then its references; then what the expression
 * itself says about the types of its parts. The bodies of `every`, `not { … }` and of operands of `and` and `or` are
 * searched for comprehensions and references only: nothing else in them is held against the author.
 */
import type { CheckContext } from '../context.js'
import type { Callee, CoreBody, CoreCall, CoreExpr, CoreTerm, CoreWith } from '../core.js'
import { type CoreComprehension, bodiesOf, headsOf, isComprehension } from '../order/locals.js'
import type { Span } from '../../source/source.js'
import { calleeText, checkCall, checkCallWithResult, signatureOf, unifyWithType } from './check-call.js'
import { checkRef } from './check-ref.js'
import type { Environment } from './environment.js'
import type { Layer } from './layer.js'
import { typeText, typesText } from './print-type.js'
import { canEqual } from './relate.js'
import type { MaybeType } from './type.js'
import { typeOfStandIn, unifySides } from './unify.js'

/** Makes the layers that `with` puts on top. */
export type Replace = (withs: readonly CoreWith[], env: Environment) => readonly Layer[]

/** Comprehensions nested more deeply are looked at only where they are. */
const MAX_DEPTH_ALONE = 6

export class BodyChecker {
  /** References and comprehensions that something has been reported about. */
  readonly #faulty = new Set<CoreTerm>()
  /** References that have been moved out of the expression that they are a side of, by the local that stands for them. */
  readonly #moved = new Map<number, CoreTerm>()
  /** Of comprehensions within each other. */
  #depth = 0

  constructor(
    readonly env: Environment,
    readonly cx: CheckContext,
    readonly replace: Replace,
    /** In a query `==` is a call like any other. */
    readonly isQuery = false,
  ) {}

  body(body: CoreBody): void {
    const dead = deadSpans(body)
    for (const expr of body) if (!dead.has(expr.span)) this.#expr(expr)
  }

  /** The comprehensions and references of a term outside of bodies. */
  term(term: CoreTerm): void {
    this.#comprehensionsIn(term)
    this.#refsIn(term)
  }

  #expr(expr: CoreExpr): void {
    const known = this.cx.errors
    const layers = expr.withs.length === 0 ? [] : this.replace(expr.withs, this.env)
    // Of a stand-in that depends on what is replaced nothing is known.
    this.env.under(layers, () => expr.withs.forEach((one) => this.#with(one)))
    if (expr.withs.some(isOfFunction)) {
      const documents = expr.withs.filter((one) => !isOfFunction(one))
      this.env.under(this.replace(documents, this.env), () => this.#functionNames(expr))
    }
    if (this.cx.errors > known) return
    this.env.under(layers, () => {
      this.#functionNamesInside(expr)
      this.#visitTerms(expr, false, (term) => this.#noting(term, () => this.#comprehensionsIn(term)))
      this.#visitTerms(expr, false, (term, isInside) => this.#noting(term, () => this.#refsIn(term, isInside)))
      this.#statement(expr, expr.span)
    })
  }

  #statement(expr: CoreExpr, span: Span): void {
    if (expr.kind === 'unify') return this.#equation(expr.left, expr.right, expr.span, span)
    if (expr.kind === 'not' && this.cx.plainNegations.has(expr.body)) {
      for (const one of expr.body) this.#statement(one, span)
    }
    if (expr.kind === 'every') return this.#domain(expr.domain)
    if (expr.kind !== 'term' || expr.term.kind !== 'call') return
    const { term: call } = expr
    const [left, right] = call.args
    if (!this.isQuery && isEquality(call) && left !== undefined && right !== undefined)
      this.#match(this.#source(left), this.#source(right), span)
    else checkCall(call, span, this.env, this.cx)
  }

  /** A domain has its value before; nothing is known about it, nor about what it is gone through for. */
  #domain(domain: CoreTerm): void {
    if (domain.kind === 'local' && this.env.typeOfLocal(domain) === undefined) this.env.bind(domain, this.env.types.any)
  }

  #equation(left: CoreTerm, right: CoreTerm, own: Span, span: Span): void {
    const [call, other] = left.kind === 'call' ? [left, right] : [right, left]
    if (left.kind === 'local' && this.cx.standIns.has(left.id)) return this.env.bind(left, typeOfStandIn(right, this.env))
    if (call.kind !== 'call') {
      if (left.kind === 'local' && left.name.startsWith('__local') && right.kind === 'ref') this.#moved.set(left.id, right)
      return this.#match(left, right, span)
    }
    // A call with one argument more is an equation too, and its span is that of the call.
    if (own === call.span) return checkCallWithResult(call, other, span, this.env, this.cx)
    const type = checkCall(call, call.span, this.env, this.cx)
    const before = this.env.typeOf(other)
    if (!unifyWithType(other, type, this.env)) this.#reportMatch(other === right ? [type, before] : [before, type], span)
  }

  #source(term: CoreTerm): CoreTerm {
    return (term.kind === 'local' ? this.#moved.get(term.id) : undefined) ?? term
  }

  #match(left: CoreTerm, right: CoreTerm, span: Span): void {
    const before = [this.env.typeOf(left), this.env.typeOf(right)] as const
    if (unifySides(left, right, this.env)) return
    // What has no type because of an error that has been reported is no error of its own.
    const isConsequence =
      (this.#faulty.has(left) || this.#faulty.has(right)) && before.some((type) => type === undefined || type.isOpen)
    if (!isConsequence) this.#reportMatch(before, span)
  }

  #reportMatch([left, right]: readonly [MaybeType, MaybeType], span: Span): void {
    this.cx.refuse('match-error', span, typeText(left), typeText(right))
  }

  /** A function may only be replaced by one that takes arguments of the same types. */
  #with({ target, value, span }: CoreWith): void {
    if (target.kind !== 'callee' || value.kind !== 'callee') return
    const want = signatureOf(target.callee, this.env, this.cx)
    const have = signatureOf(value.callee, this.env, this.cx)
    if (want === undefined || have === undefined) return
    if (want.args.every((arg, at) => canEqual(arg, have.args[at], this.env.types))) return
    this.cx.refuse('stand-in-mismatch', span, calleeText(target.callee), typesText(have.args), typesText(want.args))
  }

  /** Where only documents are replaced, the name of a function is a reference to it, refused if it is known to be one. */
  #functionNames({ kind, withs }: CoreExpr): void {
    if (kind !== 'every' && kind !== 'logical') return
    for (const { target, value, span } of withs) {
      if (target.kind !== 'callee') continue
      this.#notFunction(target.callee, span)
      if (value.kind === 'callee') this.#notFunction(value.callee, span)
    }
  }

  /** Replacements inside change nothing of what is known. */
  #functionNamesInside(expr: CoreExpr): void {
    for (const one of bodiesOf(expr).flat()) {
      this.#functionNames(one)
      this.#functionNamesInside(one)
    }
  }

  #notFunction(callee: Callee, span: Span): void {
    const isFunction = callee.kind === 'builtin' || this.env.typeOfFunction(callee) !== undefined
    if (isFunction) this.cx.refuse('function-as-value', span, calleeText(callee))
  }

  #comprehensionsIn(term: CoreTerm): void {
    visitParts(term, (part) => {
      if (!isComprehension(part)) return
      this.#depth++
      const known = this.cx.errors
      this.env.nested(() => this.#comprehension(part))
      if (this.cx.errors === known && this.#depth <= MAX_DEPTH_ALONE) this.#alone(part)
      this.#depth--
    })
  }

  /** OPA looks at the comprehensions inside one once more, on their own: nothing is known then of the variables of that one. */
  #alone(around: CoreComprehension): void {
    for (const expr of around.body) this.#visitTerms(expr, false, (term) => this.#comprehensionsIn(term))
    for (const head of headsOf(around)) this.#comprehensionsIn(head)
  }

  /** Look at a term, and note if something about it is reported. */
  #noting(term: CoreTerm, look: () => void): void {
    const before = this.cx.errors
    look()
    if (this.cx.errors > before && (term.kind === 'ref' || isComprehension(term))) this.#faulty.add(term)
  }

  #comprehension(term: CoreComprehension): void {
    const before = this.cx.errors
    this.body(term.body)
    for (const head of headsOf(term)) this.term(head)
    if (this.cx.errors > before) return
    const { types } = this.env
    const head = this.env.typeOfPart(term.head)
    if (term.kind === 'array-compr') this.env.remember(term, types.array([], head))
    else if (term.kind === 'set-compr') this.env.remember(term, types.set(head))
    else this.env.remember(term, types.object([], { key: this.env.typeOfPart(term.key), value: head }))
  }

  /** What literals and comprehensions inside such a body are looked into for is not known to be missing. */
  #refsIn(term: CoreTerm, isInside = false): void {
    visitParts(term, (part) => {
      if (part.kind !== 'ref') return
      const isKnown = part.head.kind !== 'term' || part.head.term.kind === 'local'
      if (isKnown || !isInside) checkRef(part, this.env, this.cx, isInside)
    })
  }

  /** The terms of an expression, those of bodies inside it included; arguments in place of calls. */
  #visitTerms(expr: CoreExpr, isInside: boolean, visit: (term: CoreTerm, isInside: boolean) => void): void {
    const operands = (term: CoreTerm): void => {
      if (term.kind === 'call') for (const arg of term.args) visit(arg, isInside)
      else visit(term, isInside)
    }
    switch (expr.kind) {
      case 'term':
        return operands(expr.term)
      case 'unify':
        operands(expr.left)
        return operands(expr.right)
      case 'every':
        visit(expr.domain, isInside)
        return expr.body.forEach((one) => this.#visitTerms(one, true, visit))
      case 'not': {
        const isBody = !this.cx.plainNegations.has(expr.body)
        return expr.body.forEach((one) => this.#visitTerms(one, isInside || isBody, visit))
      }
      case 'logical':
        for (const one of [...expr.left, ...expr.right]) this.#visitTerms(one, true, visit)
    }
  }
}

/** An expression that cannot succeed stands for one with patterns that match nothing; what is unified there means nothing. */
function deadSpans(body: CoreBody): ReadonlySet<Span> {
  const isDead = (expr: CoreExpr): boolean => expr.kind === 'term' && expr.term.kind === 'const' && expr.term.value === false
  return new Set(body.filter(isDead).map((expr) => expr.span))
}

function isOfFunction({ target }: CoreWith): boolean {
  return target.kind === 'callee'
}

function isEquality({ callee }: CoreCall): boolean {
  return callee.kind === 'builtin' && callee.name === 'equal'
}

/** The parts of a term, then the term; bodies of comprehensions are left out. */
function visitParts(term: CoreTerm, visit: (part: CoreTerm) => void): void {
  const inside = (part: CoreTerm): void => visitParts(part, visit)
  switch (term.kind) {
    case 'ref':
      if (term.head.kind === 'term') inside(term.head.term)
      term.path.forEach(inside)
      break
    case 'call':
      term.args.forEach(inside)
      break
    case 'array':
    case 'set':
      term.items.forEach(inside)
      break
    case 'object':
      for (const { key, value } of term.entries) {
        inside(key)
        inside(value)
      }
  }
  visit(term)
}
