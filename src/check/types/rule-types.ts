/**
 * What is known of the documents that rules define: a type for each node of the rule tree.
 *
 * The type of a node is that of all its definitions together. Where heads go on with variables, it is an object that the
 * definitions below with constant keys add to. A node without definitions is an object of its children, and of whatever
 * else base documents may hold there.
 */
import { type RegoNumber, numberOf } from '../../value/number.js'
import type { RuleNode } from '../definitions.js'
import { type MaybeType, type RegoType, type StaticEntry, type TypeTable } from './type.js'
import { typeOfValue } from './constant.js'

/** After so many entries, what has changed since somebody asked may be anything: to find it out each time would take too long. */
const MAX_ENTRIES = 1_000_000

export class RuleTypes {
  readonly #own = new Map<RuleNode, RegoType>()
  /** Nodes with heads that go on with variables. */
  readonly #dynamic = new Set<RuleNode>()
  /** Nodes where the definition of some entries has an error in it, and none without came before. */
  readonly #faulty = new Set<RuleNode>()
  /** Nodes where a definition of the whole has an error in it. */
  readonly #spoilt = new Set<RuleNode>()
  readonly #whole = new Map<RuleNode, RegoType>()
  readonly #known = new Set<RuleNode>()

  readonly #parents = new Map<RuleNode, RuleNode>()
  /** Nodes whose whole has changed after somebody asked for its type. */
  readonly #changed = new Set<RuleNode>()
  /** Entries that have been gone through to find out what wholes are. */
  #entries = 0

  constructor(
    readonly types: TypeTable,
    nodes: Iterable<RuleNode>,
  ) {
    for (const node of nodes) for (const child of node.children.values()) this.#parents.set(child, node)
  }

  /** Whether definitions at the node itself say what it is. */
  isTyped(node: RuleNode): boolean {
    return this.#own.has(node)
  }

  /** Whether anything is known of the document at a node, or below it. */
  isKnown(node: RuleNode): boolean {
    if (this.#known.has(node)) return true
    const found =
      this.#own.has(node) || this.#faulty.has(node) || [...node.children.values()].some((child) => this.isKnown(child))
    // What is not known yet may be later.
    if (found) this.#known.add(node)
    return found
  }

  /**
   * One more definition at `node`. `keys` are the types of the variable part of its head. Who has looked for other entries
   * of an object has done so before this one was known.
   */
  add(node: RuleNode, keys: readonly MaybeType[], value: RegoType): void {
    const isFaulty = keys.length > 0 && this.#faulty.has(node)
    const type = isFaulty ? this.#nest(keys.slice(0, 1), this.types.any) : this.#nest(keys, value)
    const known = this.#own.get(node)
    this.#own.set(node, known === undefined ? type : mergeDefinitions(known, type, this.types))
    if (keys.length > 0) this.#dynamic.add(node)
    for (let at: RuleNode | undefined = node; at !== undefined; at = this.#parents.get(at)) this.#forgetWhole(at)
  }

  #forgetWhole(node: RuleNode): void {
    if (this.#whole.delete(node)) this.#changed.add(node)
  }

  /** A definition with an error in it: what it defines may be anything. Of entries it says nothing at all. */
  addFaulty(node: RuleNode, isEntry: boolean): void {
    if (!isEntry) {
      this.add(node, [], this.types.any)
      this.#spoilt.add(node)
    } else if (!this.#own.has(node)) {
      this.#faulty.add(node)
    }
  }

  /** The type of the document at `node`. */
  whole(node: RuleNode): RegoType {
    const known = this.#whole.get(node)
    if (known !== undefined) return known
    const isTooMuch = this.#entries > MAX_ENTRIES && this.#changed.has(node)
    const type = isTooMuch ? this.types.any : this.#compute(node)
    this.#whole.set(node, type)
    return type
  }

  #compute(node: RuleNode): RegoType {
    const own = this.#own.get(node)
    if (own !== undefined && (node.children.size === 0 || !this.#dynamic.has(node) || own.kind !== 'object')) return own
    if (own?.kind === 'object') return this.#withEntries(node, own.dynamic?.key, own.dynamic?.value)
    this.#entries += node.children.size
    const known = [...node.children].filter(([, child]) => this.isKnown(child))
    const entries: StaticEntry[] = known.map(([text, child]) => ({ key: keyOf(text), value: this.whole(child) }))
    return this.types.object(entries, { key: this.types.string, value: this.types.any })
  }

  /** An object of heads with variables, and the entries of constant heads below it. */
  #withEntries(node: RuleNode, key: MaybeType, value: MaybeType): RegoType {
    this.#entries += node.children.size
    const keys = [key]
    const values = [value]
    for (const [text, child] of node.children) {
      if (!this.isKnown(child)) continue
      keys.push(typeOfValue(keyOf(text), this.types))
      for (const leaf of this.#leaves(child)) values.push(leaf)
    }
    return this.types.object([], { key: this.types.union(keys), value: this.types.union(values) })
  }

  /** What each definition at or below `node` makes of it, as an object whose keys are only known by type. */
  *#leaves(node: RuleNode): Generator<RegoType> {
    const own = this.#own.get(node)
    if (own !== undefined && !this.#spoilt.has(node)) yield own
    this.#entries += node.children.size
    for (const [text, child] of node.children) {
      for (const leaf of this.#leaves(child)) yield this.#nest([typeOfValue(keyOf(text), this.types)], leaf)
    }
  }

  #nest(keys: readonly MaybeType[], value: RegoType): RegoType {
    return keys.reduceRight((inner: RegoType, key) => this.types.object([], { key: key ?? this.types.any, value: inner }), value)
  }
}

/** The type of two definitions of one rule. Sets grow together, as do objects of which no key is known. */
function mergeDefinitions(a: RegoType, b: RegoType, types: TypeTable): RegoType {
  if (a.kind === 'function' && b.kind === 'function') return mergeFunctions(a, b, types)
  if (a.kind === 'set' && b.kind === 'set') return types.set(types.union([a.of, b.of]))
  if (isMap(b)) {
    if (isMap(a)) return mergeMaps(a, b, types)
    if (a.kind === 'union' && a.of.some(isMap)) {
      return types.union(a.of.map((one) => (isMap(one) ? mergeMaps(one, b, types) : one))) as RegoType
    }
  }
  return types.union([a, b]) as RegoType
}

type MapType = Extract<RegoType, { kind: 'object' }>

function isMap(type: RegoType): type is MapType {
  return type.kind === 'object' && type.static.size === 0
}

function mergeMaps(a: MapType, b: MapType, types: TypeTable): RegoType {
  if (a.dynamic === undefined || b.dynamic === undefined) return a.dynamic === undefined ? b : a
  const { value: left } = a.dynamic
  const { value: right } = b.dynamic
  const value = left === undefined || right === undefined ? (left ?? right) : mergeDefinitions(left, right, types)
  return types.object([], { key: types.union([a.dynamic.key, b.dynamic.key]), value })
}

type FunctionOf = Extract<RegoType, { kind: 'function' }>

/** Numbers of arguments that differ are reported elsewhere. */
function mergeFunctions(a: FunctionOf, b: FunctionOf, types: TypeTable): RegoType {
  if (a.args.length !== b.args.length) return types.any
  const args = a.args.map((arg, at) => types.union([arg, b.args[at]]) as RegoType)
  return types.function(args, types.union([a.result, b.result]))
}

/** The key that a text of the rule tree stands for. */
export function keyOf(text: string): string | boolean | null | RegoNumber {
  if (text.startsWith('"')) return text.slice(1)
  if (text === 'null') return null
  if (text === 'true' || text === 'false') return text === 'true'
  const number = numberOf(text)
  const { digits, exponent } = number.parts
  return exponent >= 0 && exponent <= MAX_ZEROS ? numberOf(`${digits}${'0'.repeat(exponent)}`) : number
}

/** Numbers with more zeros at their end are written with an exponent. */
const MAX_ZEROS = 20
