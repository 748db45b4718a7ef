/** Graphs: what can be reached, and walking through documents. */
import { writeValueText } from '../../value/text.js'
import { RegoObject, RegoSet, type RegoValue, isArray, num, typeNameOf } from '../../value/value.js'
import { type BuiltinContext, BuiltinError, type FunctionTable } from '../context.js'
import { objectOperand } from '../operand.js'

/** Units of work for a vertex of a path, each time that the path is looked at or grows. */
const STEP_COST = 4

export const GRAPH: FunctionTable = {
  'graph.reachable': (_, graph, initial) => reachable(objectOperand(graph, 1), verticesOf(initial)),
  'graph.reachable_paths': (context, graph, initial) => paths(context, objectOperand(graph, 1), verticesOf(initial)),
  walk: (context, document) => walk(context, document as RegoValue),
}

function verticesOf(value: RegoValue | undefined): readonly RegoValue[] {
  if (value instanceof RegoSet) return value.items
  if (value !== undefined && isArray(value)) return value
  const type = value === undefined ? 'undefined' : typeNameOf(value)
  throw new BuiltinError('eval_type_error', `operand 2 must be {array, set} but got ${type}`)
}

/** The neighbours of a vertex; none where the graph says something else than an array or a set. */
function neighboursOf(graph: RegoObject, vertex: RegoValue): readonly RegoValue[] {
  const edges = graph.get(vertex)
  if (edges instanceof RegoSet) return edges.items
  return edges !== undefined && isArray(edges) ? edges : []
}

function reachable(graph: RegoObject, initial: readonly RegoValue[]): RegoSet {
  const seen = new Set<string>()
  const found: RegoValue[] = []
  const waiting = [...initial]
  for (let vertex = waiting.pop(); vertex !== undefined; vertex = waiting.pop()) {
    const text = writeValueText(vertex)
    if (seen.has(text)) continue
    seen.add(text)
    if (!graph.has(vertex)) continue
    found.push(vertex)
    for (const neighbour of neighboursOf(graph, vertex)) waiting.push(neighbour)
  }
  return RegoSet.of(found)
}

/**
 * The longest paths that begin at the initial vertices. A path ends where there is no further vertex, where the next one is
 * not in the graph, and where it would meet itself; a loop at the very first vertex is followed once, as in OPA.
 */
function paths(context: BuiltinContext, graph: RegoObject, initial: readonly RegoValue[]): RegoSet {
  const found: (readonly RegoValue[])[] = []
  const waiting: { readonly path: readonly RegoValue[]; readonly reached: RegoSet }[] = initial
    .filter((vertex) => graph.has(vertex))
    .map((vertex) => ({ path: [vertex], reached: RegoSet.of([]) }))
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, reached } = next
    const neighbours = neighboursOf(graph, path.at(-1) as RegoValue)
    context.spend?.(path.length * (1 + neighbours.length) * STEP_COST)
    if (neighbours.length === 0) found.push(path)
    for (const neighbour of neighbours) {
      if (!graph.has(neighbour) || reached.has(neighbour)) found.push(path)
      else waiting.push({ path: [...path, neighbour], reached: RegoSet.of([...path, neighbour]) })
    }
  }
  return RegoSet.of(found)
}

/** Pairs of path and value for a document and everything in it, outer before inner, in ascending order. */
function walk(context: BuiltinContext, document: RegoValue): RegoValue {
  const found: RegoValue[] = []
  const waiting: { readonly path: readonly RegoValue[]; readonly value: RegoValue }[] = [{ path: [], value: document }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value } = next
    context.spend?.(1 + path.length)
    found.push([path, value])
    // The last one put here is the next to be taken.
    for (const [key, item] of [...childrenOf(value)].reverse()) waiting.push({ path: [...path, key], value: item })
  }
  return found
}

function childrenOf(value: RegoValue): readonly (readonly [RegoValue, RegoValue])[] {
  if (value instanceof RegoObject) return value.entries
  if (value instanceof RegoSet) return value.items.map((item) => [item, item])
  return isArray(value) ? value.map((item, at) => [num(at), item]) : []
}
