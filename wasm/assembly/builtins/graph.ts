/**
 * `graph.reachable` and `graph.reachable_paths`. A graph is an object from nodes to arrays or sets of their neighbours; where
 * a node stands for anything else it has none.
 */
import { Text } from '../eval/abort'
import { burn } from '../eval/fuel'
import { arrayAppend, arrayAt, arrayItems, arrayLength, newArray, setArrayLength } from '../value/array'
import { equal } from '../value/equal'
import { objectGet } from '../value/object'
import { newSet, setAdd, setAppend, setHas, setItems, setLength } from '../value/set'
import { TYPE_ARRAY, TYPE_OBJECT, TYPE_SET, UNDEFINED, typeOf, Value } from '../value/type'
import { hasType, wrongType } from './failure'
import { extended } from './walk'

/** The nodes of the graph that can be come to from the initial ones, these included. */
export function reachable(graph: Value, initial: Value): Value {
  if (!areGraphAndNodes('graph.reachable', graph, initial)) return UNDEFINED
  const reached = newSet(0)
  const queue = newArray(0)
  enqueue(queue, initial)
  for (let next: u32 = 0; next < arrayLength(queue); next++) {
    const node = arrayAt(queue, next)
    burn(1)
    const edges = objectGet(graph, node)
    if (edges == UNDEFINED || setHas(reached, node)) continue
    setAppend(reached, node)
    enqueue(queue, edges)
  }
  return reached
}

function areGraphAndNodes(builtin: Text, graph: Value, initial: Value): bool {
  if (!hasType(builtin, 1, TYPE_OBJECT, graph)) return false
  const type = typeOf(initial)
  if (type == TYPE_ARRAY || type == TYPE_SET) return true
  wrongType(builtin, 2, '{array, set}', initial)
  return false
}

function enqueue(queue: Value, nodes: Value): void {
  const count = countOf(nodes)
  for (let place: u32 = 0; place < count; place++) arrayAppend(queue, nodeAt(nodes, place))
}

function countOf(nodes: Value): u32 {
  const type = typeOf(nodes)
  return type == TYPE_ARRAY ? arrayLength(nodes) : type == TYPE_SET ? setLength(nodes) : 0
}

function nodeAt(nodes: Value, place: u32): Value {
  return load<u32>((typeOf(nodes) == TYPE_ARRAY ? arrayItems(nodes) : setItems(nodes)) + (<usize>place << 2))
}

/**
 * The set of the paths from the initial nodes as far as they go: to a node without neighbours, or with one that is not in the
 * graph or already on the path.
 */
export function reachablePaths(graph: Value, initial: Value): Value {
  if (!areGraphAndNodes('graph.reachable_paths', graph, initial)) return UNDEFINED
  const finished = newSet(0)
  const growing = newArray(0)
  const count = countOf(initial)
  for (let place: u32 = 0; place < count; place++) {
    if (objectGet(graph, nodeAt(initial, place)) == UNDEFINED) continue
    arrayAppend(growing, extended(newArray(0), nodeAt(initial, place)))
    while (arrayLength(growing) > 0) {
      const last = arrayLength(growing) - 1
      const path = arrayAt(growing, last)
      setArrayLength(growing, last)
      growPath(graph, path, growing, finished)
    }
  }
  return finished
}

/** Adds what a path grows into to `growing`, and the path itself to `finished` where it cannot grow. */
function growPath(graph: Value, path: Value, growing: Value, finished: Value): void {
  const length = arrayLength(path)
  const edges = objectGet(graph, arrayAt(path, length - 1))
  const count = countOf(edges)
  burn(1 + (((<i64>count + 1) * <i64>length) >> 3))
  if (count == 0) setAdd(finished, path)
  for (let place: u32 = 0; place < count; place++) {
    const next = nodeAt(edges, place)
    if (objectGet(graph, next) == UNDEFINED || isOnPath(path, next)) setAdd(finished, path)
    else arrayAppend(growing, extended(path, next))
  }
}

/** A path of one node may go on to that node once more: the start does not count until it has been left. */
function isOnPath(path: Value, node: Value): bool {
  const length = arrayLength(path)
  if (length == 1) return false
  for (let place: u32 = 0; place < length; place++) if (equal(arrayAt(path, place), node)) return true
  return false
}
