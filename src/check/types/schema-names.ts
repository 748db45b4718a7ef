/**
 * Schemas as a caller gives them: by the reference that annotations use, or by the path that OPA would find their file at.
 */
import { parseJson } from '../../value/json.js'
import type { RegoValue } from '../../value/value.js'
import { dotted } from '../annotations/schema.js'
import { FieldFault } from '../annotations/yaml-value.js'
import { pathText } from '../names.js'
import { SchemaFault } from './json-schema.js'

/**
 * Schemas by reference. `schema.kubernetes.pod`, `kubernetes/pod` and `kubernetes/pod.json` name the same one; `schema`
 * alone is that of the input of all rules.
 *
 * Errors: `SchemaFault` if a name is no reference, or what it names is no JSON.
 */
export function readSchemas(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, RegoValue> {
  if (typeof schemas !== 'object' || schemas === null) throw new SchemaFault('must be an object')
  return new Map(Object.entries(schemas).map(([name, schema]) => [pathText(pathOf(name)), valueOf(name, schema)]))
}

function valueOf(name: string, schema: unknown): RegoValue {
  try {
    return parseJson(JSON.stringify(schema))
  } catch (fault) {
    throw new SchemaFault(`the schema ${name} is no JSON: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
}

function pathOf(name: string): readonly string[] {
  const isRef = name === 'schema' || name.startsWith('schema.') || name.startsWith('schema[')
  if (!isRef) return ['schema', ...name.replace(/\.json$/, '').split('/')]
  try {
    return dotted(name, ['schema'], `not the name of a schema: ${name}`)
  } catch (fault) {
    throw fault instanceof FieldFault ? new SchemaFault(fault.message) : fault
  }
}
