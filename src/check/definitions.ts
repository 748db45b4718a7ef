/**
 * Rules taken apart: one definition per body, its head split into the constant path and the keys after it, and the tree
 * in which all paths of the program meet.
 */
import type { Span } from '../source/source.js'
import type { Body, Else, Import, Module, Rule, Term } from '../syntax/ast.js'

/** What a name at the top of a module can mean. */
export interface ModuleNames {
  readonly module: Module
  readonly aliases: ReadonlyMap<string, Alias>
  /** First names of all rules of the package, in whichever module they are. */
  readonly ruleNames: ReadonlySet<string>
}

export interface Alias {
  readonly path: readonly string[]
  readonly import: Import
  used: boolean
}

/** One rule head with one body and its else branches. */
export interface Definition {
  readonly names: ModuleNames
  readonly rule: Rule
  /** Index of `rule` in its module: what metadata blocks refer to. */
  readonly ruleIndex: number
  readonly shape: 'value' | 'set' | 'function'
  /** Package and constant prefix of the head, without `data`. */
  readonly path: readonly string[]
  readonly keys: readonly Term[]
  readonly body: Body | undefined
  readonly elses: readonly Else[]
  /** Of the head with this body. */
  readonly span: Span
}

export function defineRule(rule: Rule, ruleIndex: number, names: ModuleNames): readonly Definition[] {
  const { head } = rule
  const path = [...names.module.package.path, head.name]
  let at = 0
  for (; at < head.path.length; at++) {
    const term = head.path[at]?.term
    if (term?.kind !== 'string') break
    path.push(term.value)
  }
  const shape = head.args !== undefined ? 'function' : head.contains !== undefined ? 'set' : 'value'
  const keys = head.path.slice(at).map((part) => part.term)
  const bodies = rule.bodies.length === 0 ? [undefined] : rule.bodies
  return bodies.map((body, place) => ({
    names,
    rule,
    ruleIndex,
    shape,
    path,
    keys,
    body,
    elses: place === bodies.length - 1 ? rule.elses : [],
    span: place === 0 ? rule.span : (body as Body).span,
  }))
}

/** A place in the tree of `data` that a rule or package leads to. */
export interface RuleNode {
  readonly children: Map<string, RuleNode>
  /** Definitions whose constant path ends here. */
  readonly definitions: Definition[]
  /** Packages of this path. */
  readonly packages: Module[]
}

export class RuleIndex {
  readonly root: RuleNode = createNode()

  addPackage(module: Module): void {
    this.#node(module.package.path).packages.push(module)
  }

  add(definition: Definition): void {
    this.#node(definition.path).definitions.push(definition)
  }

  find(path: readonly string[]): RuleNode | undefined {
    let node: RuleNode | undefined = this.root
    for (const part of path) {
      node = node.children.get(part)
      if (node === undefined) return undefined
    }
    return node
  }

  /** The first node with definitions on the way along `path`, and how many parts lead there. */
  firstRule(path: readonly string[]): { readonly node: RuleNode; readonly length: number } | undefined {
    let node: RuleNode | undefined = this.root
    for (const [at, part] of path.entries()) {
      node = node.children.get(part)
      if (node === undefined) return undefined
      if (node.definitions.length > 0) return { node, length: at + 1 }
    }
    return undefined
  }

  /** Every function by its path. */
  *functionPaths(): Generator<readonly string[]> {
    for (const { node, path } of walkNodes(this.root)) if (isFunction(node)) yield path
  }

  #node(path: readonly string[]): RuleNode {
    let node = this.root
    for (const part of path) {
      let next = node.children.get(part)
      if (next === undefined) node.children.set(part, (next = createNode()))
      node = next
    }
    return node
  }
}

export function isFunction(node: RuleNode): boolean {
  return node.definitions[0]?.shape === 'function'
}

/** Number of arguments of the function at `node`. */
export function arityOf(node: RuleNode): number {
  return node.definitions[0]?.rule.head.args?.length ?? 0
}

/** All nodes below `root`, parents first, in order of insertion. */
export function* walkNodes(root: RuleNode): Generator<{ readonly node: RuleNode; readonly path: readonly string[] }> {
  const open: { node: RuleNode; path: readonly string[] }[] = [{ node: root, path: [] }]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    yield top
    const { path } = top
    for (const [part, node] of [...top.node.children].reverse()) open.push({ node, path: [...path, part] })
  }
}

function createNode(): RuleNode {
  return { children: new Map(), definitions: [], packages: [] }
}
