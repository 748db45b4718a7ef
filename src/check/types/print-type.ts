/**
 * Types as diagnostics write them. What grows too long is cut: a constant may have thousands of parts.
 */
import { writeValueText } from '../../value/text.js'
import type { RegoValue } from '../../value/value.js'
import type { MaybeType, RegoType } from './type.js'

const MAX_LENGTH = 240

/** Members of a union in the order of Rego's types. */
const RANK: Readonly<Record<RegoType['kind'], number>> = {
  null: 0,
  boolean: 1,
  number: 2,
  string: 3,
  array: 4,
  object: 5,
  set: 6,
  any: 7,
  union: 8,
  function: 9,
}

export function typeText(type: MaybeType): string {
  const printer = new Printer()
  printer.type(type)
  return printer.text
}

/** Types of arguments, in brackets. */
export function typesText(list: readonly MaybeType[]): string {
  return `(${list.map(typeText).join(', ')})`
}

class Printer {
  text = ''

  type(type: MaybeType): void {
    if (this.text.length > MAX_LENGTH) return this.#cut()
    if (type === undefined) return this.#add('???')
    switch (type.kind) {
      case 'union':
        return this.#list(
          'any<',
          [...type.of].sort((a, b) => RANK[a.kind] - RANK[b.kind] || a.id - b.id),
          '>',
          (one) => this.type(one),
        )
      case 'array':
        this.#add('array')
        if (type.static.length > 0) this.#list('<', type.static, '>', (one) => this.type(one))
        if (type.dynamic !== undefined) this.#list('[', [type.dynamic], ']', (one) => this.type(one))
        return
      case 'object':
        this.#add('object')
        if (type.static.size > 0) {
          this.#list('<', [...type.static.values()], '>', ({ key, value }) => {
            this.#add(`${keyText(key)}: `)
            this.type(value)
          })
        }
        if (type.dynamic === undefined) return
        return this.#list('[', [type.dynamic], ']', ({ key, value }) => {
          this.type(key)
          this.#add(': ')
          this.type(value)
        })
      case 'set':
        return this.#list('set[', [type.of], ']', (one) => this.type(one))
      default:
        return this.#add(type.kind)
    }
  }

  #list<Item>(before: string, items: readonly Item[], after: string, each: (item: Item) => void): void {
    this.#add(before)
    for (const [at, item] of items.entries()) {
      if (this.text.length > MAX_LENGTH) return this.#cut()
      if (at > 0) this.#add(', ')
      each(item)
    }
    this.#add(after)
  }

  #add(text: string): void {
    if (!this.text.endsWith('…')) this.text += text
  }

  #cut(): void {
    this.#add('…')
  }
}

/** A key as OPA's types have it: bare if it is a plain word. */
function keyText(key: RegoValue): string {
  return typeof key === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : writeValueText(key)
}
