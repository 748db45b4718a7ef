/** `yaml.*`. */
import type { RegoValue } from '../../value/value.js'
import { BuiltinError, type FunctionTable } from '../context.js'
import { stringOf } from '../operand.js'
import { readYaml } from '../yaml/read-yaml.js'
import { writeYaml } from '../yaml/write-yaml.js'

export const YAML: FunctionTable = {
  'yaml.marshal': (_, value) => writeYaml(value as RegoValue),
  'yaml.unmarshal': (_, text) => readYaml(stringOf(text, 1)),
  'yaml.is_valid': (_, text) => typeof text === 'string' && isYaml(text),
}

function isYaml(text: string): boolean {
  try {
    readYaml(text)
    return true
  } catch (error) {
    if (error instanceof BuiltinError) return false
    throw error
  }
}
