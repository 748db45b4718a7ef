/**
 * Could an expression be evaluated now? What it would bind, and what it still lacks.
 *
 * References come first, from the inside out and from left to right: looking one up binds the locals in its keys. Then
 * the sides of an equation give each other values. Whatever is still unbound after that is missing.
 */
import type { CoreExpr, CoreLocal, CoreRef, CoreTerm } from '../core.js'
import { type Bindings, solveEquation } from './equation.js'
import { type FreeLocals, bodiesOf, headsOf, patternLocals } from './locals.js'

export class Attempt {
  /** What evaluating the expression binds. */
  readonly binds = new Set<number>()
  /** Locals that it reads and that nothing has bound; empty if the expression can be evaluated. */
  readonly missing: CoreLocal[] = []
  /** A reference that is part of something binds locals, so its place in the order of evaluation matters. */
  nestedBinding = false
  /** Locals in keys that can only be compared: a set or an object key with them equals nothing. */
  readonly unmatchable: CoreLocal[] = []
  readonly #reads: CoreLocal[] = []
  /** How many of `missing` are taken into comprehensions by an expression that nothing else keeps waiting. */
  #taken = 0

  constructor(
    readonly bound: ReadonlySet<number>,
    readonly free: FreeLocals,
    /** Of the body that the expression is in. */
    readonly depth: number,
  ) {}

  expr(expr: CoreExpr): this {
    for (const { value } of expr.withs) {
      if (value.kind === 'value') this.free.inTerm(value.term, this.depth, (local) => this.#need(local))
    }
    switch (expr.kind) {
      case 'term':
        this.#scan(expr.term, true)
        break
      case 'unify':
        this.#scan(expr.left, true)
        this.#scan(expr.right, true)
        if (this.free.cx.assignments.has(expr) && !this.#isKnown(expr.right)) break
        solveEquation(expr.left, expr.right, this.#bindings())
        break
      case 'every':
        this.#scan(expr.domain, true)
    }
    for (const body of bodiesOf(expr)) this.free.of(body, [], this.depth + 1).forEach((local) => this.#need(local))
    for (const local of this.#reads) if (!this.#has(local)) this.missing.push(local)
    return this
  }

  /**
   * Whether all that is missing are locals that comprehensions take while the expression itself looks for them elsewhere:
   * what a comprehension finds would then depend on which part is evaluated first.
   */
  get isTangled(): boolean {
    return this.missing.length > 0 && this.missing.length === this.#taken && this.missing.every(({ id }) => this.binds.has(id))
  }

  #bindings(): Bindings {
    return {
      has: (local) => this.#has(local),
      add: ({ id }) => this.binds.add(id),
      localsOf: (term, visit) => this.free.inTerm(term, this.depth, visit),
    }
  }

  #has({ id }: CoreLocal): boolean {
    return this.bound.has(id) || this.binds.has(id)
  }

  #isKnown(term: CoreTerm): boolean {
    let known = true
    this.free.inTerm(term, this.depth, (local) => {
      known &&= this.#has(local)
    })
    return known
  }

  /** A local that must have its value before the expression is evaluated at all. */
  #need(local: CoreLocal): void {
    if (!this.bound.has(local.id)) this.missing.push(local)
  }

  #scan(term: CoreTerm, isWhole: boolean): void {
    switch (term.kind) {
      case 'const':
        return
      case 'local':
        this.#reads.push(term)
        return
      case 'ref':
        return this.#scanRef(term, isWhole)
      case 'call':
        return term.args.forEach((arg) => this.#scan(arg, false))
      case 'array':
      case 'set':
        return term.items.forEach((item) => this.#scan(item, false))
      case 'object':
        for (const { key, value } of term.entries) {
          this.#scan(key, false)
          this.#scan(value, false)
        }
        return
      default: {
        const before = this.missing.length
        this.free.of(term.body, headsOf(term), this.depth + 1).forEach((local) => this.#need(local))
        this.#taken += this.missing.length - before
      }
    }
  }

  #readKeys(ref: CoreRef): void {
    for (const key of ref.path) patternLocals(key, (local) => this.#reads.push(local))
  }

  /** Nor is anything looked up for the keys. */
  #readAll(ref: CoreRef): void {
    for (const key of ref.path) this.free.inTerm(key, this.depth, (local) => this.#reads.push(local))
  }

  #scanRef(ref: CoreRef, isWhole: boolean, isKey = false): void {
    const from = ref.head.kind === 'term' ? ref.head.term : undefined
    // What has its value from the same expression is read, but not gone through, unless to find a key.
    if (from?.kind === 'local' && !isKey && this.binds.has(from.id)) return this.#readAll(ref)
    // Keys may give it a value, which is one for a key alone.
    const isKnown = from?.kind !== 'local' || this.#has(from)
    for (const key of ref.path) this.#scanKey(key)
    if (from?.kind === 'local' && (isKey ? !this.#has(from) : !isKnown)) {
      this.missing.push(from)
      return this.#readKeys(ref)
    }
    if (from !== undefined && from.kind !== 'local') this.#scan(from, false)
    const before = this.binds.size
    for (const key of ref.path) this.#bindKey(key, true)
    if (!isWhole && this.binds.size > before) this.nestedBinding = true
  }

  /** Look up what is nested in a key; its own locals are bound by the look-up that it is a key of. */
  #scanKey(key: CoreTerm): void {
    if (key.kind === 'local') return
    if (key.kind === 'array' || key.kind === 'set') return key.items.forEach((item) => this.#scanKey(item))
    if (key.kind === 'ref') return this.#scanRef(key, false, true)
    if (key.kind !== 'object') return this.#scan(key, false)
    for (const entry of key.entries) {
      this.#scanKey(entry.key)
      this.#scanKey(entry.value)
    }
  }

  #bindKey(key: CoreTerm, matches: boolean): void {
    switch (key.kind) {
      case 'local':
        if (this.#has(key)) return
        if (!matches) this.unmatchable.push(key)
        this.binds.add(key.id)
        return
      case 'array':
        return key.items.forEach((item) => this.#bindKey(item, matches))
      case 'set':
        return key.items.forEach((item) => this.#bindKey(item, false))
      case 'object':
        for (const entry of key.entries) {
          this.#bindKey(entry.key, false)
          this.#bindKey(entry.value, matches)
        }
    }
  }
}
