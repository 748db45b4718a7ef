/** The order in which what is ranked can be done. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findReachable } from '../../src/check/graph.js'
import { orderByNeed } from '../../src/check/need-order.js'

const SIZE = 12

/** Edges that lead from lower to higher numbers, in any order: no cycles. */
const acyclic = fc
  .array(fc.array(fc.nat(SIZE - 1), { maxLength: 4 }), { minLength: SIZE, maxLength: SIZE })
  .map((edges) => edges.map((out, from) => out.filter((to) => to > from)))

const ranked = fc.shuffledSubarray(Array.from({ length: SIZE }, (_, at) => at))

/** As it is meant: by rank, each after all ranked vertices that it leads to, those by rank too. */
function simply(edges: readonly (readonly number[])[], order: readonly number[]): readonly number[] {
  const done = new Set<number>()
  const visit = (vertex: number): void => {
    if (done.has(vertex)) return
    const behind = findReachable(
      edges.map((out, from) => (from !== vertex && order.includes(from) ? [] : out)),
      [vertex],
    )
    for (const need of order) if (need !== vertex && behind.has(need)) visit(need)
    done.add(vertex)
  }
  order.forEach(visit)
  return [...done]
}

test('needs come first, and otherwise ranks decide', () => {
  fc.assert(
    fc.property(acyclic, ranked, (edges, order) => {
      expect(orderByNeed(edges, order)).toEqual(simply(edges, order))
    }),
    { numRuns: 500 },
  )
})

test('cycles come in some order', () => {
  expect(orderByNeed([[1], [2], [0], [0]], [3, 0, 1, 2])).toEqual([2, 1, 0, 3])
})

test('many that need the same through others', () => {
  // Each of the first half leads to one vertex without a rank, and that to all of the second half.
  const half = 20_000
  const edges = Array.from({ length: 2 * half + 1 }, (_, at) => (at < half ? [2 * half] : [] as number[]))
  edges[2 * half] = Array.from({ length: half }, (_, at) => half + at)
  const order = orderByNeed(edges, Array.from({ length: 2 * half }, (_, at) => at))
  expect(order.slice(0, half)).toEqual(edges[2 * half])
  expect(order.slice(half)).toEqual(Array.from({ length: half }, (_, at) => at))
})

test('a chain longer than the call stack is deep', () => {
  const edges = Array.from({ length: 50_000 }, (_, at) => (at === 49_999 ? [] : [at + 1]))
  expect(orderByNeed(edges, [...edges.keys()])).toEqual([...edges.keys()].reverse())
})
