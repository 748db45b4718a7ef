/**
 * Value text: how OPA prints terms, and how arguments and results travel between a policy module and its host.
 *
 * `{1, 2}` is a set, `set()` the empty one, `{1: "a"}` an object; strings are quoted as Go quotes them, so that raw bytes
 * (see `utf8.ts`) keep their identity.
 */
import { readValue } from './reader.js'
import { AFTER_UNICODE_15 } from './unicode.js'
import { hasRawBytes } from './utf8.js'
import type { RegoValue } from './value.js'
import { type TextStyle, writeValue } from './writer.js'

/** The text of a value, strings quoted. */
export function writeValueText(value: RegoValue): string {
  return writeValue(value, VALUE_TEXT)
}

/** The text of a value as messages and templates show it: a string on its own stands bare. */
export function displayValue(value: RegoValue): string {
  return typeof value === 'string' ? value : writeValueText(value)
}

/** The value that a text spells: value text, hence JSON too; throws `ValueSyntaxError`. */
export function parseValueText(text: string): RegoValue {
  return readValue(text, 'text')
}

/** Quotes as Go's `%q` does: what does not print is escaped. */
export function quoteText(text: string): string {
  return `"${text.replace(UNPRINTABLE, escapeChar)}"`
}

/** Quotes as Go's `%+q` does: everything beyond ASCII is escaped. */
export function quoteAsciiText(text: string): string {
  return `"${text.replace(UNPRINTABLE_OR_WIDE, escapeChar)}"`
}

/**
 * Everything but letters, marks, numbers, punctuation, symbols and the plain space; quote, backslash and characters that
 * OPA does not know yet besides.
 */
const UNPRINTABLE = new RegExp(`[^\\p{L}\\p{M}\\p{N}\\p{P}\\p{S} ]|["\\\\]|[${AFTER_UNICODE_15}]`, 'gu')
const UNPRINTABLE_OR_WIDE = /[^ -~]|["\\]/gu

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

function escapeChar(char: string): string {
  const short = SHORT_ESCAPES[char]
  if (short !== undefined) return short
  const code = char.codePointAt(0) as number
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0')
  if (hasRawBytes(char)) return code >= 0xdc80 && code <= 0xdcff ? `\\x${hex(code - 0xdc00, 2)}` : '\\ufffd'
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`
}

const VALUE_TEXT: TextStyle = {
  quote: quoteText,
  comma: ', ',
  colon: ': ',
  set: { open: '{', close: '}', empty: 'set()' },
  entries: (entries) => entries,
}
