/**
 * What is known at a place in a body: the types of locals, of terms, and of documents.
 *
 * A local has the type that the first expression that uses it gives it. What a body inside finds out about locals of the
 * bodies around it is forgotten at its end.
 */
import type { Span } from '../../source/source.js'
import type { Callee, CoreLocal, CoreRef, CoreTerm } from '../core.js'
import { keyText } from '../definitions.js'
import { typeOfValue } from './constant.js'
import { type KeyText, type Layer, isScalar, keyTextOf } from './layer.js'
import { isEmpty, select, valuesOf } from './select.js'
import type { FunctionType, MaybeType, RegoType, StaticEntry, TypeTable } from './type.js'

type EntryTerm = Extract<CoreTerm, { kind: 'object' }>['entries'][number]

export type CompositeTerm = Extract<CoreTerm, { kind: 'array' | 'object' | 'set' }>

export class Environment {
  readonly #locals = new Map<number, RegoType>()
  /** What has been bound, with the type that it had before. */
  readonly #trail: { readonly id: number; readonly before: MaybeType }[] = []
  /** Types of terms that take more than a look at the term. */
  readonly #found = new Map<CoreTerm, MaybeType>()
  #created = 0
  #layers: readonly Layer[]

  constructor(
    readonly types: TypeTable,
    /** From the top down. */
    layers: readonly Layer[],
    /** Types that locals have before anything is known of them. */
    readonly initial: (local: number) => MaybeType = () => undefined,
  ) {
    this.#layers = layers
  }

  get layers(): readonly Layer[] {
    return this.#layers
  }

  /** Run `inside` with more layers on top. */
  under(layers: readonly Layer[], inside: () => void): void {
    const before = this.#layers
    this.#layers = [...layers, ...before]
    inside()
    this.#layers = before
  }

  typeOfLocal({ id }: CoreLocal): MaybeType {
    return this.#locals.get(id) ?? this.initial(id)
  }

  bind({ id }: CoreLocal, type: MaybeType): void {
    if (type === undefined) return
    this.#trail.push({ id, before: this.#locals.get(id) })
    this.#locals.set(id, type)
  }

  /** A local that stands for a value without a term. */
  createLocal(span: Span): CoreLocal {
    return { kind: 'local', id: -++this.#created, name: '__local', span }
  }

  /** Run `inside`, then forget what it bound. */
  nested(inside: () => void): void {
    const mark = this.#trail.length
    inside()
    while (this.#trail.length > mark) {
      const { id, before } = this.#trail.pop() as { id: number; before: MaybeType }
      if (before === undefined) this.#locals.delete(id)
      else this.#locals.set(id, before)
    }
  }

  /** From now on the type of a term is known. */
  remember(term: CoreTerm, type: MaybeType): void {
    this.#found.set(term, type)
  }

  /** The type of a term; parts of it may be unknown. */
  typeOf(term: CoreTerm): MaybeType {
    const { types } = this
    switch (term.kind) {
      case 'const':
        return typeOfValue(term.value, types)
      case 'local':
        return this.typeOfLocal(term)
      case 'ref':
        return this.#typeOfRef(term)
      case 'array':
      case 'object':
      case 'set':
        return this.#found.get(term) ?? this.typeOfComposite(term, (part) => this.typeOfPart(part))
      default:
        return this.#found.get(term)
    }
  }

  /** The type of an array, object or set whose parts have the types that `typeOf` gives. */
  typeOfComposite(term: CompositeTerm, typeOf: (part: CoreTerm) => MaybeType): RegoType {
    const { types } = this
    if (term.kind === 'array') return types.array(term.items.map(typeOf), undefined)
    if (term.kind === 'set') return types.set(types.union(term.items.map(typeOf)))
    return this.#typeOfObject(term.entries, typeOf)
  }

  /** A reference within something else is looked up in front of it. A type with unknown parts does not get past that. */
  typeOfPart(term: CoreTerm): MaybeType {
    const type = this.typeOf(term)
    return term.kind === 'ref' && (type === undefined || type.isOpen) ? this.types.any : type
  }

  /** The type of what a reference leads to: `any` where nothing is known, undefined where there is nothing. */
  #typeOfRef({ head, path }: CoreRef): MaybeType {
    if (head.kind === 'term') return this.#typeFrom(head.term, path)
    const keys = path.map(keyTextOf)
    const place = this.#find(head.kind, keys)
    if (place === undefined) return this.types.any
    if (place.kind === 'typed') return this.#follow(place.type, path.slice(place.length))
    if (place.length === path.length) return place.whole()
    return keys[place.length] === undefined ? this.#valuesOf(place.whole()) && this.types.any : this.types.any
  }

  #typeFrom(head: CoreTerm, path: readonly CoreTerm[]): MaybeType {
    if (isScalar(head)) return undefined
    const type = this.typeOf(head)
    return type === undefined ? this.types.any : this.#follow(type, path)
  }

  /** What is known of the document at a path of names. */
  typeAt(root: 'input' | 'data', path: readonly string[]): RegoType {
    const place = this.#find(root, path.map(keyText))
    if (place === undefined) return this.types.any
    if (place.kind === 'above') return place.length === path.length ? place.whole() : this.types.any
    let type: MaybeType = place.type
    for (const key of path.slice(place.length)) type = type && select(type, key, this.types)?.type
    return type ?? this.types.any
  }

  /** The signature of a function rule, if it is known. */
  typeOfFunction(callee: Extract<Callee, { kind: 'rule' }>): FunctionType | undefined {
    const type = this.typeAt('data', callee.path)
    return type.kind === 'function' ? type : undefined
  }

  #find(root: 'input' | 'data', keys: readonly KeyText[]): ReturnType<Layer['find']> {
    for (const layer of this.#layers) {
      const place = layer.find(root, keys, 'last')
      if (place !== undefined) return place
    }
    return undefined
  }

  #follow(start: MaybeType, path: readonly CoreTerm[]): MaybeType {
    let type = start
    for (const key of path) {
      if (type === undefined) break
      type = isScalar(key) ? select(type, key.value, this.types)?.type : this.#valuesOf(type)
    }
    return type
  }

  /** What is in something empty may be anything. */
  #valuesOf(type: RegoType): MaybeType {
    return valuesOf(type, this.types) ?? (isEmpty(type) ? this.types.any : undefined)
  }

  #typeOfObject(entries: readonly EntryTerm[], typeOf: (part: CoreTerm) => MaybeType): RegoType {
    const fixed: StaticEntry[] = []
    let last: { readonly kind: CoreTerm['kind']; readonly key: MaybeType; readonly value: MaybeType } | undefined
    for (const entry of entries) {
      const key = typeOf(entry.key)
      const value = typeOf(entry.value)
      if (entry.key.kind === 'const') fixed.push({ key: entry.key.value, value })
      // Of the entries whose keys are no constants only the last counts, in the order of terms.
      else if (last === undefined || RANK[entry.key.kind] >= RANK[last.kind]) last = { kind: entry.key.kind, key, value }
    }
    const dynamic = last && { key: last.key, value: last.value }
    return this.types.object(fixed, dynamic)
  }
}

/** Terms in order; references and calls are locals by the time they are looked at. */
const RANK: Readonly<Record<CoreTerm['kind'], number>> = {
  'const': 0,
  'local': 1,
  'ref': 1,
  'call': 1,
  'array': 2,
  'object': 3,
  'set': 4,
  'array-compr': 5,
  'object-compr': 6,
  'set-compr': 7,
}
