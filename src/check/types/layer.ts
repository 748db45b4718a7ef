/**
 * Where the type of a place in `input` or `data` comes from.
 *
 * Layers lie upon each other: at the bottom what rules define, above it what schemas say, on top what `with` puts in place
 * of it. A layer that knows nothing about a place lets the one below show through.
 */
import { RegoNumber } from '../../value/number.js'
import type { RegoValue } from '../../value/value.js'
import type { CoreTerm } from '../core.js'
import { type RuleIndex, type RuleNode, keyText } from '../definitions.js'
import { type RuleTypes, keyOf } from './rule-types.js'
import { type RegoType, type StaticEntry, type TypeTable, staticKey } from './type.js'

/** A key that leads from node to node; undefined for one that is a variable or a collection. */
export type KeyText = string | undefined

/** A place that a path leads to, with `length` keys of the path behind it. */
export type Place =
  /** It has a type; further keys look into it. */
  | { readonly kind: 'typed'; readonly type: RegoType; readonly length: number }
  /** There are only places with types below; the next key is none that leads to one of them. */
  | { readonly kind: 'above'; readonly keys: readonly RegoValue[]; readonly whole: () => RegoType; readonly length: number }

export interface Layer {
  /** Follow `path` as far as it leads to types. Where several places on the way have types, the first or the last. */
  find(root: 'input' | 'data', path: readonly KeyText[], which: 'first' | 'last'): Place | undefined
}

/** What rules define. Of the input nothing is known. */
export class RuleLayer implements Layer {
  constructor(
    readonly index: RuleIndex,
    readonly rules: RuleTypes,
  ) {}

  find(root: 'input' | 'data', path: readonly KeyText[], which: 'first' | 'last'): Place | undefined {
    if (root === 'input') return { kind: 'typed', type: this.rules.types.any, length: 0 }
    let typed: Place | undefined
    let node: RuleNode | undefined = this.index.root
    for (let length = 0; ; length++) {
      const at: RuleNode = node
      if (this.rules.isTyped(at)) {
        typed = { kind: 'typed', type: this.rules.whole(at), length }
        if (which === 'first') return typed
      }
      const key = path[length]
      node = key === undefined ? undefined : at.children.get(key)
      if (node !== undefined) continue
      if (typed?.length === length) return typed
      if (!this.rules.isKnown(at)) return undefined
      return { kind: 'above', keys: [...at.children.keys()].map(keyOf), whole: () => this.rules.whole(at), length }
    }
  }
}

interface DocumentNode {
  readonly children: Map<string, DocumentNode>
  type: RegoType | undefined
}

/** Types put in place of others: by a schema, or by `with`. */
export class DocumentLayer implements Layer {
  readonly #roots: Readonly<Record<'input' | 'data', DocumentNode>> = { input: createNode(), data: createNode() }

  constructor(
    readonly types: TypeTable,
    /** What is known of the input to begin with. */
    from?: DocumentLayer,
  ) {
    if (from !== undefined) this.#roots.input.type = from.#roots.input.type
  }

  put(root: 'input' | 'data', path: readonly string[], type: RegoType): void {
    let node = this.#roots[root]
    for (const part of path) {
      let next = node.children.get(keyText(part))
      if (next === undefined) node.children.set(keyText(part), (next = createNode()))
      node = next
    }
    node.type = type
    // A document replaced as a whole keeps the parts that are replaced on their own.
    if (path.length > 0) node.children.clear()
  }

  /** Put a type at a path; inside a place that has a type already, as a part of that type. */
  override(root: 'input' | 'data', path: readonly string[], type: RegoType): void {
    const start = this.#roots[root]
    // The input is a document from the start, of which nothing is known.
    if (root === 'input') start.type ??= this.types.any
    let node: DocumentNode | undefined = start
    for (let length = 0; node !== undefined; length++) {
      if (node.type !== undefined) {
        node.type = overrideType(node.type, path.slice(length), type, this.types)
        return
      }
      const part = path[length]
      node = part === undefined ? undefined : node.children.get(keyText(part))
    }
    this.put(root, path, type)
  }

  find(root: 'input' | 'data', path: readonly KeyText[]): Place | undefined {
    let node = this.#roots[root]
    // A replaced input has parts that are replaced on their own; what else is looked up in it is looked up in the whole.
    const whole: Place | undefined = node.type === undefined ? undefined : { kind: 'typed', type: node.type, length: 0 }
    for (let length = 0; ; length++) {
      const at = node
      const key = path[length]
      const next = key === undefined ? undefined : at.children.get(key)
      if (at.type !== undefined && (length > 0 || next === undefined)) return { kind: 'typed', type: at.type, length }
      if (at.children.size === 0) return undefined
      if (next === undefined) {
        if (length < path.length && whole !== undefined) return whole
        if (length < path.length && key !== undefined && (length > 1 || key.startsWith('"'))) return undefined
        return { kind: 'above', keys: [...at.children.keys()].map(keyOf), whole: () => this.#whole(at), length }
      }
      node = next
    }
  }

  #whole({ type, children }: DocumentNode): RegoType {
    if (type !== undefined) return type
    const entries: StaticEntry[] = [...children].map(([text, child]) => ({ key: keyOf(text), value: this.#whole(child) }))
    return this.types.object(entries, { key: this.types.string, value: this.types.any })
  }
}

/** Rules whose value may be anything, because something that they depend on has been replaced. */
export class UnknownLayer implements Layer {
  readonly #above = new Set<RuleNode>()

  constructor(
    readonly index: RuleIndex,
    readonly unknown: ReadonlySet<RuleNode>,
    readonly types: TypeTable,
  ) {
    for (const { definitions } of unknown) {
      const [first] = definitions
      let node: RuleNode | undefined = index.root
      for (const part of first?.path ?? []) {
        if (node === undefined) break
        this.#above.add(node)
        node = node.children.get(keyText(part))
      }
    }
  }

  find(root: 'input' | 'data', path: readonly KeyText[]): Place | undefined {
    if (root === 'input') return undefined
    let node: RuleNode | undefined = this.index.root
    for (let length = 0; node !== undefined; length++) {
      if (this.unknown.has(node)) return { kind: 'typed', type: this.types.any, length }
      if (length === path.length) return this.#above.has(node) ? this.#whole(length) : undefined
      const key = path[length]
      node = key === undefined ? undefined : node.children.get(key)
    }
    return undefined
  }

  #whole(length: number): Place {
    const { types } = this
    return { kind: 'above', keys: [], whole: () => types.object([], { key: types.string, value: types.any }), length }
  }
}

/** `type` with another one at the end of a path inside. */
function overrideType(type: RegoType, path: readonly string[], inner: RegoType, types: TypeTable): RegoType {
  const [key, ...rest] = path
  if (key === undefined) return inner
  const isObject = type.kind === 'object'
  const known = isObject ? type.static.get(staticKey(key))?.value : undefined
  const value = overrideType(known ?? types.any, rest, inner, types)
  const others = isObject ? [...type.static.values()] : []
  return types.object([...others, { key, value }], isObject ? type.dynamic : { key: types.any, value: types.any })
}

function createNode(): DocumentNode {
  return { children: new Map(), type: undefined }
}

/** The text of a key that leads from node to node: a constant that is no collection. */
export function keyTextOf(key: CoreTerm): KeyText {
  return isScalar(key) ? keyText(key.value) : undefined
}

type Scalar = Extract<CoreTerm, { kind: 'const' }> & { readonly value: string | boolean | null | RegoNumber }

/** Whether a term is a constant that is no collection. */
export function isScalar(term: CoreTerm): term is Scalar {
  if (term.kind !== 'const') return false
  const { value } = term
  return value === null || typeof value !== 'object' || value instanceof RegoNumber
}
