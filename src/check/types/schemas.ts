/**
 * Schemas of documents: those given to the compiler by name, and those that annotations put in place.
 *
 * Annotations of wider scope come first, so that narrower ones override them: packages around, the package, the document,
 * the rule. A schema for a place inside one that has a type already becomes a part of that type.
 */
import type { Span } from '../../source/source.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import type { AnnotationTable } from '../annotations/table.js'
import type { CheckContext } from '../context.js'
import type { Definition } from '../definitions.js'
import { pathText } from '../names.js'
import { SchemaFault, typeOfSchema } from './json-schema.js'
import { DocumentLayer, type Layer } from './layer.js'
import type { RegoType, TypeTable } from './type.js'

/** A place in a document and its schema, as annotations have it. */
interface SchemaAnnotation {
  readonly root: 'input' | 'data'
  readonly path: readonly string[]
  readonly schema:
    { readonly kind: 'name'; readonly name: readonly string[] } | { readonly kind: 'inline'; readonly value: RegoValue }
}

/** The schema called `schema` describes the input. */
const GLOBAL: SchemaAnnotation = { root: 'input', path: [], schema: { kind: 'name', name: [] } }

export class Schemas {
  readonly #byName = new Map<string, RegoType | SchemaFault>()
  readonly #inline = new Map<RegoValue, RegoType | SchemaFault>()

  constructor(
    readonly annotations: () => AnnotationTable,
    readonly types: TypeTable,
    readonly cx: CheckContext,
  ) {}

  /** What is known from schemas while a rule, or an `else` branch of it, is evaluated; what is wrong with them is reported. */
  layers(definition: Definition | undefined, isElse: boolean): readonly Layer[] {
    const applied = definition === undefined || !this.#isInUse ? [] : this.#annotationsOf(definition, isElse)
    const isGlobal = this.cx.options.schemas?.has(nameText([])) === true
    if (applied.length === 0 && !isGlobal) return []
    const layer = new DocumentLayer(this.types)
    const span = definition?.rule.span
    if (isGlobal) this.#put(GLOBAL, layer, span)
    const own = new DocumentLayer(this.types, layer)
    // Where one of the annotations is wrong, all of them are without effect.
    return applied.every((one) => this.#put(one, own, span)) ? [own] : [layer]
  }

  /** Annotations are looked at when schemas are given, or when annotations are asked for anyway. */
  get #isInUse(): boolean {
    return this.cx.options.schemas !== undefined || this.cx.options.annotations === true
  }

  #annotationsOf(definition: Definition, isElse: boolean): readonly SchemaAnnotation[] {
    const found: SchemaAnnotation[] = []
    for (const link of this.annotations().chain(definition).toReversed()) {
      const annotations = link instanceof RegoObject ? link.get('annotations') : undefined
      if (!(annotations instanceof RegoObject) || (isElse && annotations.get('scope') === 'rule')) continue
      const list = annotations.get('schemas')
      if (list !== undefined && isArray(list)) found.push(...list.map(readAnnotation).filter((one) => one !== undefined))
    }
    return found
  }

  /** Whether there is a schema, and a well-formed one. */
  #put({ root, path, schema }: SchemaAnnotation, layer: DocumentLayer, span: Span | undefined): boolean {
    // A name means nothing where no schemas are given at all.
    if (schema.kind === 'name' && this.cx.options.schemas === undefined) return true
    const type = schema.kind === 'name' ? this.#named(schema.name) : this.#read(schema.value)
    if (type === undefined) this.cx.refuse('undefined-schema', span, nameText(schema.kind === 'name' ? schema.name : []))
    else if (type instanceof SchemaFault) this.cx.refuse('invalid-schema', span, type.message)
    else layer.override(root, path, type)
    return type !== undefined && !(type instanceof SchemaFault)
  }

  #named(name: readonly string[]): RegoType | SchemaFault | undefined {
    const key = nameText(name)
    const known = this.#byName.get(key)
    if (known !== undefined) return known
    const schema = this.cx.options.schemas?.get(key)
    if (schema === undefined) return undefined
    const type = this.#convert(schema)
    this.#byName.set(key, type)
    return type
  }

  #read(schema: RegoValue): RegoType | SchemaFault {
    const known = this.#inline.get(schema)
    if (known !== undefined) return known
    const type = this.#convert(schema)
    this.#inline.set(schema, type)
    return type
  }

  #convert(schema: RegoValue): RegoType | SchemaFault {
    try {
      return typeOfSchema(schema, this.types)
    } catch (fault) {
      if (fault instanceof SchemaFault) return fault
      throw fault
    }
  }
}

function nameText(name: readonly string[]): string {
  return pathText(['schema', ...name])
}

function readAnnotation(value: RegoValue): SchemaAnnotation | undefined {
  if (!(value instanceof RegoObject)) return undefined
  const [root, ...path] = textsOf(value.get('path'))
  if (root !== 'input' && root !== 'data') return undefined
  const inline = value.get('definition')
  if (inline !== undefined) return { root, path, schema: { kind: 'inline', value: inline } }
  return { root, path, schema: { kind: 'name', name: textsOf(value.get('schema')).slice(1) } }
}

function textsOf(value: RegoValue | undefined): readonly string[] {
  return value !== undefined && isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
