/** JSON schemas, drafts 4 to 7 mixed, in a form that is ready to validate with. */
import type { RegoNumber } from '../../value/number.js'
import type { RegoValue } from '../../value/value.js'

export type SchemaType = 'array' | 'boolean' | 'integer' | 'number' | 'null' | 'object' | 'string'

export const SCHEMA_TYPES: readonly SchemaType[] = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string']

/** A schema; `true` and `false` are schemas that everything and nothing fits. */
export type Schema = boolean | SchemaObject

export interface SchemaObject {
  /** Another schema that stands in place of this one; looked up when it is first needed. */
  readonly ref?: () => Schema
  readonly types?: readonly SchemaType[]
  readonly enumeration?: readonly RegoValue[]
  readonly constant?: RegoValue
  readonly format?: string
  readonly multipleOf?: RegoNumber
  readonly minimum?: Bound
  readonly maximum?: Bound
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly items?: Schema
  /** Schemas by position, and that of further items. */
  readonly positions?: readonly Schema[]
  readonly additionalItems?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly contains?: Schema
  readonly properties?: ReadonlyMap<string, Schema>
  readonly patternProperties?: ReadonlyMap<string, Schema>
  readonly additionalProperties?: Schema
  readonly propertyNames?: Schema
  readonly required?: readonly string[]
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly dependencies?: ReadonlyMap<string, readonly string[] | Schema>
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly not?: Schema
  readonly condition?: { readonly if: Schema; readonly then: Schema | undefined; readonly else: Schema | undefined }
}

/** A limit of a number, and whether the limit itself is outside. */
export interface Bound {
  readonly limit: RegoNumber
  readonly isExclusive: boolean
}
