/** The text of a structured policy. */
import { Source, locate } from '../source/source.js'
import { parseJson } from '../value/json.js'
import { ValueSyntaxError } from '../value/reader.js'
import type { RegoValue } from '../value/value.js'
import { jsonOfRego } from './json-value.js'
import type { OpenDoorPolicy, StructuredPolicy } from './policy.js'
import { PolicyError, asJson, policyFault } from './policy-error.js'
import { readStructured } from './structured.js'

/** Reads JSON text as a structured policy; a leading byte order mark is skipped. Throws `PolicyError`. */
export function documentAsStructured(text: string): StructuredPolicy | OpenDoorPolicy {
  const value = parseText(text.replace(/^\ufeff/, ''))
  return readStructured(asJson(() => jsonOfRego(value)))
}

function parseText(text: string): RegoValue {
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof ValueSyntaxError)) throw error
    const source = new Source('policy.json', text)
    const location = locate({ source, start: error.offset, end: Math.min(error.offset + 1, text.length) })
    throw new PolicyError([policyFault('json-syntax', { location }, error.message)])
  }
}
