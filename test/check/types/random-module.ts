/**
 * Small random modules that the type checker has something to say about: rules of all kinds that refer to each other, with
 * values of a few types that match as often as not.
 */

/** A generator of numbers that a seed determines: the same modules on every machine. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The rules of a module, without its package. */
export function randomModule(seed: number): string {
  return new Writer(createRandom(seed)).module()
}

const SCALARS = ['1', '2', '"a"', '"b"', 'true', 'null']
const KEYS = ['a', 'b', 'c']
const CALLS: readonly (readonly [name: string, arity: number])[] = [
  ['abs', 1],
  ['lower', 1],
  ['count', 1],
  ['sum', 1],
  ['concat', 2],
  ['split', 2],
  ['array.concat', 2],
  ['object.get', 3],
  ['object.keys', 1],
  ['startswith', 2],
  ['time.clock', 1],
  ['json.filter', 2],
  ['union', 1],
  ['is_string', 1],
]
const OPERATORS = ['==', '==', '!=', '<', '+', '-', '|', '&', 'in']

class Writer {
  /** Variables that have values, in the rule at hand. */
  #vars: string[] = []
  #created = 0
  readonly #values: string[] = []
  readonly #functions: { readonly name: string; readonly arity: number }[] = []

  constructor(readonly random: (below: number) => number) {}

  module(): string {
    const rules: string[] = []
    for (let at = 0; at < 3 + this.random(4); at++) rules.push(...this.#rule(`r${at}`))
    return `${rules.join('\n\n')}\n`
  }

  #rule(name: string): readonly string[] {
    const kind = this.random(9)
    const define = (head: () => string): string => {
      this.#vars = []
      const body = this.#body(1 + this.random(3))
      return `${head()} if {\n${body.map((line) => `\t${line}`).join('\n')}\n}`
    }
    const rules: string[] = []
    const count = 1 + this.random(2)
    for (let at = 0; at < count; at++) {
      if (kind < 3) rules.push(`${name} := ${this.#constant(3)}${at === 0 ? '' : ' if input.other'}`)
      else if (kind === 3) rules.push(define(() => `${name} := ${this.#term(2)}`))
      else if (kind === 4) rules.push(define(() => `${name} contains ${this.#term(2)}`))
      else if (kind === 5) rules.push(define(() => `${name}[${this.#operand()}] := ${this.#term(1)}`))
      else if (kind === 6) rules.push(define(() => `${name}.${this.#key()}.x := ${this.#term(1)}`))
      else rules.push(this.#function(name, kind - 6))
    }
    if (kind >= 7) this.#functions.push({ name, arity: kind - 6 })
    else this.#values.push(name)
    return kind === 6 ? [...new Map(rules.map((rule) => [rule.split(' ')[0], rule])).values()] : rules
  }

  #function(name: string, arity: number): string {
    this.#vars = []
    const args = Array.from({ length: arity }, () => this.#pattern(1))
    const body = this.#body(1 + this.random(3))
    return `${name}(${args.join(', ')}) := ${this.#term(1)} if {\n${body.map((line) => `\t${line}`).join('\n')}\n}`
  }

  #body(length: number): readonly string[] {
    return Array.from({ length }, () => this.#literal())
  }

  #literal(): string {
    const term = this.#term(2)
    switch (this.random(13)) {
      case 0:
      case 1:
      case 2:
        return `${this.#declare()} := ${term}`
      case 3:
        return `${this.#pattern(1)} := ${term}`
      case 4: {
        const collection = this.#term(2)
        return this.random(2) === 0
          ? `some ${this.#declare()} in ${collection}`
          : `some ${this.#declare()}, ${this.#pattern(1)} in ${collection}`
      }
      case 5:
        return `${this.#operand()} = ${term}`
      case 6:
        return `not ${this.#value()} == ${this.#constant(2)}`
      case 7:
        return `every x in ${term} {\n\t\tx != ${this.#value()}\n\t}`
      case 8: {
        const [value] = this.#values
        const target = value === undefined ? 'input' : this.#pick(this.#values)
        return `${this.#operand()} == ${term} with ${target} as ${this.#constant(2)}`
      }
      default:
        return `${this.#term(2)} ${this.#pick(OPERATORS)} ${this.#operand()}`
    }
  }

  #term(depth: number): string {
    if (depth === 0) return this.#operand()
    switch (this.random(12)) {
      case 0:
        return `[${this.#term(depth - 1)}, ${this.#term(depth - 1)}]`
      case 1:
        return `{"${this.#key()}": ${this.#term(depth - 1)}}`
      case 2:
        return `{${this.#operand()}, ${this.#operand()}}`
      case 3: {
        const from = this.#collection()
        const name = this.#declare()
        this.#vars.pop()
        const inside = `${name} := ${from}[_]`
        const head = this.random(2) === 0 ? name : `{${name}: 1}`
        return this.random(2) === 0 ? `[${head} | ${inside}]` : `{${head} | ${inside}}`
      }
      case 4:
      case 5: {
        const [name, arity] = this.#pick(CALLS)
        return `${name}(${Array.from({ length: arity }, () => this.#operand()).join(', ')})`
      }
      case 6: {
        if (this.#functions.length === 0) return this.#operand()
        const { name, arity } = this.#pick(this.#functions)
        return `${name}(${Array.from({ length: arity }, () => this.#operand()).join(', ')})`
      }
      case 7:
        return `${this.#collection()}${this.#step()}`
      default:
        return this.#operand()
    }
  }

  #operand(): string {
    switch (this.random(7)) {
      case 0:
        return this.#vars.length === 0 ? 'input.x' : this.#pick(this.#vars)
      case 1:
      case 2:
        return this.#values.length === 0 ? 'input' : `${this.#pick(this.#values)}${this.random(2) === 0 ? '' : this.#step()}`
      case 3:
        return this.#vars.length === 0 ? this.#constant(1) : `${this.#pick(this.#vars)}${this.#step()}`
      case 4:
        return `input.${this.#key()}`
      default:
        return this.#constant(1)
    }
  }

  /** Something that a reference may begin with. */
  #collection(): string {
    const names = [...this.#vars, ...this.#values, 'input.x', '["a", 1]', '{"a": {"b": 1}}']
    return this.#pick(names)
  }

  /** Something that has its value already. */
  #value(): string {
    return this.random(2) === 0 ? this.#constant(1) : this.#pick([...this.#vars, ...this.#values, 'input.x'])
  }

  #step(): string {
    switch (this.random(6)) {
      case 0:
        return `.${this.#key()}`
      case 1:
        return `[${this.random(3)}]`
      case 2:
        return `[_]`
      case 3:
        return `[_].${this.#key()}`
      case 4:
        return this.#vars.length === 0 ? '[_]' : `[${this.#pick(this.#vars)}]`
      default:
        return `.${this.#key()}[_]`
    }
  }

  #constant(depth: number): string {
    if (depth === 0) return this.#pick(SCALARS)
    const inner = (): string => this.#constant(depth - 1)
    switch (this.random(10)) {
      case 0:
        return `[${Array.from({ length: this.random(3) }, inner).join(', ')}]`
      case 1:
      case 2:
        return `{${KEYS.slice(0, this.random(3))
          .map((key) => `"${key}": ${inner()}`)
          .join(', ')}}`
      case 3:
        return this.random(3) === 0 ? 'set()' : `{${inner()}, ${inner()}}`
      case 4:
        return `{${this.random(3)}: ${inner()}}`
      default:
        return this.#pick(SCALARS)
    }
  }

  #pattern(depth: number): string {
    switch (depth === 0 ? 0 : this.random(5)) {
      case 0:
      case 1:
      case 2:
        return this.#declare()
      case 3:
        return `[${this.#pattern(depth - 1)}, ${this.#pattern(depth - 1)}]`
      default:
        return `{"${this.#key()}": ${this.#pattern(depth - 1)}}`
    }
  }

  #declare(): string {
    const name = `v${this.#created++}`
    this.#vars.push(name)
    return name
  }

  #key(): string {
    return this.#pick(KEYS)
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.random(items.length)] as Item
  }
}
