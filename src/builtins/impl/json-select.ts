/** `json.filter` and `json.remove`: documents reduced to some paths, or without them. */
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { pathsOf } from '../json-path.js'
import { objectOperand } from '../operand.js'

export const JSON_SELECT: FunctionTable = {
  'json.filter': (_, object, paths) => {
    const tree = buildTree(pathsOf(paths, 2))
    const from = objectOperand(object, 1)
    return tree === undefined ? RegoObject.of([]) : filter(from, tree)
  },
  'json.remove': (_, object, paths) => {
    const tree = buildTree(pathsOf(paths, 2))
    const from = objectOperand(object, 1)
    return tree === undefined ? from : remove(from, tree)
  },
}

/** Paths by their first key: a leaf (no object) ends a path. Keys are Rego values, so the tree is one as well. */
type PathTree = RegoObject

const LEAF: RegoValue = null

function buildTree(paths: readonly (readonly RegoValue[])[]): PathTree | undefined {
  return nodeOf(paths.filter((path) => path.length > 0))
}

function nodeOf(paths: readonly (readonly RegoValue[])[]): PathTree | undefined {
  if (paths.length === 0) return undefined
  const heads = RegoSet.of(paths.map((path) => path[0] as RegoValue))
  const byHead = RegoObject.of(heads.items.map((head, at) => [head, String(at)] as const))
  const tails: (readonly RegoValue[])[][] = heads.items.map(() => [])
  for (const path of paths) tails[Number(byHead.get(path[0] as RegoValue))]?.push(path.slice(1))
  return RegoObject.of(
    heads.items.map((head, at) => {
      const rest = tails[at] ?? []
      // A path that ends here takes in all that the longer ones would select.
      return [head, rest.some((tail) => tail.length === 0) ? LEAF : (nodeOf(rest) ?? LEAF)] as const
    }),
  )
}

function filter(value: RegoValue, tree: PathTree): RegoValue {
  const keep = (key: RegoValue, item: RegoValue): RegoValue | undefined => {
    const below = tree.get(key)
    if (below === undefined) return undefined
    return below instanceof RegoObject ? filter(item, below) : item
  }
  if (value instanceof RegoObject) return mapEntries(value, keep)
  if (value instanceof RegoSet) return mapItems(value.items, (item) => keep(item, item), RegoSet.of)
  if (isArray(value)) {
    return mapItems(
      value,
      (item, at) => keep(String(at), item),
      (items) => [...items],
    )
  }
  return value
}

function remove(value: RegoValue, tree: PathTree): RegoValue {
  const keep = (key: RegoValue, item: RegoValue): RegoValue | undefined => {
    const below = tree.get(key)
    if (below === undefined) return item
    return below instanceof RegoObject ? remove(item, below) : undefined
  }
  if (value instanceof RegoObject) return mapEntries(value, keep)
  if (value instanceof RegoSet) return mapItems(value.items, (item) => keep(item, item), RegoSet.of)
  if (isArray(value)) {
    return mapItems(
      value,
      (item, at) => keep(String(at), item),
      (items) => [...items],
    )
  }
  return value
}

function mapEntries(object: RegoObject, keep: (key: RegoValue, value: RegoValue) => RegoValue | undefined): RegoObject {
  const kept: [RegoValue, RegoValue][] = []
  for (const [key, value] of object.entries) {
    const found = keep(key, value)
    if (found !== undefined) kept.push([key, found])
  }
  return RegoObject.of(kept)
}

function mapItems(
  items: readonly RegoValue[],
  keep: (item: RegoValue, at: number) => RegoValue | undefined,
  collect: (items: Iterable<RegoValue>) => RegoValue,
): RegoValue {
  return collect(items.map(keep).filter((item) => item !== undefined))
}
