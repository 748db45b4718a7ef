/**
 * Entries of `schemas`: which place of a document has which schema.
 */
import { RegoObject, type RegoValue } from '../../value/value.js'
import { FieldFault, yamlValue } from './yaml-value.js'

/** `{path: [...], schema: [...]}` for a schema by name, `{path: [...], definition: {...}}` for one written in place. */
export function schemaEntry(raw: unknown): RegoValue {
  const [entry, ...others] = raw instanceof Map ? raw.entries() : []
  if (entry === undefined || others.length > 0) {
    throw new FieldFault('schemas must be a list of maps from one document path to a schema')
  }
  const [path, schema]: readonly unknown[] = entry
  const place = dotted(path, ['input', 'data'], 'invalid document reference')
  if (schema instanceof Map) return RegoObject.of([['path', place], ['definition', yamlValue(schema)]])
  return RegoObject.of([['path', place], ['schema', dotted(schema, ['schema'], 'invalid schema reference')]])
}

/** The name between the quotes. */
function quoted(text: string, fault: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    throw new FieldFault(fault)
  }
}

const PART = /\.([A-Za-z_][A-Za-z0-9_]*)|\["((?:[^"\\]|\\.)*)"\]/y

/** The parts of `input.a["b c"]`, which has to begin with one of `roots`. */
export function dotted(raw: unknown, roots: readonly string[], fault: string): readonly string[] {
  if (typeof raw !== 'string') throw new FieldFault(fault)
  const root = roots.find((one) => raw === one || raw.startsWith(`${one}.`) || raw.startsWith(`${one}[`))
  if (root === undefined) throw new FieldFault(fault)
  const parts = [root]
  let at = root.length
  while (at < raw.length) {
    PART.lastIndex = at
    const match = PART.exec(raw)
    if (match === null) throw new FieldFault(fault)
    parts.push(match[1] ?? quoted(match[2] as string, fault))
    at = PART.lastIndex
  }
  return parts
}
