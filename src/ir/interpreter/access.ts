/** What statements do with values: look up, go over entries, merge, replace at a path. */
import { arrayIndex } from '../../value/array-index.js'
import { RegoObject, RegoSet, type RegoValue, num } from '../../value/value.js'
import { ObjectDraft, SetDraft, type Slot, settle } from './draft.js'

/** The entry under a key; undefined if there is none, or if `source` has no entries. */
export function get(source: Slot, key: RegoValue): Slot | undefined {
  if (source instanceof ObjectDraft || source instanceof SetDraft) return source.get(key)
  if (source instanceof RegoObject) return source.get(key)
  if (source instanceof RegoSet) return source.has(key) ? key : undefined
  if (!isList(source)) return undefined
  const index = arrayIndex(key)
  return index === undefined ? undefined : source[index]
}

/** Entries in ascending order of their keys; none for what has no entries. */
export function entriesOf(slot: Slot): readonly (readonly [key: RegoValue, value: RegoValue])[] {
  const value = settle(slot)
  if (value instanceof RegoObject) return value.entries
  if (value instanceof RegoSet) return value.items.map((item) => [item, item] as const)
  return isList(value) ? value.map((item, index) => [num(index), item] as const) : []
}

/** The number of elements; undefined for what has none. */
export function lengthOf(slot: Slot): number | undefined {
  if (isList(slot)) return slot.length
  if (slot instanceof ObjectDraft || slot instanceof SetDraft) return slot.size
  return slot instanceof RegoObject || slot instanceof RegoSet ? slot.size : undefined
}

/** Both objects in one, recursively; where either is no object, `a` wins. */
export function merge(a: RegoValue, b: RegoValue): RegoValue {
  if (!(a instanceof RegoObject) || !(b instanceof RegoObject)) return a
  const merged = b.entries.map(([key, value]) => {
    const over = a.get(key)
    return [key, over === undefined ? value : merge(over, value)] as const
  })
  return RegoObject.of([...merged, ...a.entries.filter(([key]) => !b.has(key))])
}

/** A copy of `base` in which the entry at `path` is `value`; parents that are no objects become objects. */
export function replaceAt(base: RegoValue | undefined, path: readonly string[], value: RegoValue): RegoValue {
  const parents: RegoObject[] = []
  let at = base
  for (const name of path) {
    const parent = at instanceof RegoObject ? at : RegoObject.of([])
    parents.push(parent)
    at = parent.get(name)
  }
  return parents.reduceRight<RegoValue>((inner, parent, place) => {
    return RegoObject.of([...parent.entries, [path[place] as string, inner]])
  }, value)
}

export function isList(slot: Slot): slot is readonly RegoValue[] {
  return Array.isArray(slot)
}
