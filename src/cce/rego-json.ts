/**
 * JSON as it stands inside of Rego text: compact, and as Go writes it for the web, so that our texts are those of the
 * reference to the byte. Text is always double-quoted and escaped; nothing an author writes ends its literal.
 */
import { compareStrings } from '../value/compare.js'
import type { JsonValue } from './json-value.js'

/**
 * The characters that JavaScript leaves alone and Go does not, and the byte order mark, which Rego takes in no other form.
 * All of them only occur inside of strings.
 */
const ESCAPED = /[<>&\u2028\u2029\ufeff]/g

/** A value that has no objects, or only ones whose members are in order already. */
export function compactJson(value: JsonValue): string {
  return JSON.stringify(value).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** An object with its members in the order given; those that are undefined are left out. */
export function compactObject(members: readonly (readonly [name: string, json: string | undefined])[]): string {
  const written = members.filter(([, json]) => json !== undefined).map(([name, json]) => `${compactJson(name)}:${json}`)
  return `{${written.join(',')}}`
}

export function compactList<Item>(items: readonly Item[], write: (item: Item) => string): string {
  return `[${items.map(write).join(',')}]`
}

/** Any value, the members of objects by name. */
export function sortedJson(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return compactJson(value)
  if (Array.isArray(value)) return compactList(value as readonly JsonValue[], sortedJson)
  const members = Object.entries(value).sort(([a], [b]) => compareStrings(a, b))
  return compactObject(members.map(([name, member]) => [name, sortedJson(member as JsonValue)] as const))
}
