/** Terms as OPA writes them, `{"type": …, "value": …}`, with what it takes to order them inside of sets and objects. */
import { compareValues } from '../../value/compare.js'
import { RegoObject, type RegoValue } from '../../value/value.js'

/** In the order of terms. */
const TYPES = [
  'null',
  'boolean',
  'number',
  'string',
  'templatestring',
  'var',
  'ref',
  'array',
  'object',
  'set',
  'arraycomprehension',
  'objectcomprehension',
  'setcomprehension',
  'call',
] as const

export type TermType = (typeof TYPES)[number]

export interface Tree {
  readonly type: TermType
  readonly value: RegoValue
  /** What is inside, in the order of comparison; a tree without parts is compared by its value. */
  readonly parts: readonly Tree[]
}

export function leaf(type: TermType, value: RegoValue): Tree {
  return { type, value, parts: [] }
}

export function branch(type: TermType, parts: readonly Tree[], value: RegoValue = parts.map(termJson)): Tree {
  return { type, value, parts }
}

export function stringTree(value: string): Tree {
  return leaf('string', value)
}

export function varTree(name: string): Tree {
  return leaf('var', name)
}

export function refTree(...parts: readonly Tree[]): Tree {
  return branch('ref', parts)
}

export function termJson({ type, value }: Tree): RegoObject {
  return RegoObject.of([
    ['type', type],
    ['value', value],
  ])
}

export function setTree(items: readonly Tree[]): Tree {
  const sorted = [...items].sort(compareTrees)
  return branch(
    'set',
    sorted.filter((item, index) => {
      const previous = sorted[index - 1]
      return previous === undefined || compareTrees(previous, item) !== 0
    }),
  )
}

/** Equal keys all stay. */
export function objectTree(entries: readonly (readonly [key: Tree, value: Tree])[]): Tree {
  const sorted = [...entries].sort(([a], [b]) => compareTrees(a, b))
  return branch(
    'object',
    sorted.flat(),
    sorted.map(([key, value]) => [termJson(key), termJson(value)]),
  )
}

function compareTrees(a: Tree, b: Tree): number {
  if (a.type !== b.type) return TYPES.indexOf(a.type) - TYPES.indexOf(b.type)
  if (a.parts.length === 0 && b.parts.length === 0) return compareValues(a.value, b.value)
  for (const [index, part] of a.parts.entries()) {
    const other = b.parts[index]
    if (other === undefined) return 1
    const order = compareTrees(part, other)
    if (order !== 0) return order
  }
  return a.parts.length - b.parts.length
}
