/**
 * Safety: bodies are put into an order in which every local is bound before it is read.
 *
 * The body is gone through again and again; each time, whatever can be evaluated by then is appended. So expressions
 * that nothing holds back keep their order, which is also the order in which solutions are found. A body in which nothing
 * more can be appended has unsafe variables.
 */
import type { CheckContext, LocalOrigin } from '../context.js'
import type { CheckedQuery, CheckedRule, CoreBody, CoreExpr, CoreLocal, CoreTerm } from '../core.js'
import { mapParts } from '../rebuild.js'
import { withReplacements } from '../lower/lowering.js'
import { Agenda } from './agenda.js'
import { Attempt } from './attempt.js'
import { FreeLocals, isComprehension, patternLocals } from './locals.js'
import { Separator } from './separate.js'

export function orderRule(rule: CheckedRule, cx: CheckContext): CheckedRule | undefined {
  const before = cx.faults
  const orderer = new Orderer(cx)
  for (const arg of rule.args ?? []) patternLocals(arg, (local) => orderer.bound.add(local.id))
  const clauses = rule.clauses.map((clause, place) => {
    const body = orderer.body(clause.body, 1)
    if (place === 0) rule.keys.forEach((key) => orderer.head(key, 1))
    return { body, value: orderer.head(clause.value, 1), span: clause.span }
  })
  return cx.faults === before ? { ...rule, clauses } : undefined
}

export function orderQuery(query: CheckedQuery, cx: CheckContext): CheckedQuery | undefined {
  const before = cx.faults
  const body = new Orderer(cx, true).body(query.body, 1)
  return cx.faults === before ? { ...query, body } : undefined
}

/** So many of the expressions at the end of a body are looked at. */
const MAX_FOLLOWING = 32

class Orderer {
  /** Locals with values. Numbers are unique in the program, so those of finished bodies may stay. */
  readonly bound = new Set<number>()
  readonly #free: FreeLocals
  readonly #reported = new Set<number>()

  constructor(
    readonly cx: CheckContext,
    readonly isQuery = false,
  ) {
    this.#free = new FreeLocals(cx)
  }

  body(body: CoreBody, depth: number): CoreBody {
    const ordered: CoreExpr[] = []
    const agenda = new Agenda(body.length)
    /** Locals that wait for a value in bodies of `every`: OPA takes it from no call behind that is the last in the body. */
    const claimed = new Set<number>()
    for (let at = agenda.next(); at !== undefined; at = agenda.next()) {
      const expr = body[at] as CoreExpr
      const attempt = new Attempt(this.bound, this.#free, depth).expr(expr)
      if (attempt.isTangled && this.#isComputed(expr)) {
        this.#giveUp([expr], depth)
        agenda.bound(attempt.binds)
        continue
      }
      if (attempt.missing.length > 0) {
        agenda.wait(at, this.#unbound(expr, depth))
        if (expr.kind === 'every') for (const { id } of this.#free.of(expr.body, [], depth + 1)) claimed.add(id)
        continue
      }
      const refused = this.#isCall(expr) ? this.#claimedBy(attempt, claimed) : []
      if (refused.length > 0 && !this.#hasMore(body, at, claimed, depth)) {
        agenda.wait(at, refused)
        continue
      }
      this.#place(expr, attempt, depth, ordered)
      agenda.bound(this.#newlyBound(attempt))
    }
    const stuck = agenda.waiting().map((at) => body[at] as CoreExpr)
    if (stuck.length > 0) this.#giveUp(stuck, depth)
    return ordered
  }

  #claimedBy({ binds }: Attempt, claimed: ReadonlySet<number>): readonly number[] {
    return [...binds].filter((id) => claimed.has(id) && !this.bound.has(id))
  }

  /** Whether calls or equations follow that give no claimed locals their values. */
  #hasMore(body: CoreBody, at: number, claimed: ReadonlySet<number>, depth: number): boolean {
    return body.slice(Math.max(at + 1, body.length - MAX_FOLLOWING)).some((expr) => {
      if (expr.kind !== 'unify' && expr.kind !== 'every' && !this.#isCall(expr)) return false
      return this.#claimedBy(new Attempt(this.bound, this.#free, depth).expr(expr), claimed).length === 0
    })
  }

  /** Whether an expression is a call, and no equation with one. */
  #isCall(expr: CoreExpr): boolean {
    return this.cx.relations.has(expr) || (expr.kind === 'term' && expr.term.kind === 'call')
  }

  /** Whether an expression is no equation of what is there already, which OPA lets wait for the locals of comprehensions. */
  #isComputed(expr: CoreExpr): boolean {
    if (expr.kind === 'term') return true
    return expr.kind === 'unify' && [expr.left, expr.right].some((side) => side.kind === 'call' || this.#isFresh(side))
  }

  #isFresh(term: CoreTerm): boolean {
    return term.kind === 'local' && !this.bound.has(term.id)
  }

  /** A term of a head, which is evaluated after the body. */
  head(term: CoreTerm, depth: number): CoreTerm {
    const missing: CoreLocal[] = []
    this.#free.inTerm(term, depth, (local) => {
      if (!this.bound.has(local.id)) missing.push(local)
    })
    this.#report(missing)
    return this.#nested(term, depth)
  }

  #unbound(expr: CoreExpr, depth: number): readonly number[] {
    const ids: number[] = []
    this.#free.inExpr(expr, depth, ({ id }) => {
      if (!this.bound.has(id)) ids.push(id)
    })
    return ids
  }

  #newlyBound(attempt: Attempt): Iterable<number> {
    for (const id of attempt.binds) this.bound.add(id)
    return attempt.binds
  }

  #place(expr: CoreExpr, attempt: Attempt, depth: number, ordered: CoreExpr[]): void {
    if (attempt.unmatchable.length > 0) {
      for (const one of neverMatching(expr, attempt)) ordered.push(one)
      return
    }
    const separator = new Separator(this.cx, depth, expr, this.bound, this.isQuery)
    const separated = separate(expr, attempt, separator, this.cx)
    for (const moved of separator.moved) ordered.push(this.#nestedBodies(moved, depth))
    ordered.push(this.#nestedBodies(separated, depth))
  }

  /** Order the bodies inside an expression that has its place. */
  #nestedBodies(expr: CoreExpr, depth: number): CoreExpr {
    switch (expr.kind) {
      case 'term': {
        const term = this.#nested(expr.term, depth)
        return term === expr.term ? expr : withReplacements({ ...expr, term }, expr.withs)
      }
      case 'unify': {
        const left = this.#nested(expr.left, depth)
        const right = this.#nested(expr.right, depth)
        return left === expr.left && right === expr.right ? expr : withReplacements({ ...expr, left, right }, expr.withs)
      }
      case 'not': {
        const isPlain = this.cx.plainNegations.has(expr.body)
        const body = this.body(expr.body, isPlain ? depth : depth + 1)
        if (isPlain) this.cx.plainNegations.add(body)
        return { ...expr, body }
      }
      case 'every':
        this.bound.add(expr.value.id)
        if (expr.key !== undefined) this.bound.add(expr.key.id)
        return { ...expr, domain: this.#nested(expr.domain, depth), body: this.body(expr.body, depth + 1) }
      case 'logical':
        return { ...expr, left: this.body(expr.left, depth + 1), right: this.body(expr.right, depth + 1) }
    }
  }

  #nested(term: CoreTerm, depth: number): CoreTerm {
    if (!isComprehension(term)) return mapParts(term, (part) => this.#nested(part, depth))
    const body = this.body(term.body, depth + 1)
    const head = this.head(term.head, depth + 1)
    return term.kind === 'object-compr' ? { ...term, body, key: this.head(term.key, depth + 1), head } : { ...term, body, head }
  }

  /** Nothing that is left can be evaluated. Once said, the unsafe variables count as bound, lest they be reported again. */
  #giveUp(stuck: readonly CoreExpr[], depth: number): void {
    const missing = stuck.flatMap((expr) => new Attempt(this.bound, this.#free, depth).expr(expr).missing)
    this.#report(missing)
    for (const expr of stuck) this.#free.inExpr(expr, depth, ({ id }) => this.bound.add(id))
    for (const expr of stuck) this.#nestedBodies(expr, depth)
  }

  /** A generated local without a value is the consequence of something else, and most often so is an assigned variable. */
  #report(missing: readonly CoreLocal[]): void {
    const without = (...origins: readonly LocalOrigin[]) => {
      return missing.filter((local) => !origins.includes(this.cx.locals.originOf(local)))
    }
    const told = [without('assigned', 'generated'), without('generated'), missing].find((some) => some.length > 0) ?? []
    for (const local of told) {
      if (this.#reported.has(local.id)) continue
      this.#reported.add(local.id)
      const rule = this.cx.embedded.has(local.span) ? 'undeclared-var' : 'unsafe-var'
      this.cx.report(rule, local.span, local.name, this.cx.suggest(local.name, this.#namesAt(local)))
    }
  }

  /** What a name at the place of a variable without a value could have meant. */
  *#namesAt(local: CoreLocal): Generator<string> {
    yield* this.cx.globalNames(local.span.source)
    for (const id of this.bound) {
      const name = this.cx.locals.nameOf(id)
      if (name !== '' && name !== local.name) yield name
    }
  }
}

function separate(expr: CoreExpr, attempt: Attempt, separator: Separator, cx: CheckContext): CoreExpr {
  if (expr.kind === 'not' && cx.plainNegations.has(expr.body)) {
    const body = expr.body.map((one) => separator.negated(one))
    cx.plainNegations.add(body)
    return { ...expr, body }
  }
  const settled = attempt.nestedBinding ? separateNested(expr, separator) : expr
  if (settled.kind !== 'unify') return settled
  const { left, right } = settled
  if (left.kind === 'ref' && right.kind === 'ref') return settled
  if (left.kind === 'ref' && separator.feeds(left, right)) return { ...settled, left: separator.whole(left) }
  if (right.kind === 'ref' && separator.feeds(right, left)) return { ...settled, right: separator.whole(right) }
  return settled
}

function separateNested(expr: CoreExpr, separator: Separator): CoreExpr {
  if (expr.kind === 'term') return { ...expr, term: separator.binding(expr.term, true) }
  if (expr.kind === 'unify') return { ...expr, left: separator.binding(expr.left), right: separator.binding(expr.right) }
  return expr
}

/** A key that can only be compared and has an unbound variable in it: nothing is found. Still, its locals are bound. */
function neverMatching({ withs, span }: CoreExpr, attempt: Attempt): readonly CoreExpr[] {
  const term: CoreTerm = { kind: 'const', value: false, span }
  const bound = [...attempt.binds].map((id): CoreExpr => {
    return { kind: 'unify', left: { kind: 'local', id, name: '_', span }, right: term, withs, span }
  })
  return [...bound, { kind: 'term', term, withs, span }]
}
