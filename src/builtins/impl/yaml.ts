/** `yaml.*`. */
import type { RegoValue } from '../../value/value.js'
import { BuiltinError, type FunctionTable } from '../context.js'
import { stringOf } from '../operand.js'
import { readYaml } from '../yaml/read-yaml.js'
import { writeYaml } from '../yaml/write-yaml.js'

/** Reading YAML takes longer than reading values: so many characters are a unit of work. */
const CHARACTERS_PER_UNIT = 2

export const YAML: FunctionTable = {
  'yaml.marshal': (_, value) => writeYaml(value as RegoValue),
  'yaml.unmarshal': ({ spend }, text) => {
    const whole = stringOf(text, 1)
    spend?.(whole.length / CHARACTERS_PER_UNIT)
    return readYaml(whole)
  },
  'yaml.is_valid': ({ spend }, text) => {
    if (typeof text !== 'string') return false
    spend?.(text.length / CHARACTERS_PER_UNIT)
    return isYaml(text)
  },
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
