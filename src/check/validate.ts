/**
 * Does a program keep the promises of core Rego? For tests and debugging, between the rooms.
 *
 * Deliberately simpler than the ordering it checks: it walks bodies from first to last and keeps the set of locals that
 * have values.
 */
import type { CheckedProgram, CheckedRule, CoreBody, CoreExpr, CoreLocal, CoreTerm } from './core.js'

export interface ProgramFault {
  readonly fault: string
  readonly local?: CoreLocal
}

export function validateProgram(program: CheckedProgram): readonly ProgramFault[] {
  const validator = new Validator(program.localCount)
  for (const rule of program.rules) validator.rule(rule)
  if (program.query !== undefined) {
    const known = new Set<number>()
    validator.body(program.query.body, known)
    for (const { local } of program.query.bindings) validator.reads(local, known)
  }
  return validator.faults
}

type Known = Set<number>

class Validator {
  readonly faults: ProgramFault[] = []

  constructor(readonly localCount: number) {}

  rule({ shape, keys, args, isDefault, clauses }: CheckedRule): void {
    const takesArguments = args !== undefined
    if ((shape === 'function') !== takesArguments) this.faults.push({ fault: 'a function has arguments, and nothing else has' })
    if (shape === 'function' && keys.length > 0) this.faults.push({ fault: 'a function has no keys' })
    if (clauses.length === 0) this.faults.push({ fault: 'a rule has a clause' })
    if (isDefault && clauses.some(({ body }) => body.length > 0)) this.faults.push({ fault: 'a default has no body' })
    const given = new Set<number>()
    for (const arg of args ?? []) this.#binds(arg, given)
    for (const { body, value } of clauses) {
      const known = new Set(given)
      this.body(body, known)
      this.reads(value, known)
      for (const key of keys) {
        if (key.kind !== 'const' && key.kind !== 'local') this.faults.push({ fault: 'a key of a rule is a constant or a local' })
        this.reads(key, known)
      }
    }
  }

  body(body: CoreBody, known: Known): void {
    for (const expr of body) this.#expr(expr, known)
  }

  /** The term is evaluated; keys of references in it bind. */
  reads(term: CoreTerm, known: Known): void {
    switch (term.kind) {
      case 'const':
        return
      case 'local':
        return this.#local(term, known)
      case 'ref':
        if (term.head.kind === 'term') this.reads(term.head.term, known)
        return term.path.forEach((key) => this.#binds(key, known))
      case 'call':
        return term.args.forEach((arg) => this.reads(arg, known))
      case 'array':
      case 'set':
        return term.items.forEach((item) => this.reads(item, known))
      case 'object':
        for (const { key, value } of term.entries) {
          this.reads(key, known)
          this.reads(value, known)
        }
        return
      default: {
        const inside = new Set(known)
        this.body(term.body, inside)
        if (term.kind === 'object-compr') this.reads(term.key, inside)
        this.reads(term.head, inside)
      }
    }
  }

  #expr(expr: CoreExpr, known: Known): void {
    for (const { value } of expr.withs) if (value.kind === 'value') this.reads(value.term, new Set(known))
    switch (expr.kind) {
      case 'term':
        return this.reads(expr.term, known)
      case 'unify':
        return this.#unify(expr.left, expr.right, known)
      case 'not':
        return this.body(expr.body, new Set(known))
      case 'every': {
        this.reads(expr.domain, known)
        const inside = new Set(known).add(expr.value.id)
        if (expr.key !== undefined) inside.add(expr.key.id)
        return this.body(expr.body, inside)
      }
      case 'logical':
        this.body(expr.left, new Set(known))
        return this.body(expr.right, new Set(known))
    }
  }

  /** One side is evaluated, the other a pattern for its value; of two patterns of one form the parts are unified. */
  #unify(left: CoreTerm, right: CoreTerm, known: Known): void {
    const pairs = [{ left, right }]
    for (let rounds = pairs.length; rounds > 0; rounds--) {
      const pair = pairs.shift() as { left: CoreTerm; right: CoreTerm }
      if (!this.#isPattern(pair.left, known)) {
        this.reads(pair.left, known)
        this.#binds(pair.right, known)
      } else if (!this.#isPattern(pair.right, known)) {
        this.reads(pair.right, known)
        this.#binds(pair.left, known)
      } else {
        const parts = pairUp(pair.left, pair.right)
        for (const part of parts ?? [pair]) pairs.push(part)
        if (parts !== undefined) rounds = pairs.length + 1
        continue
      }
      rounds = pairs.length + 1
    }
    for (const pair of pairs) {
      this.reads(pair.left, known)
      this.reads(pair.right, known)
    }
  }

  /** Whether the term has locals without values where a value can be taken apart. */
  #isPattern(term: CoreTerm, known: Known): boolean {
    if (term.kind === 'local') return !known.has(term.id)
    if (term.kind === 'array') return term.items.some((item) => this.#isPattern(item, known))
    return term.kind === 'object' && term.entries.some(({ value }) => this.#isPattern(value, known))
  }

  /** The term is matched with a value: locals are bound, all else is evaluated. */
  #binds(term: CoreTerm, known: Known): void {
    if (term.kind === 'local') {
      if (term.id >= this.localCount) this.faults.push({ fault: 'a local has a number beyond the count', local: term })
      known.add(term.id)
    } else if (term.kind === 'array') {
      for (const item of term.items) this.#binds(item, known)
    } else if (term.kind === 'object') {
      for (const { key, value } of term.entries) {
        this.reads(key, known)
        this.#binds(value, known)
      }
    } else {
      this.reads(term, known)
    }
  }

  #local(local: CoreLocal, known: Known): void {
    if (!known.has(local.id)) this.faults.push({ fault: `local ${local.name} is read before it is bound`, local })
  }
}

function pairUp(left: CoreTerm, right: CoreTerm): { left: CoreTerm; right: CoreTerm }[] | undefined {
  if (left.kind === 'array' && right.kind === 'array') {
    return left.items.map((item, at) => ({ left: item, right: right.items[at] as CoreTerm }))
  }
  if (left.kind !== 'object' || right.kind !== 'object') return undefined
  return left.entries.map(({ value }, at) => ({ left: value, right: (right.entries[at] ?? { value }).value }))
}
