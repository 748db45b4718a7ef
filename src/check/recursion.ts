/**
 * Recursion: no rule may depend on itself, whatever way the dependency takes.
 */
import type { CheckContext } from './context.js'
import { type RuleNode, refText } from './definitions.js'
import type { DependencyGraph } from './dependencies.js'
import { findCyclic, shortestCycle } from './graph.js'

/** So many rules of one cycle are named. */
const MAX_CYCLE = 20

/** So many rules of one knot of recursion are reported. */
const MAX_REPORTS = 20

export function reportRecursion(graph: DependencyGraph, cx: CheckContext): void {
  for (const cyclic of findCyclic(graph.edges)) {
    const inside = new Set(cyclic)
    const recursive = cyclic.filter((vertex) => graph.nodeOf(vertex) !== undefined)
    for (const vertex of recursive.slice(0, MAX_REPORTS)) {
      const way = shortestCycle(graph.edges, vertex, inside)
      const cycle = [vertex, ...way].map((one) => graph.nodeOf(one)).filter((node) => node !== undefined)
      cx.refuse('recursion', graph.spanOf(vertex, way[0] as number), nodeText(cycle[0] as RuleNode), abridge(cycle.map(nodeText)))
    }
  }
}

/** Long cycles lose their middle. */
function abridge(names: readonly string[]): readonly string[] {
  return names.length <= MAX_CYCLE ? names : [...names.slice(0, MAX_CYCLE - 2), '...', names.at(-1) as string]
}

function nodeText({ definitions }: RuleNode): string {
  return definitions[0] === undefined ? '' : refText(definitions[0])
}
