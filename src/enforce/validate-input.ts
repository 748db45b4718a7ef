/**
 * Run-time validation of hook inputs by ajv: schemas are compiled once, at first use of a hook.
 */
import { Ajv, type ValidateFunction } from 'ajv'
import { INPUT_SCHEMAS, closeSchema } from './input-schema.js'
import type { HookName } from './points.js'

const compiled = new Map<string, ValidateFunction>()

/** Faults that are told one by one: a list of a million wrong members is not repeated in a reason. */
const MOST_TOLD = 20

/** What is wrong with an input, in one line with the JSON pointer of each fault; undefined if nothing is. */
export function inputFault(hook: HookName, input: unknown, os: 'linux' | 'windows', strict: boolean): string | undefined {
  const id = `${hook} ${os} ${strict}`
  let validate = compiled.get(id)
  if (validate === undefined) {
    const schema = INPUT_SCHEMAS[os][hook]
    validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(strict ? closeSchema(schema) : schema)
    compiled.set(id, validate)
  }
  if (validate(input)) return undefined
  const faults = (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const member = 'additionalProperty' in params ? ` (\`${String(params.additionalProperty)}\`)` : ''
    return `${instancePath || '/'}: ${message ?? 'is not valid'}${member}`
  })
  const distinct = [...new Set(faults)]
  const more = distinct.length - MOST_TOLD
  return [...distinct.slice(0, MOST_TOLD), ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}
