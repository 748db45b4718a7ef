/**
 * The rules of a program as a tree over the paths of `data`: inner nodes are packages and the constant prefixes of rule
 * heads, leaves hold a rule with all its definitions.
 *
 * From the first variable of a head on a rule builds nested objects itself. Definitions with longer constant heads below
 * such a rule (`p.a.b := 1` beside `p[x] := …`) are taken into it as entries, so no leaf has anything below.
 */
import type { CheckedClause, CheckedProgram, CheckedRule, CoreTerm } from '../check/core.js'
import type { Span } from '../source/source.js'
import { compareStrings, equalValues } from '../value/compare.js'
import type { RegoObject } from '../value/value.js'
import { fixedPartOf, isFixedKey } from './fixed-part.js'

export interface RuleNode {
  /** The last part of the path. */
  readonly name: string
  readonly parent: RuleNode | undefined
  /** Ascending by name; none where `rule` is. */
  readonly children: ReadonlyMap<string, RuleNode>
  readonly rule: PlannedRule | undefined
}

/** Everything that defines the document, or the function, at one path. */
export type PlannedRule =
  | { readonly kind: 'complete'; readonly definitions: readonly CheckedRule[]; readonly fallback: CheckedRule | undefined }
  | {
      readonly kind: 'function'
      readonly arity: number
      readonly definitions: readonly CheckedRule[]
      readonly fallback: CheckedRule | undefined
    }
  | { readonly kind: 'set'; readonly entries: readonly RuleEntry[] }
  /**
   * Nested objects. Entries of shorter paths come first: see `object-entry.ts`. `fixed` is there before any entry;
   * `defaults` are put in where the entries have left nothing.
   */
  | {
      readonly kind: 'object'
      readonly entries: readonly RuleEntry[]
      readonly fixed: RegoObject
      readonly defaults: readonly RuleEntry[]
    }

/** A definition of a set or object rule: where it puts what. */
export interface RuleEntry {
  readonly keys: readonly CoreTerm[]
  readonly leaf: 'value' | 'set'
  readonly clause: CheckedClause
  /** The definition, if it has an else chain: of its entries the first that succeeds counts. */
  readonly chain: CheckedRule | undefined
  readonly span: Span
}

interface NodeDraft {
  readonly name: string
  readonly parent: NodeDraft | undefined
  children: Map<string, NodeDraft>
  rule: PlannedRule | undefined
  readonly definitions: CheckedRule[]
}

/** The tree of a program's rules and packages. */
export function buildRuleTrie(program: Pick<CheckedProgram, 'rules' | 'packages'>): RuleNode {
  const root = draft('', undefined)
  for (const path of program.packages) descend(root, path)
  for (const rule of program.rules) descend(root, rule.path).definitions.push(rule)
  for (const node of topDown(root)) {
    if (node.definitions.some(({ shape, keys }) => shape === 'set' || keys.length > 0)) node.rule = gatherBelow(node)
    else if (node.definitions.length > 0) node.rule = gather(node.definitions)
    else node.children = new Map([...node.children].sort(([a], [b]) => compareStrings(a, b)))
    if (node.rule !== undefined) node.children = new Map()
  }
  return root
}

/** The path of a node, without `data`. */
export function pathOf(node: RuleNode): readonly string[] {
  const path: string[] = []
  for (let at = node; at.parent !== undefined; at = at.parent) path.push(at.name)
  return path.reverse()
}

/** The node at a path, if there are rules or packages at or below it. */
export function findNode(root: RuleNode, path: readonly string[]): RuleNode | undefined {
  let node: RuleNode | undefined = root
  for (const name of path) node = node?.children.get(name)
  return node
}

/** Whether a term is a reference to base documents, or to a package, and to no rule. */
export function isBaseRef(root: RuleNode, term: CoreTerm): boolean {
  if (term.kind !== 'ref' || term.head.kind !== 'data') return false
  let node: RuleNode = root
  for (const key of term.path) {
    if (node.rule !== undefined) return false
    if (key.kind !== 'const') return node.children.size === 0
    const child = typeof key.value === 'string' ? node.children.get(key.value) : undefined
    if (child === undefined) return true
    node = child
  }
  return node.rule === undefined
}

/** A node and everything below it, parents first. */
export function* topDown<Node extends { readonly children: ReadonlyMap<string, Node> }>(from: Node): Generator<Node, void, void> {
  const waiting = [from]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    for (const child of node.children.values()) waiting.push(child)
  }
}

function draft(name: string, parent: NodeDraft | undefined): NodeDraft {
  return { name, parent, children: new Map(), rule: undefined, definitions: [] }
}

function descend(root: NodeDraft, path: readonly string[]): NodeDraft {
  let node = root
  for (const name of path) {
    let child = node.children.get(name)
    if (child === undefined) node.children.set(name, (child = draft(name, node)))
    node = child
  }
  return node
}

function gather(all: readonly CheckedRule[]): PlannedRule {
  const definitions = all.filter(({ isDefault }) => !isDefault)
  const fallback = all.find(({ isDefault }) => isDefault)
  const args = all[0]?.args
  if (args === undefined) return { kind: 'complete', definitions, fallback }
  return { kind: 'function', arity: args.length, definitions, fallback }
}

/** A rule that builds a set or nested objects, with everything that is defined below its path. */
function gatherBelow(top: NodeDraft): PlannedRule {
  const entries: RuleEntry[] = []
  const defaults: RuleEntry[] = []
  for (const { node, keys } of below(top)) {
    for (const rule of node.definitions) {
      const prefix = keys.map((name): CoreTerm => ({ kind: 'const', value: name, span: rule.span }))
      const leaf = rule.shape === 'set' ? 'set' : 'value'
      const target = rule.isDefault ? defaults : entries
      const chain = rule.clauses.length > 1 ? rule : undefined
      for (const clause of rule.clauses) target.push({ keys: [...prefix, ...rule.keys], leaf, clause, chain, span: rule.span })
    }
  }
  const isSet = entries.every(({ keys, leaf }) => leaf === 'set' && keys.length === 0)
  if (isSet) return { kind: 'set', entries }
  return { kind: 'object', entries, fixed: fixedPartOf(entries), defaults: defaults.filter((one) => comesToBear(one, entries)) }
}

/** A default below a rule with variables in its head never comes to bear. */
function comesToBear({ keys }: RuleEntry, entries: readonly RuleEntry[]): boolean {
  return keys.every((_, place) => entries.every((entry) => !sharesKeys(entry.keys, keys, place) || isFixedKey(entry.keys[place])))
}

function sharesKeys(one: readonly CoreTerm[], other: readonly CoreTerm[], count: number): boolean {
  return one.length > count && one.slice(0, count).every((key, place) => isSameConstant(key, other[place]))
}

function isSameConstant(one: CoreTerm | undefined, other: CoreTerm | undefined): boolean {
  return one?.kind === 'const' && other?.kind === 'const' && equalValues(one.value, other.value)
}

function* below(top: NodeDraft): Generator<{ readonly node: NodeDraft; readonly keys: readonly string[] }, void, void> {
  const waiting: { node: NodeDraft; keys: readonly string[] }[] = [{ node: top, keys: [] }]
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    yield one
    for (const child of one.node.children.values()) waiting.push({ node: child, keys: [...one.keys, child.name] })
  }
}
