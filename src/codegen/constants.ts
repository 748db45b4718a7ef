/**
 * The constants of a policy: ground values, each there once.
 *
 * A constant is a number; equal numbers are equal contents, spelling included. Composite ones are made from constants made
 * before, so that a tree of any size is interned in time linear in it and nothing recurses.
 */
import { MAX_CONSTANT_DEPTH } from '../ir/publish.js'
import { arrayIndex } from '../value/array-index.js'
import { compareValues } from '../value/compare.js'
import { numberOf } from '../value/number.js'
import { partsOf } from '../value/parts.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../value/value.js'

/** A place in a pool of constants. */
export type ConstantId = number

export type ConstantParts =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly ConstantId[] }
  /** Keys and values in turn, ascending by key. */
  | { readonly kind: 'object'; readonly entries: readonly ConstantId[] }
  /** Ascending. */
  | { readonly kind: 'set'; readonly items: readonly ConstantId[] }

interface Entry {
  readonly parts: ConstantParts
  readonly depth: number
  /** Made when first asked for. */
  value: RegoValue | undefined
}

export class ConstantPool {
  readonly #entries: Entry[] = []
  readonly #byKey = new Map<string, ConstantId>()
  readonly null = this.#scalar('n', { kind: 'null' }, null)
  readonly true = this.#scalar('t', { kind: 'boolean', value: true }, true)
  readonly false = this.#scalar('f', { kind: 'boolean', value: false }, false)

  boolean(value: boolean): ConstantId {
    return value ? this.true : this.false
  }

  string(text: string): ConstantId {
    return this.#byKey.get(`"${text}`) ?? this.#scalar(`"${text}`, { kind: 'string', text }, text)
  }

  /** The number that a valid JSON number text spells, spelling kept. */
  number(text: string): ConstantId {
    return this.#byKey.get(`#${text}`) ?? this.#scalar(`#${text}`, { kind: 'number', text }, numberOf(text))
  }

  /** Undefined where the array would be nested too deeply. */
  array(items: readonly ConstantId[]): ConstantId | undefined {
    return this.#composite(`[${items.join()}`, items, () => ({ kind: 'array', items: [...items] }))
  }

  /**
   * An object of keys and values in turn; of equal keys the first spelling and the last value stay. Undefined where it
   * would be nested too deeply.
   */
  object(entries: readonly ConstantId[]): ConstantId | undefined {
    const sorted = this.#sortedByFirst(entries, 2, (kept, later) => (kept[1] = later[1] as ConstantId))
    return this.#composite(`{${sorted.join()}`, sorted, () => ({ kind: 'object', entries: sorted }))
  }

  /** A set; of equal members the first stays. Undefined where it would be nested too deeply. */
  set(items: readonly ConstantId[]): ConstantId | undefined {
    const sorted = this.#sortedByFirst(items, 1, () => undefined)
    return this.#composite(`(${sorted.join()}`, sorted, () => ({ kind: 'set', items: sorted }))
  }

  /** Any value. Undefined where it is nested too deeply. */
  value(value: RegoValue, depth = 0): ConstantId | undefined {
    if (value === null) return this.null
    if (typeof value === 'boolean') return this.boolean(value)
    if (typeof value === 'string') return this.string(value)
    if (!isArray(value) && value.kind === 'number') return this.number(value.text)
    if (depth > MAX_CONSTANT_DEPTH) return undefined
    const ids: ConstantId[] = []
    for (const part of partsOf(value)) {
      const id = this.value(part, depth + 1)
      if (id === undefined) return undefined
      ids.push(id)
    }
    return isArray(value) ? this.array(ids) : value instanceof RegoSet ? this.set(ids) : this.object(ids)
  }

  partsOf(id: ConstantId): ConstantParts {
    return this.#entry(id).parts
  }

  valueOf(id: ConstantId): RegoValue {
    const entry = this.#entry(id)
    if (entry.value === undefined) entry.value = this.#collection(entry.parts)
    return entry.value
  }

  compare(a: ConstantId, b: ConstantId): number {
    return a === b ? 0 : compareValues(this.valueOf(a), this.valueOf(b))
  }

  /** What a look-up of `key` in `source` gives; undefined if there is nothing. */
  lookUp(source: ConstantId, key: ConstantId): ConstantId | undefined {
    const parts = this.partsOf(source)
    switch (parts.kind) {
      case 'array':
        return parts.items[arrayIndex(this.valueOf(key)) ?? -1]
      case 'object': {
        const at = this.#search(parts.entries, 2, key)
        return at === undefined ? undefined : parts.entries[at + 1]
      }
      case 'set':
        return this.#search(parts.items, 1, key) === undefined ? undefined : key
      default:
        return undefined
    }
  }

  /** The member of a set that is equal to `item`, as the set has it; undefined if there is none. */
  memberOf(set: ConstantId, item: ConstantId): ConstantId | undefined {
    const parts = this.partsOf(set)
    const at = parts.kind === 'set' ? this.#search(parts.items, 1, item) : undefined
    return parts.kind === 'set' && at !== undefined ? parts.items[at] : undefined
  }

  #entry(id: ConstantId): Entry {
    const entry = this.#entries[id]
    if (entry === undefined) throw new RangeError(`there is no constant ${id}`)
    return entry
  }

  /** The value of what is no scalar. The depth of constants is limited. */
  #collection(parts: ConstantParts): RegoValue {
    switch (parts.kind) {
      case 'array':
        return parts.items.map((item) => this.valueOf(item))
      case 'object':
        return RegoObject.of(pairs(parts.entries).map(([key, value]) => [this.valueOf(key), this.valueOf(value)]))
      case 'set':
        return RegoSet.of(parts.items.map((item) => this.valueOf(item)))
      default:
        throw new Error('a scalar has its value from the start')
    }
  }

  #scalar(key: string, parts: ConstantParts, value: RegoValue): ConstantId {
    return this.#add(key, { parts, depth: 0, value })
  }

  #composite(key: string, children: readonly ConstantId[], partsOf: () => ConstantParts): ConstantId | undefined {
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const depth = 1 + children.reduce((deepest, child) => Math.max(deepest, this.#entry(child).depth), 0)
    return depth > MAX_CONSTANT_DEPTH ? undefined : this.#add(key, { parts: partsOf(), depth, value: undefined })
  }

  #add(key: string, entry: Entry): ConstantId {
    const id = this.#entries.push(entry) - 1
    this.#byKey.set(key, id)
    return id
  }

  /** Groups of `width`, ascending by the first of each; `merge` sees each group that is dropped because its first is there. */
  #sortedByFirst(
    flat: readonly ConstantId[],
    width: number,
    merge: (kept: ConstantId[], later: readonly ConstantId[]) => void,
  ): ConstantId[] {
    if (this.#isAscending(flat, width)) return [...flat]
    const groups: ConstantId[][] = []
    for (let at = 0; at < flat.length; at += width) groups.push(flat.slice(at, at + width))
    // Stable: of equal keys the one inserted first comes first.
    groups.sort((a, b) => this.compare(a[0] as ConstantId, b[0] as ConstantId))
    const kept: ConstantId[][] = []
    for (const group of groups) {
      const last = kept.at(-1)
      if (last !== undefined && this.compare(last[0] as ConstantId, group[0] as ConstantId) === 0) merge(last, group)
      else kept.push(group)
    }
    return kept.flat()
  }

  /** As most literals are written, or have been sorted before. */
  #isAscending(flat: readonly ConstantId[], width: number): boolean {
    for (let at = width; at < flat.length; at += width)
      if (this.compare(flat[at - width] as ConstantId, flat[at] as ConstantId) >= 0) return false
    return true
  }

  #search(flat: readonly ConstantId[], width: number, key: ConstantId): number | undefined {
    let low = 0
    let high = flat.length / width
    while (low < high) {
      const middle = (low + high) >> 1
      const order = this.compare(flat[middle * width] as ConstantId, key)
      if (order === 0) return middle * width
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }
}

function pairs(flat: readonly ConstantId[]): readonly (readonly [ConstantId, ConstantId])[] {
  const result: [ConstantId, ConstantId][] = []
  for (let at = 0; at < flat.length; at += 2) result.push([flat[at] as ConstantId, flat[at + 1] as ConstantId])
  return result
}
