/**
 * JSON Schemas as types.
 *
 * A type says less than a schema. Properties and items have theirs, and what is described that way has no other keys;
 * without a description there is anything. Of several types the first in the order below counts, `null` among them says
 * nothing, and so do all other keywords.
 */
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import type { MaybeType, RegoType, TypeTable } from './type.js'

/** What is wrong with a schema, in OPA's words where it has some. */
export class SchemaFault extends Error {}

function malformed(problem: string): SchemaFault {
  return new SchemaFault(`unable to compile the schema: ${problem}`)
}

/** Schemas that refer to themselves are followed this far. */
const MAX_REFS = 64

/** Schemas inside schemas, references left aside. */
const MAX_NESTING = 256

/** Schemas inside a schema, each counted as often as references and combinations lead to it. */
const MAX_STEPS = 50_000

/** The types that a schema may name; of several the first counts. */
const TYPE_NAMES = ['boolean', 'string', 'integer', 'number', 'object', 'array', 'null'] as const

type TypeName = (typeof TYPE_NAMES)[number]

/** The type of what a schema describes; throws `SchemaFault`. */
export function typeOfSchema(schema: RegoValue, types: TypeTable): RegoType {
  return new SchemaReader(schema, types).read({ schema, refs: 0, depth: 0 })
}

/** A schema within the one that is read, and how many references and levels lead to it. */
interface Place {
  readonly schema: RegoValue
  readonly refs: number
  readonly depth: number
}

class SchemaReader {
  #steps = 0
  readonly #byRef = new Map<string, RegoType>()

  constructor(
    readonly root: RegoValue,
    readonly types: TypeTable,
  ) {}

  read(place: Place): RegoType {
    const { schema, refs, depth } = place
    if (++this.#steps > MAX_STEPS) throw malformed(`more than ${MAX_STEPS} schemas are inside of it, references followed`)
    if (typeof schema === 'boolean') return this.types.any
    if (!(schema instanceof RegoObject)) throw malformed('a schema is an object')
    if (depth > MAX_NESTING) throw malformed(`schemas are nested more than ${MAX_NESTING} deep`)
    const ref = schema.get('$ref')
    if (ref !== undefined) return this.#readRef(ref, refs)
    const anyOf = listOf(schema, 'anyOf')
    if (anyOf.length > 0) return this.#readAnyOf(schema, anyOf, place)
    const allOf = listOf(schema, 'allOf')
    return allOf.length > 0 ? this.#readAllOf(schema, allOf, place) : this.#readPlain(schema, place)
  }

  #readRef(ref: RegoValue, refs: number): RegoType {
    if (refs === MAX_REFS) return this.types.any
    const key = `${refs} ${String(ref)}`
    const known = this.#byRef.get(key)
    if (known !== undefined) return known
    const type = this.read({ schema: this.#target(ref), refs: refs + 1, depth: 0 })
    this.#byRef.set(key, type)
    return type
  }

  /** What a reference within the document leads to. */
  #target(ref: RegoValue): RegoValue {
    if (typeof ref !== 'string' || !ref.startsWith('#')) throw malformed(`reference ${String(ref)} leads out of the schema`)
    let target: RegoValue | undefined = this.root
    for (const part of pointerParts(ref.slice(1))) {
      target = target instanceof RegoObject ? target.get(part) : isArray(target) ? target[Number(part)] : undefined
      if (target === undefined) throw malformed(`reference ${ref} leads nowhere`)
    }
    return target
  }

  #readPlain(schema: RegoObject, place: Place): RegoType {
    const { types } = this
    switch (kindOf(schema)) {
      case 'boolean':
        return types.boolean
      case 'string':
        return types.string
      case 'integer':
      case 'number':
        return types.number
      case 'object': {
        const properties = this.#properties(schema, place)
        return properties.size === 0 ? types.object([], { key: types.any, value: types.any }) : this.#objectOf(properties)
      }
      case 'array':
        return this.#readArray(schema, place)
      default:
        return types.any
    }
  }

  #readArray(schema: RegoObject, place: Place): RegoType {
    const { types } = this
    const items = schema.get('items')
    if (items === undefined || (isArray(items) && items.length === 0)) return types.array([], types.any)
    if (!isArray(items)) return types.array([], this.read(inside(items, place)))
    const fixed = items.map((item) => this.read(inside(item, place)))
    return types.array(fixed, undefined)
  }

  #readAnyOf(schema: RegoObject, choices: readonly RegoValue[], place: Place): RegoType {
    const members = choices.map((choice) => this.read(inside(choice, place)))
    const own = schema.get('type') === 'object' ? this.#properties(schema, place) : NO_PROPERTIES
    return this.types.union(own.size === 0 ? members : [...members, this.#objectOf(own)]) ?? this.types.any
  }

  /** All parts describe the same kind of thing; what they say about properties comes together. */
  #readAllOf(schema: RegoObject, parts: readonly RegoValue[], place: Place): RegoType {
    const read = parts.map((part) => this.#readPart(part, place))
    const together = read.reduce((all, part) => this.#merge(all, part, `: type mismatch: ${all.kind} and ${part.kind}`))
    if (schema.get('type') === undefined) return together.type
    const own: Part = { kind: kindOf(schema), type: this.#readPlain(schema, place), properties: this.#properties(schema, place) }
    return this.#merge(together, own, '').type
  }

  #readPart(part: RegoValue, place: Place): Part {
    const { schema, refs } = this.#follow(inside(part, place))
    if (!(schema instanceof RegoObject)) return { kind: 'Undefined', type: this.types.any, properties: NO_PROPERTIES }
    const at = { schema, refs, depth: place.depth + 1 }
    const isPlain = listOf(schema, 'anyOf').length === 0 && listOf(schema, 'allOf').length === 0
    if (!isPlain) return { kind: 'Undefined', type: this.types.any, properties: NO_PROPERTIES }
    return { kind: kindOf(schema), type: this.#readPlain(schema, at), properties: this.#properties(schema, at) }
  }

  #follow(place: Place): Place {
    let { schema, refs } = place
    for (; schema instanceof RegoObject && refs < MAX_REFS; refs++) {
      const ref = schema.get('$ref')
      if (ref === undefined) break
      schema = this.#target(ref)
    }
    return { ...place, schema, refs }
  }

  /** The first of two descriptions, with what the second adds to it. */
  #merge(a: Part, b: Part, mismatch: string): Part {
    if (a.kind !== b.kind) throw new SchemaFault(`type checking: unable to merge these schemas${mismatch}`)
    if (a.kind === 'object') {
      if (a.properties.size === 0) return a
      // Of two descriptions of one property the first counts.
      const properties = new Map([...b.properties, ...a.properties])
      return { ...a, properties, type: this.#objectOf(properties) }
    }
    const anything = this.types.array([], this.types.any)
    if (a.type === b.type || a.type === anything || b.type === anything) return a
    const [short, long] = lengthOf(a) < lengthOf(b) ? [a, b] : [b, a]
    const isPrefix = lengthOf(short) > 0 && itemsOf(short).every((item, at) => item === itemsOf(long)[at])
    if (!isPrefix) throw new SchemaFault('type checking: unable to merge these schemas')
    return long
  }

  #properties(schema: RegoObject, place: Place): Properties {
    const properties = schema.get('properties')
    if (properties === undefined || kindOf(schema) !== 'object') return NO_PROPERTIES
    if (!(properties instanceof RegoObject)) throw malformed('properties must be an object')
    return new Map(properties.entries.map(([key, value]) => [String(key), this.read(inside(value, place))] as const))
  }

  #objectOf(properties: Properties): RegoType {
    const entries = [...properties].map(([key, value]) => ({ key, value }))
    return this.types.object(entries, undefined)
  }
}

type Properties = ReadonlyMap<string, RegoType>

const NO_PROPERTIES: Properties = new Map()

interface Part {
  readonly kind: TypeName | 'Undefined'
  readonly type: RegoType
  readonly properties: Properties
}

/** Items that are described one by one. */
function itemsOf({ type }: Part): readonly MaybeType[] {
  return type.kind === 'array' ? type.static : []
}

function lengthOf(part: Part): number {
  return itemsOf(part).length
}

function inside(schema: RegoValue, { refs, depth }: Place): Place {
  return { schema, refs, depth: depth + 1 }
}

function listOf(schema: RegoObject, keyword: string): readonly RegoValue[] {
  const list = schema.get(keyword)
  if (list === undefined) return []
  if (!isArray(list)) throw malformed(`${keyword} must be an array`)
  return list
}

/** The kind of thing that a schema describes, told by its type or by what it says of the parts. */
function kindOf(schema: RegoObject): TypeName | 'Undefined' {
  const written = schema.get('type')
  if (written !== undefined) {
    const names = isArray(written) ? written : [written]
    for (const name of names) if (!isTypeName(name)) throw malformed(`unknown type ${String(name)}`)
    return TYPE_NAMES.find((name) => names.includes(name)) ?? 'Undefined'
  }
  if (schema.get('properties') !== undefined) return 'object'
  return schema.get('items') === undefined ? 'Undefined' : 'array'
}

function isTypeName(name: RegoValue): boolean {
  return TYPE_NAMES.some((one) => one === name)
}

/** The parts of a JSON pointer in a fragment. */
function pointerParts(fragment: string): readonly string[] {
  return decode(fragment)
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformed(`malformed reference #${text}`)
  }
}
