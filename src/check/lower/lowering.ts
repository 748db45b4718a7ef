/**
 * Where lowering stands: the module, the scope, and the body that expressions go to.
 */
import type { RegoValue } from '../../value/value.js'
import type { Span } from '../../source/source.js'
import type { AnnotationTable } from '../annotations/table.js'
import type { CheckContext } from '../context.js'
import type { CoreExpr, CoreLocal, CoreTerm, CoreWith } from '../core.js'
import type { RegoVersion } from '../../syntax/ast.js'
import type { Definition, ModuleNames, RuleIndex } from '../definitions.js'
import type { Scope } from '../scope.js'

export interface Lowering {
  readonly cx: CheckContext
  readonly index: RuleIndex
  /** Absent in a query, where names stand for locals, `input`, `data` and builtins only. */
  readonly names: ModuleNames | undefined
  /** The rule that is being lowered: what `rego.metadata` calls ask about. */
  readonly definition: Definition | undefined
  readonly annotations: () => AnnotationTable
  readonly version: RegoVersion
  readonly scope: Scope
  readonly out: Emitter
}

/**
 * The body under construction. Calls nested in terms become expressions of their own in front of the expression that
 * uses them: each can then find its own place in the order of evaluation.
 */
export class Emitter {
  readonly exprs: CoreExpr[] = []
  /** Replacements of the literal at hand; they hold for all expressions it is taken apart into. */
  withs: readonly CoreWith[] = []

  constructor(
    readonly depth: number,
    /** In the value of a default rule there is no body to put anything into. */
    readonly keepsNested = false,
    /** Whether the body belongs to an expression: to `every`, to a negation, to `and` or `or`. */
    readonly ofExpression = false,
    /** Whether nothing of the body is kept, so that it does not matter what calls in it call. */
    readonly isDropped = false,
  ) {}

  emit(expr: PlainExpr): CoreExpr {
    const whole = withReplacements(expr, this.withs)
    this.exprs.push(whole)
    return whole
  }
}

/**
 * Written out: of several kinds of objects copied by a spread, V8 gives some a hidden class each, and all that read them are
 * slow.
 */
export function withReplacements(expr: PlainExpr, withs: readonly CoreWith[]): CoreExpr {
  const { span } = expr
  switch (expr.kind) {
    case 'term':
      return { kind: 'term', term: expr.term, withs, span }
    case 'unify':
      return { kind: 'unify', left: expr.left, right: expr.right, withs, span }
    case 'not':
      return { kind: 'not', body: expr.body, withs, span }
    case 'every':
      return { kind: 'every', key: expr.key, value: expr.value, domain: expr.domain, body: expr.body, withs, span }
    case 'logical':
      return { kind: 'logical', op: expr.op, left: expr.left, right: expr.right, withs, span }
  }
}

/** An expression without what its literal has around it. */
export type PlainExpr = CoreExpr extends infer One ? (One extends CoreExpr ? Omit<One, 'withs'> : never) : never

/** Give `term` a name: what uses it reads a local. */
export function hoist(term: CoreTerm, at: Lowering): CoreTerm {
  if (at.out.keepsNested) return term
  const local = generateLocal(term.span, at)
  at.out.emit({ kind: 'unify', left: local, right: term, span: term.span })
  return local
}

export function generateLocal(span: Span, at: Lowering): CoreLocal {
  return at.cx.locals.create('', 'generated', at.out.depth, span)
}

export function constant(value: RegoValue, span: Span): CoreTerm {
  return { kind: 'const', value, span }
}

/** Stands where something was reported; a rule with an error is dropped before anybody reads it. */
export function missing(span: Span): CoreTerm {
  return constant(null, span)
}

/** The same place with the body of an expression, one level deeper. */
export function withinExpression(at: Lowering, scope: Scope = at.scope): Lowering {
  return { ...at, scope, out: new Emitter(at.out.depth + 1, false, true, at.out.isDropped) }
}

/** The same place with a body of its own, one level deeper. */
export function nested(at: Lowering, scope: Scope = at.scope): Lowering {
  return { ...at, scope, out: new Emitter(at.out.depth + 1, false, false, at.out.isDropped) }
}
