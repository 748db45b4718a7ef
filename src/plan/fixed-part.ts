/**
 * What is in the document of an object rule whatever its bodies find: heads such as `p[0].q[x]` have constants before
 * their first variable, and up to there the objects (and sets) are always there, if only empty.
 */
import type { CoreTerm } from '../check/core.js'
import { compareValues } from '../value/compare.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../value/value.js'

/** Where an entry of the rule lies. */
interface Placed {
  readonly keys: readonly CoreTerm[]
  readonly leaf: 'value' | 'set'
}

/** The document that the entries are put into. */
export function fixedPartOf(entries: readonly Placed[]): RegoObject {
  const whole = partAt(entries, 0)
  return whole instanceof RegoObject ? whole : RegoObject.of([])
}

/** Whether a key can be told apart from others before anything is evaluated. */
export function isFixedKey(key: CoreTerm | undefined): boolean {
  if (key?.kind !== 'const') return false
  const { value } = key
  return value === null || typeof value !== 'object' || (!isArray(value) && value.kind === 'number')
}

function partAt(entries: readonly Placed[], depth: number): RegoValue | undefined {
  if (entries.some(({ keys }) => keys.length > depth && !isFixedKey(keys[depth]))) return RegoObject.of([])
  const leaves = entries.filter(({ keys }) => keys.length === depth)
  if (leaves.length > 0) return leaves.every(({ leaf }) => leaf === 'set') ? RegoSet.of([]) : undefined
  const parts: [RegoValue, RegoValue][] = []
  for (const [key, below] of groupByKey(entries, depth)) {
    const part = partAt(below, depth + 1)
    if (part !== undefined) parts.push([key, part])
  }
  return RegoObject.of(parts)
}

function groupByKey(entries: readonly Placed[], depth: number): readonly (readonly [RegoValue, readonly Placed[]])[] {
  const keyed = entries.flatMap((entry) => {
    const key = entry.keys[depth]
    return key?.kind === 'const' ? [{ key: key.value, entry }] : []
  })
  keyed.sort((a, b) => compareValues(a.key, b.key))
  const groups: [RegoValue, Placed[]][] = []
  for (const { key, entry } of keyed) {
    const last = groups.at(-1)
    if (last !== undefined && compareValues(last[0], key) === 0) last[1].push(entry)
    else groups.push([key, [entry]])
  }
  return groups
}
