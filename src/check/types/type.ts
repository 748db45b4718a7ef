/**
 * The lattice of static types.
 *
 * Types are interned: a table makes each type once, so that equal types are the same object, a large constant costs what
 * its distinct parts cost, and what is found out about a type is remembered with it. A part that is not known yet is
 * `undefined`; a type with such a part is *open*, but for a union. The empty set is the open type that every program meets.
 */
import { RegoNumber } from '../../value/number.js'
import { parseJson, writeJson } from '../../value/json.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'

interface TypeFacts {
  /** Unique within a table. */
  readonly id: number
  /** Whether some part of it is not known. */
  readonly isOpen: boolean
  /** Levels of types within. */
  readonly depth: number
}

export type ScalarKind = 'null' | 'boolean' | 'number' | 'string'

/** A type, or nothing where nothing is known. */
export type MaybeType = RegoType | undefined

export type ScalarType = TypeFacts & { readonly kind: ScalarKind }
/** Whatever there is. */
export type AnyType = TypeFacts & { readonly kind: 'any' }
/** One of several types: two or more, none of them a union or `any`. */
export type UnionType = TypeFacts & { readonly kind: 'union'; readonly of: readonly RegoType[] }
/** Fixed positions, then any number of `dynamic` ones. */
export type ArrayType = TypeFacts & { readonly kind: 'array'; readonly static: readonly MaybeType[]; readonly dynamic: MaybeType }
/** Entries with known keys, and the types of all others. */
export type ObjectType = TypeFacts & {
  readonly kind: 'object'
  readonly static: ReadonlyMap<string, StaticEntry>
  readonly dynamic: DynamicEntry | undefined
}
export type SetType = TypeFacts & { readonly kind: 'set'; readonly of: MaybeType }
export type FunctionType = TypeFacts & {
  readonly kind: 'function'
  readonly args: readonly RegoType[]
  readonly result: MaybeType
}
export type RegoType = ScalarType | AnyType | UnionType | ArrayType | ObjectType | SetType | FunctionType

export interface StaticEntry {
  readonly key: RegoValue
  readonly value: MaybeType
}

export interface DynamicEntry {
  readonly key: MaybeType
  readonly value: MaybeType
}

/** Types deeper than this count as `any`. Syntax is never that deep, but a chain of rules may be. */
const MAX_TYPE_DEPTH = 1024

export class TypeTable {
  readonly #types = new Map<string, RegoType>()
  readonly #found = { keys: new Map<RegoType, MaybeType>(), values: new Map<RegoType, MaybeType>() }
  readonly #pairs = new Map<number, boolean>()
  /** Types of values and signatures that have been asked for. */
  readonly ofValues = new WeakMap<object, RegoType>()
  readonly ofSignatures = new WeakMap<object, FunctionType>()
  readonly null = this.#scalar('null')
  readonly boolean = this.#scalar('boolean')
  readonly number = this.#scalar('number')
  readonly string = this.#scalar('string')
  readonly any = this.#make('any', [], (facts): AnyType => ({ kind: 'any', ...facts })) as AnyType

  array(fixed: readonly MaybeType[], dynamic: MaybeType): RegoType {
    const key = `array ${ids(fixed)}…${idOf(dynamic)}`
    const parts = dynamic === undefined ? fixed : [...fixed, dynamic]
    return this.#make(key, parts, (facts) => ({ kind: 'array', static: fixed, dynamic, ...facts }))
  }

  /** Keys count in their JSON form; of entries with one key the last one counts. */
  object(fixed: readonly StaticEntry[], dynamic: DynamicEntry | undefined): RegoType {
    const entries = sortEntries(fixed.map(({ key, value }) => [staticKey(key), { key: jsonForm(key), value }] as const))
    let key = 'object'
    const parts: MaybeType[] = dynamic === undefined ? [] : [dynamic.key, dynamic.value]
    for (const [text, { value }] of entries) {
      // Texts of keys may hold anything, so their length goes first.
      key += ` ${text.length}:${text}=${idOf(value)}`
      parts.push(value)
    }
    if (dynamic !== undefined) key += `…${idOf(dynamic.key)}:${idOf(dynamic.value)}`
    return this.#make(key, parts, (facts) => ({ kind: 'object', static: new Map(entries), dynamic, ...facts }))
  }

  set(of: MaybeType): RegoType {
    return this.#make(`set ${idOf(of)}`, [of], (facts) => ({ kind: 'set', of, ...facts }))
  }

  function(args: readonly RegoType[], result: MaybeType): RegoType {
    return this.#make(`function ${ids(args)}→${idOf(result)}`, [...args, result], (facts) => ({
      kind: 'function',
      args,
      result,
      ...facts,
    }))
  }

  /** The least type that covers all of `types`; undefined if there are none. */
  union(types: Iterable<MaybeType>): MaybeType {
    const members = new Set<RegoType>()
    for (const type of types) {
      if (type === undefined) continue
      if (type.kind === 'any') return type
      if (type.kind === 'union') for (const one of type.of) members.add(one)
      else members.add(type)
    }
    if (members.size < 2) return [...members][0]
    const of = [...members].sort((a, b) => a.id - b.id)
    // Whatever is unknown about one of them, there is a choice.
    return this.#make(`union ${ids(of)}`, of, (facts) => ({ kind: 'union', of, ...facts, isOpen: false }))
  }

  /** What is found out about a type, once. */
  remember(what: 'keys' | 'values', type: RegoType, find: () => MaybeType): MaybeType {
    const known = this.#found[what]
    if (known.has(type)) return known.get(type)
    const found = find()
    known.set(type, found)
    return found
  }

  /** What is found out about two types, once. */
  rememberPair(a: RegoType, b: RegoType, find: () => boolean): boolean {
    // Numbers of types stay far below 2^26: each takes a stretch of source to come about.
    const key = a.id < b.id ? a.id * 2 ** 26 + b.id : b.id * 2 ** 26 + a.id
    const known = this.#pairs.get(key)
    if (known !== undefined) return known
    const found = find()
    this.#pairs.set(key, found)
    return found
  }

  #scalar(kind: ScalarKind): ScalarType {
    return this.#make(kind, [], (facts): ScalarType => ({ kind, ...facts })) as ScalarType
  }

  #make(key: string, parts: readonly MaybeType[], create: (facts: TypeFacts) => RegoType): RegoType {
    const known = this.#types.get(key)
    if (known !== undefined) return known
    let isOpen = false
    let depth = 1
    for (const part of parts) {
      isOpen ||= part === undefined || part.isOpen
      if (part !== undefined && part.depth >= depth) depth = part.depth + 1
    }
    if (depth > MAX_TYPE_DEPTH) return this.any
    const type = create({ id: this.#types.size + 1, isOpen, depth })
    this.#types.set(key, type)
    return type
  }
}

type KeyedEntry = readonly [text: string, entry: StaticEntry]

/** By text, each once. Most are in order already. */
function sortEntries(entries: readonly KeyedEntry[]): readonly KeyedEntry[] {
  if (entries.every(([text], at) => at === 0 || (entries[at - 1] as KeyedEntry)[0] < text)) return entries
  return [...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Keys that are equal in their JSON form have equal texts, others have not. */
export function staticKey(value: RegoValue): string {
  return typeof value === 'string' ? `"${value}` : partKey(jsonForm(value))
}

/** What becomes of a value on its way through JSON: sets are arrays, and keys are strings. */
function jsonForm(value: RegoValue): RegoValue {
  const isCollection = isArray(value) || value instanceof RegoObject || value instanceof RegoSet
  return isCollection ? parseJson(writeJson(value)) : value
}

function partKey(value: RegoValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof RegoNumber) return `${value.parts.digits}e${value.parts.exponent}`
  if (value === null || typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map(partKey).join()}]`
  const entries = value instanceof RegoObject ? value.entries : []
  return `{${entries.map(([key, one]) => `${partKey(key)}:${partKey(one)}`).join()}}`
}

function idOf(type: MaybeType): number {
  return type?.id ?? 0
}

function ids(types: readonly MaybeType[]): string {
  return types.map(idOf).join()
}
