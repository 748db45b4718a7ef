/**
 * Taking an expression apart once its place in the body is known.
 *
 * Two things are moved in front of it, each into an expression of its own: the operands of a plain `not`, which are
 * computed outside of the negation; and references that bind locals while being part of something, so that the order of
 * evaluation is the order of expressions.
 */
import type { CheckContext } from '../context.js'
import { mapParts } from '../rebuild.js'
import { FreeLocals, isComprehension, patternLocals } from './locals.js'
import type { CoreCall, CoreExpr, CoreLocal, CoreRef, CoreTerm } from '../core.js'
import type { Span } from '../../source/source.js'

/** Whether a reference or comprehension is moved. */
type Moves = (part: CoreTerm) => boolean

/** Expressions moved in front of the one at hand. */
export class Separator {
  readonly moved: CoreExpr[] = []

  constructor(
    readonly cx: CheckContext,
    readonly depth: number,
    readonly of: CoreExpr,
    /** Locals that have values where the moved expressions are evaluated; grows with what they bind. */
    readonly bound: Set<number>,
    /** OPA leaves `==` in queries as it is: a call like others. Elsewhere it is an equation. */
    readonly isQuery: boolean,
  ) {}

  /** Operands of a plain `not`: of equations whole references stay inside, as does a reference alone. */
  negated(expr: CoreExpr): CoreExpr {
    if (expr.kind === 'term') return { ...expr, term: this.#negatedTerm(expr.term) }
    if (expr.kind === 'unify') return { ...expr, left: this.#negatedTerm(expr.left), right: this.#negatedTerm(expr.right) }
    return expr
  }

  #negatedTerm(term: CoreTerm): CoreTerm {
    if (term.kind !== 'call') return this.#partsOf(term, isRef)
    const keepsRefs = !this.isQuery && isEqual(term)
    return mapParts(term, (arg) => (keepsRefs && arg.kind === 'ref' ? this.#partsOf(arg, isRef) : this.#part(arg, isRef)))
  }

  /**
   * References inside `term` that bind locals, and what is computed in front of them: from left to right, but parts of what an
   * equation compares before its sides. A reference that is compared with a comprehension stays: the planner looks at both.
   */
  binding(term: CoreTerm, isStatement = false): CoreTerm {
    const isEquation = isStatement && !this.isQuery && isEqual(term)
    const keepsSides = isEqual(term) && term.args.some(isComprehension)
    const isKept = (arg: CoreTerm): boolean => isRef(arg) || (keepsSides && isComprehension(arg))
    const partsOf = (moves: Moves): CoreTerm => {
      if (!isEquation && !keepsSides) return this.#partsOf(term, moves)
      const inside = mapParts(term, (arg) => (isKept(arg) ? this.#partsOf(arg, moves) : this.#part(arg, moves)))
      return keepsSides ? inside : mapParts(inside, (arg) => (isRef(arg) && moves(arg) ? this.#move(arg, arg.span) : arg))
    }
    let count = 0
    let last = 0
    partsOf((part) => {
      count++
      if (part.kind === 'ref' && this.#binds(part)) last = count
      return false
    })
    let at = 0
    return last === 0 ? term : partsOf((part) => ++at <= last && this.#isReady(part))
  }

  /** Whether a part can be looked up or computed where the moved expressions are. */
  #isReady(part: CoreTerm): boolean {
    if (part.kind === 'ref' && this.#binds(part)) return true
    let isReady = true
    new FreeLocals(this.cx).inTerm(part, this.depth, ({ id }) => {
      isReady &&= this.bound.has(id)
    })
    return isReady
  }

  /** A side of an equation, whole. */
  whole(ref: CoreRef): CoreLocal {
    return this.#move(ref, ref.span)
  }

  #partsOf(term: CoreTerm, moves: Moves): CoreTerm {
    return mapParts(term, (part) => this.#part(part, moves))
  }

  /** Whether looking up `ref` binds a local that `other` mentions outside of nested bodies. */
  feeds(ref: CoreRef, other: CoreTerm): boolean {
    const news = new Set<number>()
    for (const key of ref.path) {
      patternLocals(key, ({ id }) => {
        if (!this.bound.has(id)) news.add(id)
      })
    }
    if (news.size === 0) return false
    let feeds = false
    patternLocals(other, ({ id }) => {
      feeds ||= news.has(id)
    })
    return feeds
  }

  #part(term: CoreTerm, moves: Moves): CoreTerm {
    const settled = this.#partsOf(term, moves)
    return (isRef(settled) || isComprehension(settled)) && moves(settled) ? this.#move(settled, term.span) : settled
  }

  #move(term: CoreTerm, span: Span): CoreLocal {
    const local = this.cx.locals.create('', 'generated', this.depth, span)
    this.moved.push({ kind: 'unify', left: local, right: term, withs: this.of.withs, span })
    this.bound.add(local.id)
    if (term.kind === 'ref') for (const key of term.path) patternLocals(key, (one) => this.bound.add(one.id))
    return local
  }

  #binds(ref: CoreRef): boolean {
    let binds = false
    for (const key of ref.path) {
      patternLocals(key, (local) => {
        binds ||= !this.bound.has(local.id)
      })
    }
    return binds
  }
}

/** Whether a term is a comparison by `==`. */
function isEqual(term: CoreTerm): term is CoreCall {
  return term.kind === 'call' && term.callee.kind === 'builtin' && term.callee.name === 'equal'
}

function isRef(term: CoreTerm): term is CoreRef {
  return term.kind === 'ref'
}
