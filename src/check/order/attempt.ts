/**
 * Could an expression be evaluated now? What it would bind, and what it still lacks.
 *
 * References come first, from the inside out and from left to right: looking one up binds the locals in its keys. Then
 * the sides of an equation give each other values. Whatever is still unbound after that is missing.
 */
import { type RegoValue, RegoObject, isArray } from '../../value/value.js'
import { equalValues } from '../../value/compare.js'
import type { CoreExpr, CoreLocal, CoreRef, CoreTerm } from '../core.js'
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

  constructor(
    readonly bound: ReadonlySet<number>,
    readonly free: FreeLocals,
    /** Of the body that the expression is in. */
    readonly depth: number,
  ) {}

  expr(expr: CoreExpr): this {
    for (const { value } of expr.withs) if (value.kind === 'value') this.free.inTerm(value.term, this.depth, (local) => this.#need(local))
    switch (expr.kind) {
      case 'term':
        this.#scan(expr.term, true)
        break
      case 'unify':
        this.#scan(expr.left, true)
        this.#scan(expr.right, true)
        while (this.#unify(expr.left, expr.right)) continue
        break
      case 'every':
        this.#scan(expr.domain, true)
    }
    for (const body of bodiesOf(expr)) this.free.of(body, [], this.depth + 1).forEach((local) => this.#need(local))
    for (const local of this.#reads) if (!this.#has(local)) this.missing.push(local)
    return this
  }

  #has({ id }: CoreLocal): boolean {
    return this.bound.has(id) || this.binds.has(id)
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
      default:
        this.free.of(term.body, headsOf(term), this.depth + 1).forEach((local) => this.#need(local))
    }
  }

  #scanRef(ref: CoreRef, isWhole: boolean): void {
    for (const key of ref.path) this.#scanKey(key)
    const from = ref.head.kind === 'term' ? ref.head.term : undefined
    if (from?.kind === 'local' && !this.#has(from)) {
      this.missing.push(from)
      for (const key of ref.path) patternLocals(key, (local) => this.#reads.push(local))
      return
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

  /** One round of giving each other values; true if something was bound, so that another round may bind more. */
  #unify(left: CoreTerm, right: CoreTerm): boolean {
    if (left.kind === 'local' || right.kind === 'local') {
      const fromRight = left.kind === 'local' && this.#isSafe(right) && this.#bind(left)
      const fromLeft = right.kind === 'local' && this.#isSafe(left) && this.#bind(right)
      const isKnown = (left.kind === 'local' && this.#has(left)) || (right.kind === 'local' && this.#has(right))
      const parts = isKnown && this.#bindPattern(left.kind === 'local' ? right : left)
      return fromRight || fromLeft || parts
    }
    if (left.kind === 'array' && right.kind === 'array') {
      if (left.items.length !== right.items.length) return false
      return left.items.reduce((changed, item, at) => this.#unify(item, right.items[at] as CoreTerm) || changed, false)
    }
    if (left.kind === 'object' && right.kind === 'object') return this.#unifyObjects(left.entries, right.entries)
    if (left.kind === 'const') return this.#unifyConst(right, left.value)
    if (right.kind === 'const') return this.#unifyConst(left, right.value)
    if (isSource(right) && this.#isSafe(right)) return this.#bindPattern(left)
    if (isSource(left) && this.#isSafe(left)) return this.#bindPattern(right)
    return false
  }

  #unifyObjects(left: readonly ObjectEntry[], right: readonly ObjectEntry[]): boolean {
    if (left.length !== right.length) return false
    const constants = new Map<string, ObjectEntry>()
    for (const entry of right) if (entry.key.kind === 'const' && typeof entry.key.value === 'string') constants.set(entry.key.value, entry)
    const partners = left.map(({ key }) =>
      key.kind === 'const' && typeof key.value === 'string' ? constants.get(key.value) : right.find((entry) => sameTerm(entry.key, key)),
    )
    if (partners.includes(undefined)) return false
    return left.reduce((changed, { value }, at) => this.#unify(value, (partners[at] as ObjectEntry).value) || changed, false)
  }

  #unifyConst(term: CoreTerm, value: RegoValue): boolean {
    if (term.kind === 'local') return this.#bind(term)
    if (term.kind === 'array' && isArray(value) && value.length === term.items.length) {
      return term.items.reduce((changed, item, at) => this.#unifyConst(item, value[at] as RegoValue) || changed, false)
    }
    if (term.kind !== 'object' || !(value instanceof RegoObject) || value.size !== term.entries.length) return false
    const values = term.entries.map(({ key }) => (key.kind === 'const' ? value.get(key.value) : undefined))
    if (values.includes(undefined)) return false
    return term.entries.reduce((changed, entry, at) => this.#unifyConst(entry.value, values[at] as RegoValue) || changed, false)
  }

  /** Take a known value apart. */
  #bindPattern(pattern: CoreTerm): boolean {
    switch (pattern.kind) {
      case 'local':
        return this.#bind(pattern)
      case 'array':
        return pattern.items.reduce((changed, item) => this.#bindPattern(item) || changed, false)
      case 'object':
        return pattern.entries.reduce((changed, { key, value }) => (this.#isSafe(key) && this.#bindPattern(value)) || changed, false)
      default:
        return false
    }
  }

  #bind(local: CoreLocal): boolean {
    if (this.#has(local)) return false
    this.binds.add(local.id)
    return true
  }

  #isSafe(term: CoreTerm): boolean {
    if (term.kind === 'local') return this.#has(term)
    if (term.kind === 'const') return true
    let safe = true
    this.free.inTerm(term, this.depth, (local) => {
      safe &&= this.#has(local)
    })
    return safe
  }
}

type ObjectEntry = { readonly key: CoreTerm; readonly value: CoreTerm }

/** Terms whose value is looked up or computed, as against patterns. */
function isSource({ kind }: CoreTerm): boolean {
  return kind !== 'array' && kind !== 'object' && kind !== 'set'
}

function sameTerm(a: CoreTerm, b: CoreTerm): boolean {
  if (a.kind === 'const' && b.kind === 'const') return equalValues(a.value, b.value)
  if (a.kind === 'local' && b.kind === 'local') return a.id === b.id
  if (a.kind !== 'ref' || b.kind !== 'ref' || a.path.length !== b.path.length || a.head.kind !== b.head.kind) return false
  if (a.head.kind === 'term' && !(b.head.kind === 'term' && sameTerm(a.head.term, b.head.term))) return false
  return a.path.every((key, at) => sameTerm(key, b.path[at] as CoreTerm))
}
