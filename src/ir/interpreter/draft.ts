/**
 * Objects and sets under construction.
 *
 * Values are immutable and sorted, so building one by insertion would copy it each time. A draft collects; the value is
 * made when somebody looks, and kept until something is added. Drafts are shared by reference, as collections are in
 * compiled policies: a draft put into another one is still the same draft.
 */
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'

export class ObjectDraft {
  readonly #entries = new Map<string, readonly [key: RegoValue, value: Slot]>()
  #made: RegoObject | undefined

  static from(object: RegoObject): ObjectDraft {
    const draft = new ObjectDraft()
    for (const [key, value] of object.entries) draft.insert(key, value)
    return draft
  }

  get size(): number {
    return this.#entries.size
  }

  get(key: RegoValue): Slot | undefined {
    return this.#entries.get(identityOf(key))?.[1]
  }

  /** Of equal keys the first spelling and the last value stay. */
  insert(key: RegoValue, value: Slot): void {
    const identity = identityOf(key)
    this.#entries.set(identity, [this.#entries.get(identity)?.[0] ?? key, value])
    this.#made = undefined
  }

  finish(): RegoObject {
    this.#made ??= RegoObject.of([...this.#entries.values()].map(([key, value]) => [key, settle(value)] as const))
    return this.#made
  }
}

export class SetDraft {
  readonly #items = new Map<string, RegoValue>()
  #made: RegoSet | undefined

  static from(set: RegoSet): SetDraft {
    const draft = new SetDraft()
    for (const item of set.items) draft.add(item)
    return draft
  }

  get size(): number {
    return this.#items.size
  }

  get(item: RegoValue): RegoValue | undefined {
    return this.#items.get(identityOf(item))
  }

  /** Of equal items the one added first stays. */
  add(item: RegoValue): void {
    const identity = identityOf(item)
    if (this.#items.has(identity)) return
    this.#items.set(identity, item)
    this.#made = undefined
  }

  finish(): RegoSet {
    this.#made ??= RegoSet.of(this.#items.values())
    return this.#made
  }
}

/** What a local, or a place in a draft, holds. */
export type Slot = RegoValue | ObjectDraft | SetDraft

/** The value of a slot as it is now. */
export function settle(slot: Slot): RegoValue {
  return slot instanceof ObjectDraft || slot instanceof SetDraft ? slot.finish() : slot
}

/** A text that equal values, and no others, have in common. */
function identityOf(value: RegoValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(identityOf).join(',')}]`
  if (value.kind === 'number') return `${value.parts.digits}e${value.parts.exponent}`
  if (value.kind === 'set') return `<${value.items.map(identityOf).join(',')}>`
  return `{${value.entries.map(([key, member]) => `${identityOf(key)}:${identityOf(member)}`).join(',')}}`
}
