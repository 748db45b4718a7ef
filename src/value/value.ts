/**
 * Rego values on the TypeScript side: exact, immutable, totally ordered.
 *
 * Null, booleans and strings are the JavaScript ones and arrays are readonly arrays. Numbers keep their text, because a
 * double cannot hold them and because a literal is printed as it was written. Sets and objects keep their members in
 * ascending order, which is also the order in which Rego lists them.
 */
import { compareValues } from './compare.js'
import { type RegoNumber, numberOf } from './number.js'

export type RegoValue = null | boolean | string | RegoNumber | RegoArray | RegoObject | RegoSet
export type RegoArray = readonly RegoValue[]

/** A finite map with keys of any type. Of equal keys the first spelling and the last value stay. */
export class RegoObject {
  readonly kind = 'object'
  /** Ascending by key. */
  readonly entries: readonly (readonly [key: RegoValue, value: RegoValue])[]
  #byText: Map<string, RegoValue> | undefined

  private constructor(sorted: readonly (readonly [RegoValue, RegoValue])[]) {
    this.entries = sorted
  }

  static of(entries: Iterable<readonly [RegoValue, RegoValue]>): RegoObject {
    const all = [...entries].map(([key, value], place) => ({ key, value, place }))
    all.sort((a, b) => compareValues(a.key, b.key) || a.place - b.place)
    const kept: [RegoValue, RegoValue][] = []
    for (const { key, value } of all) {
      const last = kept.at(-1)
      if (last !== undefined && compareValues(last[0], key) === 0) last[1] = value
      else kept.push([key, value])
    }
    return new RegoObject(kept)
  }

  get size(): number {
    return this.entries.length
  }

  get(key: RegoValue): RegoValue | undefined {
    if (typeof key === 'string') {
      this.#byText ??= new Map(this.entries.filter(([one]) => typeof one === 'string') as [string, RegoValue][])
      return this.#byText.get(key)
    }
    const at = search(this.entries, (entry) => compareValues(entry[0], key))
    return at === undefined ? undefined : this.entries[at]?.[1]
  }

  has(key: RegoValue): boolean {
    return this.get(key) !== undefined
  }
}

/** A finite set. Of equal members the one added first stays. */
export class RegoSet {
  readonly kind = 'set'
  /** Ascending. */
  readonly items: readonly RegoValue[]

  private constructor(sorted: readonly RegoValue[]) {
    this.items = sorted
  }

  static of(items: Iterable<RegoValue>): RegoSet {
    const all = [...items].map((item, place) => ({ item, place }))
    all.sort((a, b) => compareValues(a.item, b.item) || a.place - b.place)
    const kept: RegoValue[] = []
    for (const { item } of all) {
      const last = kept.at(-1)
      if (last === undefined || compareValues(last, item) !== 0) kept.push(item)
    }
    return new RegoSet(kept)
  }

  get size(): number {
    return this.items.length
  }

  has(item: RegoValue): boolean {
    return search(this.items, (one) => compareValues(one, item)) !== undefined
  }
}

function search<Item>(sorted: readonly Item[], compareTo: (item: Item) => number): number | undefined {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compareTo(sorted[middle] as Item)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/** The type names that Rego's `type_name` gives. */
export type RegoTypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set'

export function typeNameOf(value: RegoValue): RegoTypeName {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (isArray(value)) return 'array'
  return value.kind
}

export function isArray(value: RegoValue): value is RegoArray {
  return Array.isArray(value)
}

/** Convenience for builtins and tests: a JavaScript number that is exact (an integer, or a double's shortest text). */
export function num(value: number | bigint): RegoNumber {
  return numberOf(String(value))
}
