/**
 * Locals whose value is one of a few constants, whatever the documents are.
 *
 * Only equations of a rule's own body count, in their order: what a body inside finds out is not looked at, and the first
 * equation that tells something about a local is the one that counts.
 */
import { arrayIndex } from '../value/array-index.js'
import { type RegoArray, RegoObject, RegoSet, type RegoValue, isArray } from '../value/value.js'
import type { CoreExpr, CoreTerm } from './core.js'

/** A local that may have more values than this may have any. */
const MAX_VALUES = 64

export class KnownLocals {
  readonly #values = new Map<number, readonly RegoValue[]>()

  /** The expression holds from now on. */
  learn(expr: CoreExpr): void {
    if (expr.kind !== 'unify' || expr.withs.length > 0) return
    this.#equate(expr.left, expr.right)
    this.#equate(expr.right, expr.left)
  }

  /** All that a term may be; undefined if nothing is known of it. */
  valuesOf(term: CoreTerm): readonly RegoValue[] | undefined {
    if (term.kind === 'const') return [term.value]
    if (term.kind === 'local') return this.#values.get(term.id)
    if (term.kind !== 'ref' || term.head.kind !== 'term') return undefined
    let values = this.valuesOf(term.head.term)
    for (const key of term.path) values = values && partsOf(values, key)
    return values
  }

  #equate(local: CoreTerm, term: CoreTerm): void {
    if (local.kind !== 'local' || this.#values.has(local.id)) return
    const values = this.valuesOf(term)
    if (values !== undefined) this.#values.set(local.id, values)
  }
}

/** What a key leads to in any of the values: all there is, unless it is a constant. */
function partsOf(values: readonly RegoValue[], key: CoreTerm): readonly RegoValue[] | undefined {
  const parts: RegoValue[] = []
  for (const value of values) {
    // How many there are is known before they are gathered: of a large table there may be many look-ups.
    if (key.kind !== 'const' && parts.length + sizeOf(value) > MAX_VALUES) return undefined
    parts.push(...(key.kind === 'const' ? partAt(value, key.value) : partsIn(value)))
  }
  return parts.length === 0 ? undefined : parts
}

function partAt(value: RegoValue, key: RegoValue): readonly RegoValue[] {
  if (value instanceof RegoSet) return value.has(key) ? [key] : []
  const index = isArray(value) ? arrayIndex(key) : undefined
  const part = value instanceof RegoObject ? value.get(key) : index === undefined ? undefined : (value as RegoArray)[index]
  return part === undefined ? [] : [part]
}

function partsIn(value: RegoValue): readonly RegoValue[] {
  if (value instanceof RegoObject) return value.entries.map(([, part]) => part)
  return value instanceof RegoSet ? value.items : isArray(value) ? value : []
}

function sizeOf(value: RegoValue): number {
  if (value instanceof RegoObject || value instanceof RegoSet) return value.size
  return isArray(value) ? value.length : 0
}
