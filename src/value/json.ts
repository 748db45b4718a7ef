/**
 * JSON text and values, exactly: no number loses a digit.
 *
 * Sets have no JSON form and are written as arrays in ascending order; keys that are no strings are written as their JSON
 * text, as OPA does: inside such a key the escapes for the web are part of the name.
 */
import { compareStrings } from './compare.js'
import { ValueSyntaxError, readValue } from './reader.js'
import type { RegoValue } from './value.js'
import { type TextStyle, writeValue } from './writer.js'

/** The value that a JSON text spells; throws `ValueSyntaxError`. */
export function parseJson(text: string): RegoValue {
  return readValue(text, 'json')
}

/** Whether a text is JSON, whatever the size of its numbers. */
export function isJson(text: string): boolean {
  try {
    readValue(text, 'json', () => true)
    return true
  } catch (error) {
    if (error instanceof ValueSyntaxError) return false
    throw error
  }
}

/** JSON text without white space. */
export function writeJson(value: RegoValue): string {
  return writeValue(value, PLAIN)
}

/** JSON text as Go's encoder writes it for the web: `<`, `>` and `&` are escaped. */
export function writeHtmlSafeJson(value: RegoValue): string {
  return writeValue(value, HTML_SAFE)
}

/** Entries with their keys as text, ascending. Of keys with the same text the greatest stays. */
export function jsonEntries(
  entries: readonly (readonly [RegoValue, RegoValue])[],
): readonly (readonly [key: string, value: RegoValue])[] {
  if (entries.every((entry): entry is readonly [string, RegoValue] => typeof entry[0] === 'string')) return entries
  const byText = new Map(entries.map(([key, value]) => [typeof key === 'string' ? key : writeHtmlSafeJson(key), value]))
  return [...byText].sort(([a], [b]) => compareStrings(a, b))
}

const ESCAPED = /["\\\u0000-\u001f\u2028\u2029\p{Surrogate}]/gu
const ESCAPED_IN_HTML = /["\\\u0000-\u001f\u2028\u2029<>&\p{Surrogate}]/gu
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escapeChar(char: string): string {
  const short = SHORT_ESCAPES[char]
  if (short !== undefined) return short
  const code = char.charCodeAt(0)
  return code >= 0xd800 && code <= 0xdfff ? '\\ufffd' : `\\u${code.toString(16).padStart(4, '0')}`
}

function quoteWith(escaped: RegExp): (text: string) => string {
  return (text) => `"${text.replace(escaped, escapeChar)}"`
}

function jsonStyle(quote: (text: string) => string): TextStyle {
  return {
    quote,
    comma: ',',
    colon: ':',
    set: { open: '[', close: ']', empty: '[]' },
    entries: jsonEntries,
  }
}

const PLAIN = jsonStyle(quoteWith(ESCAPED))
const HTML_SAFE = jsonStyle(quoteWith(ESCAPED_IN_HTML))
