/** Cycles in graphs. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findCyclic, shortestCycle } from '../../src/check/graph.js'

/** Vertices that `from` leads to in one step or more. */
function reachable(edges: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const seen = new Set<number>()
  const open = [...(edges[from] ?? [])]
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    if (seen.has(vertex)) continue
    seen.add(vertex)
    open.push(...(edges[vertex] ?? []))
  }
  return seen
}

const SIZE = 8
const graph = fc.array(fc.array(fc.nat(SIZE - 1), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE })

test('a component holds the vertices that lead to each other and to themselves', () => {
  fc.assert(
    fc.property(graph, (edges) => {
      const reach = edges.map((_, vertex) => reachable(edges, vertex))
      const expected = new Set<string>()
      for (const [vertex, to] of reach.entries()) {
        if (to.has(vertex)) expected.add(JSON.stringify([...to].filter((other) => reach[other]?.has(vertex)).sort((a, b) => a - b)))
      }
      expect(new Set(findCyclic(edges).map((one) => JSON.stringify(one)))).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('a shortest cycle is a way back along edges', () => {
  fc.assert(
    fc.property(graph, (edges) => {
      for (const component of findCyclic(edges)) {
        for (const vertex of component) {
          const way = shortestCycle(edges, vertex, new Set(component))
          expect(way.at(-1)).toBe(vertex)
          for (const [at, to] of way.entries()) expect(edges[at === 0 ? vertex : (way[at - 1] as number)]).toContain(to)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a chain longer than the call stack is deep', () => {
  const edges = Array.from({ length: 50_000 }, (_, at) => [(at + 1) % 50_000])
  expect(findCyclic(edges).map((one) => one.length)).toEqual([50_000])
})
