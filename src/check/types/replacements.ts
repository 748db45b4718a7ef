/**
 * What `with` does to types.
 *
 * A replaced document may have the type of its stand-in besides its own, and whatever rules make of it may be anything.
 */
import type { Callee, CoreWith } from '../core.js'
import { type RuleNode, walkNodes } from '../definitions.js'
import type { DependencyGraph } from '../dependencies.js'
import { type Graph, findReachable, reverseEdges } from '../graph.js'
import type { Environment } from './environment.js'
import { DocumentLayer, type Layer, UnknownLayer } from './layer.js'
import type { MaybeType } from './type.js'

export class Replacements {
  readonly #unknown = new Map<string, Layer | undefined>()
  #dependents: Graph | undefined

  constructor(readonly dependencies: DependencyGraph) {}

  /** The layers that hold while an expression with these replacements is evaluated, from the top down. */
  layers(withs: readonly CoreWith[], env: Environment): readonly Layer[] {
    const documents = new DocumentLayer(env.types)
    const paths: (readonly string[])[] = []
    for (const { target, value } of withs) {
      if (target.kind === 'callee') {
        if (isRule(target.callee)) paths.push(target.callee.path)
      } else {
        const standIn: MaybeType = value.kind === 'value' ? env.typeOf(value.term) : undefined
        const type = env.types.union([standIn ?? env.types.any, env.typeAt(target.kind, target.path)])
        documents.put(target.kind, target.path, type ?? env.types.any)
        if (target.kind === 'data') paths.push(target.path)
      }
    }
    const unknown = this.#dependentsOf(paths, env)
    return unknown === undefined ? [documents] : [documents, unknown]
  }

  #dependentsOf(paths: readonly (readonly string[])[], env: Environment): Layer | undefined {
    const key = JSON.stringify(paths)
    if (this.#unknown.has(key)) return this.#unknown.get(key)
    const { dependencies } = this
    const starts = new Set(paths.flatMap((path) => this.#verticesAt(path)))
    const unknown = new Set<RuleNode>()
    if (starts.size > 0) {
      this.#dependents ??= reverseEdges(dependencies.edges)
      for (const vertex of findReachable(this.#dependents, starts)) {
        const node = dependencies.nodeOf(vertex)
        if (node !== undefined && !starts.has(vertex)) unknown.add(node)
      }
    }
    const layer = unknown.size === 0 ? undefined : new UnknownLayer(dependencies.index, unknown, env.types)
    this.#unknown.set(key, layer)
    return layer
  }

  /** The definitions at and below a path. */
  #verticesAt(path: readonly string[]): readonly number[] {
    const node = this.dependencies.index.find(path)
    if (node === undefined) return []
    return [...walkNodes(node)].map((one) => this.dependencies.definitionsAt(one)).filter((vertex) => vertex !== undefined)
  }
}

function isRule(callee: Callee): callee is Extract<Callee, { kind: 'rule' }> {
  return callee.kind === 'rule'
}
