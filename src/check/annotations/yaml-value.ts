/**
 * What YAML makes of a text, as a value.
 */
import { numberOf } from '../../value/number.js'
import { RegoObject, type RegoValue, num } from '../../value/value.js'

/** What is wrong with a field, in words. */
export class FieldFault extends Error {}

/** How deep lists and maps may nest. */
const MAX_NESTING = 200

/** Free-form YAML as a value: keys become strings, times RFC 3339 text. */
export function yamlValue(raw: unknown, depth = 0): RegoValue {
  if (depth > MAX_NESTING) throw new FieldFault(`nested more than ${MAX_NESTING} deep`)
  if (raw === null || raw === undefined) return null
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw
  if (typeof raw === 'bigint') return num(raw)
  if (typeof raw === 'number') {
    if (!Number.isFinite(raw)) throw new FieldFault(`${raw} is no number of JSON`)
    return numberOf(String(raw))
  }
  if (raw instanceof Date) return timestamp(raw)
  if (Array.isArray(raw)) return raw.map((item) => yamlValue(item, depth + 1))
  if (raw instanceof Map)
    return RegoObject.of([...raw].map(([key, value]) => [keyText(key), yamlValue(value, depth + 1)] as const))
  throw new FieldFault('a value has no form in JSON')
}

function keyText(raw: unknown): string {
  return raw instanceof Date ? timestamp(raw) : String(raw)
}

export function timestamp(time: Date): string {
  if (Number.isNaN(time.getTime())) throw new FieldFault('a time that there is not')
  return time.toISOString().replace(/\.?0*Z$/, 'Z')
}
