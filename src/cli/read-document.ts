/** JSON and YAML files as documents: exactly, and with the place of what is wrong. */
import { BuiltinError } from '../builtins/context.js'
import { Source, locate } from '../source/source.js'
import { parseJson } from '../value/json.js'
import { ValueSyntaxError } from '../value/reader.js'
import { RegoObject, type RegoValue } from '../value/value.js'
import { BaseDocument } from './base-documents.js'
import type { FileProblem } from './file-problem.js'

/** The document that a text holds: JSON where the name ends in `.json`, else YAML (of which JSON is a part). */
export async function readDocument(
  text: string,
  name: string,
  path: readonly string[],
): Promise<BaseDocument | { readonly problem: FileProblem }> {
  if (name.endsWith('.json') && isPlainObject(text)) return new BaseDocument(name, path, { text })
  const read = name.endsWith('.json') ? readJsonText(text, name) : await readYamlText(text, name)
  if ('problem' in read) return read
  const isWrong = path.length === 0 && !(read.value instanceof RegoObject)
  return isWrong
    ? { problem: { file: name, message: 'document must be of type object' } }
    : new BaseDocument(name, path, { value: read.value })
}

/**
 * A document of any type, JSON or YAML whatever its name is. JSON text is left as it is. What looks like neither is told as
 * what its name says.
 */
export async function readInputDocument(text: string, name: string): Promise<{ readonly text: string } | ReadValue> {
  if (isPlainObject(text)) return { text }
  const asJson = readJsonText(text, name)
  if ('value' in asJson || /\.json$/.test(name)) return asJson
  const asYaml = await readYamlText(text, name)
  return 'value' in asYaml || /\.ya?ml$/.test(name) ? asYaml : asJson
}

/**
 * Whether the text is a JSON object without doubt. The platform's reader is many times faster and smaller than the exact one,
 * which then has nothing to say; large numbers are the exception.
 */
function isPlainObject(text: string): boolean {
  if (!/^\s*\{/.test(text) || /[0-9][eE][+-]?[0-9]{5}/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export type ReadValue = { readonly value: RegoValue } | { readonly problem: FileProblem }

export function readJsonText(text: string, name: string): ReadValue {
  try {
    return { value: parseJson(text) }
  } catch (error) {
    if (!(error instanceof ValueSyntaxError)) throw error
    const { row, col } = locate({ source: new Source(name, text), start: error.offset, end: error.offset })
    return { problem: { file: name, message: `is not JSON: ${error.message}`, place: { row, col } } }
  }
}

async function readYamlText(text: string, name: string): Promise<ReadValue> {
  const { readYaml } = await import('../builtins/yaml/read-yaml.js')
  try {
    return { value: readYaml(text) }
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error
    return { problem: { file: name, message: `is not YAML: ${error.message.replace(/^yaml: /, '')}` } }
  }
}
