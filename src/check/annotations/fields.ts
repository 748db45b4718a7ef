/**
 * The fields of a metadata block: how each is read, and the form in which policies see it.
 */
import { RegoObject, type RegoValue } from '../../value/value.js'
import { schemaEntry } from './schema.js'
import { FieldFault, timestamp, yamlValue } from './yaml-value.js'

/** Reads what YAML makes of a field; undefined stands for a field that is left out. */
type ReadField = (raw: unknown) => RegoValue | undefined

/** Fields in no particular order; `scope` is read apart from them, and others (`compile` too) are not shown to policies. */
export const FIELDS: ReadonlyMap<string, ReadField> = new Map<string, ReadField>([
  ['title', (raw) => text('title', raw) || undefined],
  ['description', (raw) => text('description', raw) || undefined],
  ['entrypoint', (raw) => flag('entrypoint', raw) || undefined],
  ['organizations', (raw) => notEmpty(list('organizations', raw).map((one) => text('organizations', one)))],
  ['related_resources', (raw) => notEmpty(list('related_resources', raw).map(relatedResource))],
  ['authors', (raw) => notEmpty(list('authors', raw).map(author))],
  ['schemas', (raw) => notEmpty(list('schemas', raw).map((one) => schemaEntry(one)))],
  ['custom', (raw) => freeMap('custom', raw)],
  ['labels', (raw) => freeMap('labels', raw)],
])

function text(field: string, raw: unknown): string {
  if (typeof raw === 'string') return raw
  if (raw === null || raw === undefined) return ''
  if (raw instanceof Map || Array.isArray(raw)) throw new FieldFault(`${field} must be a string`)
  return raw instanceof Date ? timestamp(raw) : String(raw)
}

/** YAML 1.2 has two booleans, but the older spellings are in use. */
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ...['yes', 'Yes', 'YES', 'y', 'Y', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'n', 'N', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])

function flag(field: string, raw: unknown): boolean {
  const value = FLAGS.get(raw)
  if (value === undefined) throw new FieldFault(`${field} must be true or false`)
  return value
}

function list(field: string, raw: unknown): readonly unknown[] {
  if (!Array.isArray(raw)) throw new FieldFault(`${field} must be a list`)
  return raw
}

function notEmpty(items: readonly RegoValue[]): readonly RegoValue[] | undefined {
  return items.length === 0 ? undefined : items
}

function freeMap(field: string, raw: unknown): RegoObject | undefined {
  if (!(raw instanceof Map)) throw new FieldFault(`${field} must be a map`)
  return raw.size === 0 ? undefined : (yamlValue(raw) as RegoObject)
}

function relatedResource(raw: unknown): RegoValue {
  const ref = raw instanceof Map ? raw.get('ref') : raw
  if (typeof ref !== 'string' || ref.trim() === '') {
    throw new FieldFault("invalid related-resource definition: 'ref' value required")
  }
  const url = ref.trim()
  const hasOddHost = /^[a-z][a-z0-9+.-]*:\/\/[^/]*\s/i.test(url)
  if (hasOddHost || url.startsWith(':')) throw new FieldFault(`invalid related-resource definition ${url}: not a URL`)
  const description = raw instanceof Map ? text('description', raw.get('description')) : ''
  return RegoObject.of([['ref', url], ...(description === '' ? [] : [['description', description] as const])])
}

function author(raw: unknown): RegoValue {
  const { name, email } = raw instanceof Map ? { name: raw.get('name'), email: raw.get('email') } : authorOf(raw)
  const entries = [['name', name] as const, ['email', email] as const].flatMap(([key, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [[key, value.trim()] as const] : [],
  )
  if (entries.length === 0) throw new FieldFault("invalid author definition: 'name' and/or 'email' values required")
  return RegoObject.of(entries)
}

/** `Name Surname <address>`, either part optional. */
function authorOf(raw: unknown): { readonly name: string; readonly email: string } {
  if (typeof raw !== 'string' || raw.trim() === '') throw new FieldFault('invalid author definition: author is an empty string')
  const match = /^(.*?)\s*<([^<>\s]*)>$/.exec(raw.trim())
  return match === null ? { name: raw.trim(), email: '' } : { name: match[1] as string, email: match[2] as string }
}
