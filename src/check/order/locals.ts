/**
 * Which locals a term or body mentions.
 */
import type { CheckContext } from '../context.js'
import type { CoreBody, CoreExpr, CoreLocal, CoreTerm } from '../core.js'

export type LocalVisitor = (local: CoreLocal) => void

/** Locals that bodies take from outside, computed once per body. */
export class FreeLocals {
  readonly #known = new WeakMap<CoreBody, readonly CoreLocal[]>()

  constructor(readonly cx: CheckContext) {}

  /** The locals of smaller depth than `depth` in a nested body of that depth and the terms evaluated in it, each once. */
  of(body: CoreBody, heads: readonly CoreTerm[], depth: number): readonly CoreLocal[] {
    const known = this.#known.get(body)
    if (known !== undefined) return known
    const found = new Map<number, CoreLocal>()
    const visit: LocalVisitor = (local) => {
      if (this.cx.locals.depthOf(local) < depth && !found.has(local.id)) found.set(local.id, local)
    }
    // A plain `not` is no scope: what is in its body belongs to the body around it.
    const inside = this.cx.plainNegations.has(body) ? depth - 1 : depth
    for (const expr of body) this.inExpr(expr, inside, visit)
    for (const head of heads) this.inTerm(head, depth, visit)
    const free = [...found.values()]
    this.#known.set(body, free)
    return free
  }

  /** Every local that an expression of a body of this depth mentions or takes from that body. */
  inExpr(expr: CoreExpr, depth: number, visit: LocalVisitor): void {
    for (const one of expr.withs) if (one.value.kind === 'value') this.inTerm(one.value.term, depth, visit)
    switch (expr.kind) {
      case 'term':
        return this.inTerm(expr.term, depth, visit)
      case 'unify':
        this.inTerm(expr.left, depth, visit)
        return this.inTerm(expr.right, depth, visit)
      case 'every':
        this.inTerm(expr.domain, depth, visit)
    }
    for (const body of bodiesOf(expr)) this.of(body, [], depth + 1).forEach(visit)
  }

  inTerm(term: CoreTerm, depth: number, visit: LocalVisitor): void {
    switch (term.kind) {
      case 'const':
        return
      case 'local':
        return visit(term)
      case 'ref':
        if (term.head.kind === 'term') this.inTerm(term.head.term, depth, visit)
        return term.path.forEach((key) => this.inTerm(key, depth, visit))
      case 'call':
        return term.args.forEach((arg) => this.inTerm(arg, depth, visit))
      case 'array':
      case 'set':
        return term.items.forEach((item) => this.inTerm(item, depth, visit))
      case 'object':
        for (const { key, value } of term.entries) {
          this.inTerm(key, depth, visit)
          this.inTerm(value, depth, visit)
        }
        return
      default:
        return this.of(term.body, headsOf(term), depth + 1).forEach(visit)
    }
  }
}

export type CoreComprehension = Extract<CoreTerm, { kind: 'array-compr' | 'set-compr' | 'object-compr' }>

export function isComprehension(term: CoreTerm): term is CoreComprehension {
  return term.kind === 'array-compr' || term.kind === 'set-compr' || term.kind === 'object-compr'
}

/** The terms evaluated in the body of a comprehension. */
export function headsOf(term: CoreComprehension): readonly CoreTerm[] {
  return term.kind === 'object-compr' ? [term.key, term.head] : [term.head]
}

/** The bodies inside an expression that are not inside its terms. */
export function bodiesOf(expr: CoreExpr): readonly CoreBody[] {
  switch (expr.kind) {
    case 'not':
    case 'every':
      return [expr.body]
    case 'logical':
      return [expr.left, expr.right]
    default:
      return []
  }
}

/** The locals of a key, or of any pattern. */
export function patternLocals(pattern: CoreTerm, visit: (local: CoreLocal) => void): void {
  if (pattern.kind === 'local') visit(pattern)
  else if (pattern.kind === 'array' || pattern.kind === 'set') pattern.items.forEach((item) => patternLocals(item, visit))
  else if (pattern.kind === 'object') {
    for (const { key, value } of pattern.entries) {
      patternLocals(key, visit)
      patternLocals(value, visit)
    }
  }
}
