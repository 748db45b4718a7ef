/**
 * Keys of the rule tree by numbers.
 *
 * What references may lead to is compared and remembered by these: a constant may be long, and stand behind many references.
 */
import { RegoNumber } from '../value/number.js'
import type { RegoValue } from '../value/value.js'
import { type RuleNode, keyText } from './definitions.js'

export class RuleKeys {
  readonly #numbers = new Map<string, number>()
  readonly #texts: string[] = []
  /** By the value itself, so that the text of each is made once. */
  readonly #known = new Map<RegoValue, number | undefined>()

  constructor(nodes: readonly RuleNode[]) {
    for (const { children } of nodes) {
      for (const text of children.keys()) if (!this.#numbers.has(text)) this.#numbers.set(text, this.#texts.push(text) - 1)
    }
  }

  /** Undefined if no rule has the key: none has a collection that is known from the start. */
  numberOf(value: RegoValue): number | undefined {
    if (!this.#known.has(value)) this.#known.set(value, isScalar(value) ? this.#numbers.get(keyText(value)) : undefined)
    return this.#known.get(value)
  }

  /** The child of a node under the key with a number. */
  child(node: RuleNode, number: number): RuleNode | undefined {
    return node.children.get(this.#texts[number] as string)
  }
}

function isScalar(value: RegoValue): value is string | boolean | null | RegoNumber {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof RegoNumber
}
