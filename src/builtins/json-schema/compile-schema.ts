/** Reads a schema and refuses what is not one, in the words of the validator that OPA uses. */
import { compareNumbers, type RegoNumber } from '../../value/number.js'
import { RegoObject, RegoSet, type RegoValue, isArray, num } from '../../value/value.js'
import { type Budget, BuiltinError, failure } from '../context.js'
import { isNumber } from '../operand.js'
import { compilePattern } from '../regex-pattern.js'
import { SCHEMA_TYPES, type Bound, type Schema, type SchemaObject, type SchemaType } from './schema.js'

/** The schema that a document is; one that is none is a builtin error. */
export function compileSchema(document: RegoValue, budget: Budget): Schema {
  if (typeof document === 'boolean') return document
  if (!(document instanceof RegoObject)) throw failure('schema is invalid')
  return new SchemaCompiler(document, budget).compile(document)
}

class SchemaCompiler {
  readonly #root: RegoValue
  readonly #byPointer = new Map<string, Schema>()

  constructor(
    root: RegoValue,
    readonly budget: Budget,
  ) {
    this.#root = root
  }

  compile(document: RegoValue): Schema {
    if (typeof document === 'boolean') return document
    if (!(document instanceof RegoObject)) throw failure('Expected: Valid Schema, given: Invalid JSON')
    for (const name of ['$id', 'id', 'title', 'description', 'format', 'pattern', '$ref']) expectString(document, name)
    if (document.has('$schema') && typeof document.get('$schema') !== 'string') throw failure('$schema must be of type string')
    this.#definitions(document)
    const ref = document.get('$ref')
    if (typeof ref === 'string') return { ref: this.#reference(ref) }
    return withoutUndefined({
      ...this.#objectKeywords(document),
      ...this.#arrayKeywords(document),
      ...stringKeywords(document, this.budget),
      ...numberKeywords(document),
      ...this.#combinators(document),
      types: typesOf(document.get('type')),
      enumeration: enumerationOf(document.get('enum')),
      constant: document.get('const'),
      format: document.get('format') as string | undefined,
    })
  }

  /** Definitions have to be schemas even where nothing refers to them. */
  #definitions(document: RegoObject): void {
    const definitions = document.get('definitions')
    if (definitions === undefined) return
    if (!(definitions instanceof RegoObject) || definitions.entries.some(([, one]) => !isSchema(one))) {
      throw failure('Invalid type. Expected: Array Of Schemas, given: definitions')
    }
    for (const [, one] of definitions.entries) this.compile(one)
  }

  /** Looks up a pointer within the document at once, and compiles what is there when it is needed. */
  #reference(ref: string): () => Schema {
    if (!ref.startsWith('#')) throw failure(`${ref} is outside of the schema and is not fetched`)
    const target = pointedAt(this.#root, decodedPointer(ref))
    return () => {
      const known = this.#byPointer.get(ref)
      if (known !== undefined) return known
      const schema = this.compile(target)
      this.#byPointer.set(ref, schema)
      return schema
    }
  }

  #objectKeywords(document: RegoObject): Partial<SchemaObject> {
    return {
      properties: this.#schemaMap(document, 'properties', 'Properties must be of type object'),
      patternProperties: this.#patternProperties(document),
      additionalProperties: this.#optionalSchema(document, 'additionalProperties', 'boolean/Valid Schema'),
      propertyNames: this.#optionalSchema(document, 'propertyNames', 'Valid Schema', 'patternProperties'),
      required: requiredOf(document.get('required')),
      minProperties: countOf(document, 'minProperties'),
      maxProperties: countOf(document, 'maxProperties'),
      dependencies: this.#dependencies(document.get('dependencies')),
    } as Partial<SchemaObject>
  }

  #arrayKeywords(document: RegoObject): Partial<SchemaObject> {
    const items = document.get('items')
    const unique = document.get('uniqueItems')
    if (unique !== undefined && typeof unique !== 'boolean') throw failure('uniqueItems must be of a boolean')
    if (items !== undefined && !isSchema(items) && !(isArray(items) && items.every(isSchema))) {
      throw failure('Invalid type. Expected: Valid Schema/Array Of Schemas, given: items')
    }
    const contains = document.get('contains')
    return {
      items: items === undefined || isArray(items) ? undefined : this.compile(items),
      positions: items !== undefined && isArray(items) ? items.map((item) => this.compile(item)) : undefined,
      additionalItems: this.#optionalSchema(document, 'additionalItems', 'boolean/Valid Schema'),
      minItems: countOf(document, 'minItems'),
      maxItems: countOf(document, 'maxItems'),
      uniqueItems: unique,
      contains: contains === undefined ? undefined : this.compile(contains),
    } as Partial<SchemaObject>
  }

  #combinators(document: RegoObject): Partial<SchemaObject> {
    const list = (name: string): readonly Schema[] | undefined => {
      const schemas = document.get(name)
      if (schemas === undefined) return undefined
      if (!isArray(schemas)) throw failure(`${name} must be of an array`)
      return schemas.map((one) => this.compile(one))
    }
    const single = (name: string): Schema | undefined => {
      const schema = document.get(name)
      if (schema === undefined) return undefined
      if (!isSchema(schema)) throw failure(`${name} must be of an object`)
      return this.compile(schema)
    }
    const [condition, then, otherwise] = [single('if'), single('then'), single('else')]
    return {
      allOf: list('allOf'),
      anyOf: list('anyOf'),
      oneOf: list('oneOf'),
      not: single('not'),
      condition: condition === undefined ? undefined : { if: condition, then, else: otherwise },
    } as Partial<SchemaObject>
  }

  #optionalSchema(document: RegoObject, name: string, wanted: string, shownName = name): Schema | undefined {
    const schema = document.get(name)
    if (schema === undefined) return undefined
    if (!isSchema(schema)) throw failure(`Invalid type. Expected: ${wanted}, given: ${shownName}`)
    return this.compile(schema)
  }

  #schemaMap(document: RegoObject, name: string, message: string): ReadonlyMap<string, Schema> | undefined {
    const schemas = document.get(name)
    if (schemas === undefined) return undefined
    if (!(schemas instanceof RegoObject)) throw failure(message)
    return new Map(schemas.entries.map(([key, schema]) => [key as string, this.compile(schema)]))
  }

  #patternProperties(document: RegoObject): ReadonlyMap<string, Schema> | undefined {
    const schemas = this.#schemaMap(
      document,
      'patternProperties',
      'Invalid type. Expected: Valid Schema, given: patternProperties',
    )
    for (const pattern of schemas?.keys() ?? []) {
      if (!isRegex(pattern, this.budget)) throw failure(`Invalid regex pattern '${pattern}'`)
    }
    return schemas
  }

  #dependencies(value: RegoValue | undefined): SchemaObject['dependencies'] {
    if (value === undefined) return undefined
    if (!(value instanceof RegoObject)) throw failure('dependencies must be of type object')
    const dependencies = new Map<string, readonly string[] | Schema>()
    for (const [key, one] of value.entries) {
      if (isSchema(one)) dependencies.set(key as string, this.compile(one))
      else if (isArray(one) && one.every((name) => typeof name === 'string')) {
        dependencies.set(key as string, one as readonly string[])
      } else throw failure('Dependency must be of type Schema Or Array Of Strings')
    }
    return dependencies
  }
}

function decodedPointer(ref: string): string {
  try {
    return decodeURIComponent(ref.slice(1))
  } catch {
    throw failure(`malformed reference ${ref}`)
  }
}

function isSchema(value: RegoValue): boolean {
  return typeof value === 'boolean' || value instanceof RegoObject
}

export function isRegex(pattern: string, budget: Budget): boolean {
  try {
    compilePattern(pattern, budget)
    return true
  } catch (error) {
    if (error instanceof BuiltinError) return false
    throw error
  }
}

function expectString(document: RegoObject, name: string): void {
  const value = document.get(name)
  if (value !== undefined && typeof value !== 'string') throw failure(`Invalid type. Expected: string, given: ${name}`)
}

function pointedAt(root: RegoValue, pointer: string): RegoValue {
  let at = root
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const found: RegoValue | undefined = at instanceof RegoObject ? at.get(key) : isArray(at) ? at[Number(key)] : undefined
    if (found === undefined) throw failure(`Object has no key '${key}'`)
    at = found
  }
  return at
}

function typesOf(value: RegoValue | undefined): readonly SchemaType[] | undefined {
  if (value === undefined) return undefined
  const names: readonly (RegoValue | undefined)[] = isArray(value) ? value : [value]
  for (const [at, name] of names.entries()) {
    if (typeof name !== 'string') throw failure('Invalid type. Expected: type, given: string/Array Of Strings')
    if (!(SCHEMA_TYPES as readonly string[]).includes(name)) {
      throw failure(
        `has a primitive type that is NOT VALID -- given: /${name}/ Expected valid values are:[${SCHEMA_TYPES.join(' ')}]`,
      )
    }
    if (names.indexOf(name) !== at) throw failure(`${name} type is duplicated`)
  }
  // No type at all is any type.
  return names.length === 0 ? undefined : (names as readonly SchemaType[])
}

function enumerationOf(value: RegoValue | undefined): readonly RegoValue[] | undefined {
  if (value === undefined) return undefined
  if (!isArray(value)) throw failure('enum must be of an array')
  if (RegoSet.of(value).size !== value.length) throw failure('enum items must be unique')
  return value
}

function requiredOf(value: RegoValue | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined
  if (!isArray(value)) throw failure('required must be of an array')
  if (value.some((name) => typeof name !== 'string')) throw failure('Invalid type. Expected: string, given: required')
  if (new Set(value).size !== value.length) throw failure('required items must be unique')
  return value as readonly string[]
}

function countOf(document: RegoObject, name: string): number | undefined {
  const value = document.get(name)
  if (value === undefined) return undefined
  if (!isNumber(value) || !/^-?[0-9]+$/.test(value.text)) throw failure(`${name} must be of an integer`)
  if (value.text.startsWith('-')) throw failure(`${name} must be greater than or equal to 0`)
  return Number(value.text)
}

function stringKeywords(document: RegoObject, budget: Budget): Partial<SchemaObject> {
  const pattern = document.get('pattern')
  if (typeof pattern === 'string' && !isRegex(pattern, budget)) throw failure('pattern must be a valid regex')
  const [minLength, maxLength] = [countOf(document, 'minLength'), countOf(document, 'maxLength')]
  if (minLength !== undefined && maxLength !== undefined && minLength > maxLength) {
    throw failure('minLength cannot be greater than maxLength')
  }
  return { pattern, minLength, maxLength } as Partial<SchemaObject>
}

function numberKeywords(document: RegoObject): Partial<SchemaObject> {
  const multipleOf = numberOf(document, 'multipleOf')
  if (multipleOf !== undefined && compareNumbers(multipleOf, num(0)) <= 0) {
    throw failure('multipleOf must be strictly greater than 0')
  }
  return {
    multipleOf,
    minimum: boundOf(document, 'minimum', 1),
    maximum: boundOf(document, 'maximum', -1),
  } as Partial<SchemaObject>
}

function numberOf(document: RegoObject, name: string): RegoNumber | undefined {
  const value = document.get(name)
  if (value === undefined || isNumber(value)) return value
  throw failure(`${name} must be of a Number`)
}

/** `exclusive…` is a flag beside the limit in draft 4 and a limit of its own later; of two limits the stricter counts. */
function boundOf(document: RegoObject, name: 'minimum' | 'maximum', direction: 1 | -1): Bound | undefined {
  const exclusiveName = name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'
  const limit = numberOf(document, name)
  const exclusive = document.get(exclusiveName)
  if (typeof exclusive === 'boolean') {
    if (limit === undefined) throw failure(`${exclusiveName} cannot be used without ${name}`)
    return { limit, isExclusive: exclusive }
  }
  if (exclusive === undefined) return limit === undefined ? undefined : { limit, isExclusive: false }
  if (!isNumber(exclusive)) throw failure(`Invalid type. Expected: boolean/number, given: ${exclusiveName}`)
  const isStricter = limit === undefined || compareNumbers(exclusive, limit) * direction >= 0
  return isStricter ? { limit: exclusive, isExclusive: true } : { limit, isExclusive: false }
}

function withoutUndefined(schema: Record<string, unknown>): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined)) as SchemaObject
}
