/** `json.match_schema` and `json.verify_schema`. */
import { parseJson, writeJson } from '../../value/json.js'
import { ValueSyntaxError } from '../../value/reader.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { BuiltinError, type FunctionTable, failure } from '../context.js'
import { compileSchema } from '../json-schema/compile-schema.js'
import { type Finding, validate } from '../json-schema/validate.js'

export const JSON_SCHEMA: FunctionTable = {
  'json.match_schema': (context, document, schema) => {
    const compiled = compileSchema(documentOf(schema as RegoValue), context)
    const findings = validate(documentOf(document as RegoValue), compiled, context)
    return [findings.length === 0, findings.map(findingDocument)]
  },
  'json.verify_schema': (context, schema) => {
    try {
      compileSchema(documentOf(schema as RegoValue), context)
      return [true, null]
    } catch (error) {
      if (error instanceof BuiltinError) return [false, `jsonschema: ${error.message}`]
      throw error
    }
  },
}

/** The document that an operand is: JSON text, or a collection, which is taken in its JSON form. */
function documentOf(value: RegoValue): RegoValue {
  if (typeof value === 'string') {
    try {
      return parseJson(value)
    } catch (error) {
      if (error instanceof ValueSyntaxError) throw failure('invalid JSON string')
      throw error
    }
  }
  if (value instanceof RegoObject || isArray(value)) return parseJson(writeJson(value))
  throw failure('wrong type, expected string or object')
}

function findingDocument({ field, type, description }: Finding): RegoObject {
  return RegoObject.of([
    ['error', `${field}: ${description}`],
    ['type', type],
    ['field', field],
    ['desc', description],
  ])
}
