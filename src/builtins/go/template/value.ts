/**
 * Values of a template: what Go's JSON reader would make of the variables, and what literals and functions add.
 *
 * A number of the variables is a `json.Number`, which to a template is a string. `undefined` is what a missing key gives.
 */
import { writeJson } from '../../../value/json.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../../value/value.js'
import { failure } from '../../context.js'
import { formatFloat } from '../float-text.js'

export class JsonNumber {
  constructor(readonly text: string) {}
}

export type TemplateValue =
  undefined | null | boolean | string | bigint | number | JsonNumber | readonly TemplateValue[] | TemplateMap

export class TemplateMap {
  /** Ascending by key. */
  constructor(readonly entries: ReadonlyMap<string, TemplateValue>) {}
}

/** Characters that Go quotes in a way that JSON does not know. */
const UNQUOTABLE = /[\u0000-\u0007\u000b\u000e-\u001f\u007f]/

/**
 * A Rego value by way of its text, which is read as JSON: sets, objects with keys that are no strings, and strings with some
 * control characters cannot be read back.
 */
export function templateValue(value: RegoValue): TemplateValue {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return readableText(value)
  if (isArray(value)) return value.map(templateValue)
  if (value instanceof RegoSet) throw failure('invalid character in a set: sets have no JSON form')
  if (!(value instanceof RegoObject)) return new JsonNumber(value.text)
  return new TemplateMap(
    new Map(
      value.entries.map(([key, item]) => {
        if (typeof key !== 'string') throw failure(`invalid object key ${writeJson(key)}: not a string`)
        return [readableText(key), templateValue(item)]
      }),
    ),
  )
}

function readableText(text: string): string {
  if (UNQUOTABLE.test(text)) throw failure('invalid character in string escape code')
  return text
}

/** What an action writes: as `fmt.Fprint` does, with a text of its own for what is missing. */
export function printedText(value: TemplateValue): string {
  return value === undefined || value === null ? '<no value>' : nestedText(value)
}

/** As `%v` does. */
export function nestedText(value: TemplateValue): string {
  if (value === undefined || value === null) return '<nil>'
  if (typeof value === 'string') return value
  if (typeof value === 'number') return formatFloat(value, 'g', undefined)
  if (value instanceof JsonNumber) return value.text
  if (value instanceof TemplateMap) {
    return `map[${[...value.entries].map(([key, item]) => `${key}:${nestedText(item)}`).join(' ')}]`
  }
  if (typeof value === 'object') return `[${value.map(nestedText).join(' ')}]`
  return String(value)
}

/** Whether a condition holds: anything that is there and not empty. */
export function isTrue(value: TemplateValue): boolean {
  if (value instanceof JsonNumber) return value.text !== ''
  if (value instanceof TemplateMap) return value.entries.size > 0
  if (typeof value === 'object' && value !== null) return value.length > 0
  return Boolean(value)
}

/** Go's name of the type. */
export function typeOfValue(value: TemplateValue): string {
  if (value === undefined || value === null) return '<nil>'
  if (value instanceof JsonNumber) return 'json.Number'
  if (value instanceof TemplateMap) return 'map[string]interface {}'
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float64'
    default:
      return '[]interface {}'
  }
}
