/**
 * Rules taken apart: one definition per body, its head split into the constant path and the keys after it, and the tree
 * in which all paths of the program meet.
 */
import type { Span } from '../source/source.js'
import type { Body, Else, Import, Module, Rule, Term } from '../syntax/ast.js'
import { RegoNumber, numberOf } from '../value/number.js'
import { pathText, spanText } from './names.js'

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
  /** Whether it has the first body of the rule: only to this one do annotations of the rule apply. */
  readonly isFirst: boolean
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
    isFirst: place === 0,
    shape,
    path,
    keys,
    body,
    elses: place === bodies.length - 1 ? rule.elses : [],
    span: place === 0 ? rule.span : (body as Body).span,
  }))
}

/** A place in the tree of `data` that rules or packages lead to. Its children are keyed by `keyText`. */
export interface RuleNode {
  readonly children: Map<string, RuleNode>
  /** Definitions whose ground prefix ends here. */
  readonly definitions: Definition[]
  /** Packages of this path. */
  readonly packages: Module[]
}

export class RuleIndex {
  readonly root: RuleNode = createNode()

  addPackage(module: Module): void {
    this.#node(module.package.path.map(keyText)).packages.push(module)
  }

  add(definition: Definition): void {
    const { path, keys } = definition
    this.#node([...path.map(keyText), ...groundKeys(keys)]).definitions.push(definition)
  }

  find(path: readonly string[]): RuleNode | undefined {
    let node: RuleNode | undefined = this.root
    for (const part of path) {
      node = node.children.get(keyText(part))
      if (node === undefined) return undefined
    }
    return node
  }

  /** The first node with definitions on the way along `path`, and how many parts lead there. */
  firstRule(path: readonly string[]): { readonly node: RuleNode; readonly length: number } | undefined {
    let node: RuleNode | undefined = this.root
    for (const [at, part] of path.entries()) {
      node = node.children.get(keyText(part))
      if (node === undefined) return undefined
      if (node.definitions.length > 0) return { node, length: at + 1 }
    }
    return undefined
  }

  /** Every function by its path. */
  *functionPaths(): Generator<readonly string[]> {
    for (const { definitions } of walkNodes(this.root)) {
      const [first] = definitions
      if (first?.shape === 'function' && first.keys.length === 0) yield first.path
    }
  }

  #node(keys: readonly string[]): RuleNode {
    let node = this.root
    for (const key of keys) {
      let next = node.children.get(key)
      if (next === undefined) node.children.set(key, (next = createNode()))
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

/** `root` and all nodes below it, parents first. Paths may be long, so without recursion. */
export function* walkNodes(root: RuleNode): Generator<RuleNode> {
  const open = [root]
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    yield top
    // Not spread into arguments: a package may have any number of rules.
    for (const child of [...top.children.values()].reverse()) open.push(child)
  }
}

/** Whether the head goes on with variables: then its place holds an object that other rules may add to. */
export function isDynamic({ keys }: Definition): boolean {
  return groundKeys(keys).length < keys.length
}

/** The head as diagnostics name it. */
export function refText({ path, keys }: Definition): string {
  return pathText(['data', ...path]) + keys.map(writtenKey).join('')
}

function writtenKey(key: Term): string {
  return key.kind === 'string' ? pathText(['', key.value]) : `[${spanText(key.span)}]`
}

/** The scalar keys that the variable part of a head begins with, as keys of the tree. */
function groundKeys(keys: readonly Term[]): readonly string[] {
  const ground: string[] = []
  for (const key of keys) {
    if (key.kind === 'string' || key.kind === 'boolean') ground.push(keyText(key.value))
    else if (key.kind === 'number') ground.push(keyText(numberOf(key.text)))
    else if (key.kind === 'null') ground.push(keyText(null))
    else break
  }
  return ground
}

/** Equal scalars have equal texts, others have not. */
export function keyText(value: string | boolean | null | RegoNumber): string {
  if (typeof value === 'string') return `"${value}`
  if (value instanceof RegoNumber) return `${value.parts.digits}e${value.parts.exponent}`
  return String(value)
}

function createNode(): RuleNode {
  return { children: new Map(), definitions: [], packages: [] }
}
