/** JSON and YAML files as values: exactly, and with the place of what is wrong. */
import { BuiltinError } from '../builtins/context.js'
import { Source, locate } from '../source/source.js'
import { parseJson } from '../value/json.js'
import { ValueSyntaxError } from '../value/reader.js'
import type { RegoValue } from '../value/value.js'
import type { FileProblem } from './file-problem.js'

export type ReadDocument = { readonly value: RegoValue } | { readonly problem: FileProblem }

/** The document that a text holds: JSON where the name ends in `.json`, else YAML (of which JSON is a part). */
export async function readDocument(text: string, name: string): Promise<ReadDocument> {
  return name.endsWith('.json') ? readJsonText(text, name) : readYamlText(text, name)
}

export function readJsonText(text: string, name: string): ReadDocument {
  try {
    return { value: parseJson(text) }
  } catch (error) {
    if (!(error instanceof ValueSyntaxError)) throw error
    const { row, col } = locate({ source: new Source(name, text), start: error.offset, end: error.offset })
    return { problem: { file: name, message: `is not JSON: ${error.message}`, place: { row, col } } }
  }
}

async function readYamlText(text: string, name: string): Promise<ReadDocument> {
  const { readYaml } = await import('../builtins/yaml/read-yaml.js')
  try {
    return { value: readYaml(text) }
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error
    return { problem: { file: name, message: `is not YAML: ${error.message.replace(/^yaml: /, '')}` } }
  }
}
