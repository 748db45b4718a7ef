/**
 * Cycles and reach in a directed graph whose vertices are numbers.
 */

/** `edges[v]` are the vertices that v leads to. */
export type Graph = readonly (readonly number[])[]

/**
 * The strongly connected components that hold a cycle, each ascending; ordered by their least vertex.
 *
 * Tarjan's algorithm with its own stack: a chain of rules may be longer than the call stack is deep.
 */
export function findCyclic(edges: Graph): readonly (readonly number[])[] {
  const order = new Array<number>(edges.length).fill(-1)
  const low = new Array<number>(edges.length).fill(0)
  const isOpen = new Uint8Array(edges.length)
  const open: number[] = []
  const found: number[][] = []
  let count = 0
  for (let root = 0; root < edges.length; root++) {
    if (order[root] !== -1) continue
    const path: { vertex: number; next: number }[] = []
    const enter = (vertex: number): void => {
      order[vertex] = low[vertex] = count++
      open.push(vertex)
      isOpen[vertex] = 1
      path.push({ vertex, next: 0 })
    }
    enter(root)
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { vertex } = top
      const out = edges[vertex] as readonly number[]
      if (top.next < out.length) {
        const to = out[top.next++] as number
        if (order[to] === -1) enter(to)
        else if (isOpen[to] === 1) low[vertex] = Math.min(low[vertex] as number, order[to] as number)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent.vertex] = Math.min(low[parent.vertex] as number, low[vertex] as number)
      if (low[vertex] !== order[vertex]) continue
      const component = open.splice(open.lastIndexOf(vertex))
      for (const member of component) isOpen[member] = 0
      if (component.length > 1 || out.includes(vertex)) found.push(component.sort((a, b) => a - b))
    }
  }
  return found.sort((a, b) => (a[0] as number) - (b[0] as number))
}

/** All vertices that can be reached from `starts`, those included. */
export function findReachable(edges: Graph, starts: Iterable<number>): ReadonlySet<number> {
  const found = new Set(starts)
  const open = [...found]
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const to of edges[vertex] as readonly number[]) {
      if (found.has(to)) continue
      found.add(to)
      open.push(to)
    }
  }
  return found
}

/** The graph with every edge turned around. */
export function reverseEdges(edges: Graph): Graph {
  const reversed: number[][] = edges.map(() => [])
  for (const [from, out] of edges.entries()) for (const to of out) reversed[to]?.push(from)
  return reversed
}

/** A shortest way from `start` back to itself that stays within `inside`: the vertices after `start`, `start` last. */
export function shortestCycle(edges: Graph, start: number, inside: ReadonlySet<number>): readonly number[] {
  const cameFrom = new Map<number, number>()
  let front = [start]
  while (front.length > 0) {
    const next: number[] = []
    for (const vertex of front) {
      for (const to of edges[vertex] as readonly number[]) {
        if (to === start) return unwind(cameFrom, start, vertex)
        if (!inside.has(to) || cameFrom.has(to)) continue
        cameFrom.set(to, vertex)
        next.push(to)
      }
    }
    front = next
  }
  return []
}

function unwind(cameFrom: ReadonlyMap<number, number>, start: number, last: number): readonly number[] {
  const way = [start]
  for (let vertex = last; vertex !== start; vertex = cameFrom.get(vertex) as number) way.push(vertex)
  return way.reverse()
}
