/**
 * Which rules depend on which.
 *
 * The graph has a vertex for the definitions at each node of the rule tree and one for everything at and below it, so
 * that a reference to a whole package is one edge. References that lead through variables get a vertex per pattern.
 */
import type { Span } from '../source/source.js'
import type { Callee, CheckedRule, CoreTerm } from './core.js'
import { type RuleIndex, type RuleNode, walkNodes } from './definitions.js'
import { KnownLocals } from './known-locals.js'
import { RuleKeys } from './rule-keys.js'
import { type CoreVisitor, visitExpr, visitTerm } from './visit.js'

/** A key of a pattern: one of a few that rules have, by their numbers, or anything. */
type PatternKey = readonly number[] | undefined

export class DependencyGraph {
  readonly edges: number[][] = []
  /** For the vertices of definitions, their node. */
  readonly #nodes: (RuleNode | undefined)[] = []
  readonly #definitions = new Map<RuleNode, number>()
  readonly #subtrees = new Map<RuleNode, number>()
  readonly #patterns = new Map<string, number>()
  readonly #keys: RuleKeys
  readonly #needs = new Map<CheckedRule, readonly number[]>()
  /** The first rule that makes a dependency, for the vertices of definitions. */
  readonly #spans = new Map<number, Map<number, Span>>()

  constructor(
    readonly index: RuleIndex,
    rules: readonly CheckedRule[],
  ) {
    const nodes = [...walkNodes(index.root)]
    this.#keys = new RuleKeys(nodes)
    for (const node of nodes) {
      this.#definitions.set(node, this.#addVertex(node.definitions.length > 0 ? node : undefined))
      this.#subtrees.set(node, this.#addVertex(undefined))
    }
    for (const node of nodes) {
      const from = this.#subtrees.get(node) as number
      this.#connect(from, this.#definitions.get(node) as number)
      for (const child of node.children.values()) this.#connect(from, this.#subtrees.get(child) as number)
    }
    for (const rule of rules) this.#addRule(rule)
  }

  nodeOf(vertex: number): RuleNode | undefined {
    return this.#nodes[vertex]
  }

  /** The vertex of the definitions at a node. */
  definitionsAt(node: RuleNode): number | undefined {
    return this.#definitions.get(node)
  }

  /** Vertices that one definition depends on. */
  needsOf(rule: CheckedRule): readonly number[] {
    return this.#needs.get(rule) ?? []
  }

  /** The rule that makes `from` depend on `to`. */
  spanOf(from: number, to: number): Span | undefined {
    return this.#spans.get(from)?.get(to)
  }

  #addRule(rule: CheckedRule): void {
    const node = this.nodeOfRule(rule)
    const from = node && this.#definitions.get(node)
    if (from === undefined) return
    const spans = this.#spans.get(from) ?? new Map<number, Span>()
    this.#spans.set(from, spans)
    let span = rule.span
    const needs = new Set<number>()
    const dependOn = (pattern: readonly PatternKey[]): void => {
      const to = this.#patternVertex(pattern)
      needs.add(to)
      if (spans.has(to)) return
      spans.set(to, span)
      this.#connect(from, to)
    }
    const callee = (one: Callee): void => {
      if (one.kind === 'rule') dependOn(this.#names(one.path))
    }
    let known = new KnownLocals()
    const visitor: CoreVisitor = {
      term: (term) => {
        if (term.kind === 'ref' && term.head.kind === 'data') dependOn(term.path.map((key) => this.#patternKey(key, known)))
        else if (term.kind === 'call') callee(term.callee)
      },
      with: ({ target, value }) => {
        if (target.kind === 'data') dependOn(this.#names(target.path))
        else if (target.kind === 'callee') callee(target.callee)
        if (value.kind === 'callee') callee(value.callee)
      },
    }
    for (const clause of rule.clauses) {
      span = clause.span
      known = new KnownLocals()
      for (const expr of clause.body) {
        visitExpr(expr, visitor)
        known.learn(expr)
      }
      visitTerm(clause.value, visitor)
    }
    this.#needs.set(rule, [...needs])
  }

  /** The node that a rule is defined at. */
  nodeOfRule({ path, keys }: CheckedRule): RuleNode | undefined {
    let node = this.index.find(path)
    for (const key of keys) {
      const number = key.kind === 'const' ? this.#keys.numberOf(key.value) : undefined
      if (node === undefined || number === undefined) break
      node = this.#keys.child(node, number)
    }
    return node
  }

  /** Each key once: what it leads to is followed once. */
  #patternKey(key: CoreTerm, known: KnownLocals): PatternKey {
    const values = known.valuesOf(key)
    return values && [...new Set(values.flatMap((value) => this.#keys.numberOf(value) ?? []))]
  }

  #names(path: readonly string[]): readonly PatternKey[] {
    return path.map((name) => [this.#keys.numberOf(name) ?? []].flat())
  }

  #patternVertex(pattern: readonly PatternKey[]): number {
    const text = pattern.map((keys) => `/${keys?.join(',') ?? '*'}`).join('')
    const known = this.#patterns.get(text)
    if (known !== undefined) return known
    const vertex = this.#addVertex(undefined)
    this.#patterns.set(text, vertex)
    this.#follow(vertex, this.index.root, pattern)
    return vertex
  }

  /** Connect to all rules that looking up `pattern` may come upon. */
  #follow(from: number, start: RuleNode, pattern: readonly PatternKey[]): void {
    const open = [{ node: start, at: 0 }]
    for (let top = open.pop(); top !== undefined; top = open.pop()) {
      const { node, at } = top
      if (at === pattern.length) {
        this.#connect(from, this.#subtrees.get(node) as number)
        continue
      }
      if (node.definitions.length > 0) this.#connect(from, this.#definitions.get(node) as number)
      const children = pattern[at]?.map((key) => this.#keys.child(node, key)) ?? [...node.children.values()]
      for (const child of children) if (child !== undefined) open.push({ node: child, at: at + 1 })
    }
  }

  #addVertex(node: RuleNode | undefined): number {
    this.#nodes.push(node)
    return this.edges.push([]) - 1
  }

  #connect(from: number, to: number): void {
    this.edges[from]?.push(to)
  }
}
