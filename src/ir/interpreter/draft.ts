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
    if (this.#made !== undefined) return this.#made
    // Drafts within first, the innermost before the others: nesting is no depth of calls.
    const unfinished = new Set<ObjectDraft>([this])
    for (const draft of unfinished)
      for (const [, value] of draft.#entries.values())
        if (value instanceof ObjectDraft && value.#made === undefined) unfinished.add(value)
    for (const draft of [...unfinished].reverse()) draft.#make()
    return this.#make()
  }

  #make(): RegoObject {
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

  /** What was asked for, if it is in the set. */
  get(item: RegoValue): RegoValue | undefined {
    return this.#items.has(identityOf(item)) ? item : undefined
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
  const parts: string[] = []
  const waiting: ({ readonly value: RegoValue } | { readonly text: string })[] = [{ value }]
  const addAll = (open: string, members: readonly RegoValue[], close: string): void => {
    parts.push(open)
    waiting.push({ text: close })
    for (const member of [...members].reverse()) waiting.push({ text: ',' }, { value: member })
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('text' in next) parts.push(next.text)
    else if (typeof next.value === 'string') parts.push(JSON.stringify(next.value))
    else if (next.value === null || typeof next.value === 'boolean') parts.push(String(next.value))
    else if (isArray(next.value)) addAll('[', next.value, ']')
    else if (next.value.kind === 'number') parts.push(`${next.value.parts.digits}e${next.value.parts.exponent}`)
    else if (next.value.kind === 'set') addAll('<', next.value.items, '>')
    else addAll('{', next.value.entries.flat(), '}')
  }
  return parts.join('')
}
