/**
 * Schemas as a caller gives them: by the reference that annotations use, or by the path that OPA would find their file at.
 */
import { parseJson } from '../../value/json.js'
import type { RegoValue } from '../../value/value.js'
import { dotted } from '../annotations/schema.js'
import { pathText } from '../names.js'

/**
 * Schemas by reference. `schema.kubernetes.pod`, `kubernetes/pod` and `kubernetes/pod.json` name the same one; `schema`
 * alone is that of the input of all rules.
 *
 * Errors: an `Error` if a name is no reference.
 */
export function readSchemas(schemas: Readonly<Record<string, unknown>>): ReadonlyMap<string, RegoValue> {
  return new Map(Object.entries(schemas).map(([name, schema]) => [pathText(pathOf(name)), parseJson(JSON.stringify(schema))]))
}

function pathOf(name: string): readonly string[] {
  const isRef = name === 'schema' || name.startsWith('schema.') || name.startsWith('schema[')
  return isRef
    ? dotted(name, ['schema'], `not the name of a schema: ${name}`)
    : ['schema', ...name.replace(/\.json$/, '').split('/')]
}
