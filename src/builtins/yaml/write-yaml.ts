/** Values as YAML text, in the layout of Go's YAML: block style, two spaces, keys in natural order, quotes where needed. */
import { jsonEntries, writeHtmlSafeJson } from '../../value/json.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../value/value.js'
import { failure } from '../context.js'
import { FORBIDDEN, MAX_KEY_LENGTH } from './read-yaml.js'
import { scalarText } from './scalar-text.js'
import { compareNaturally } from './natural-order.js'

/** The text of one document, with a line break at its end. */
export function writeYaml(value: RegoValue): string {
  const out: string[] = []
  write(value, 0, out)
  return `${out.join('').replace(/^[ \n]/, '')}${isAtLineStart(out) ? '' : '\n'}`
}

/**
 * Writes a value after a `:` or `-`: scalars and empty collections after a blank on the same line, collections on lines of
 * their own, `indent` blanks to the right.
 */
function write(value: RegoValue, indent: number, out: string[]): void {
  const items = itemsOf(value)
  if (items !== undefined) return writeItems(items, indent, out)
  if (value instanceof RegoObject) return writeEntries(value, indent, out)
  out.push(' ', scalarText(typeof value === 'string' ? folded(checked(value)) : value, Math.max(indent, 2)))
}

function writeItems(items: readonly RegoValue[], indent: number, out: string[]): void {
  if (items.length === 0) {
    out.push(' []')
    return
  }
  for (const item of items) {
    startLine(indent, out)
    out.push('-')
    writeBeside(item, indent + 2, out)
  }
}

function writeEntries(object: RegoObject, indent: number, out: string[]): void {
  if (object.size === 0) {
    out.push(' {}')
    return
  }
  for (const [key, value] of [...jsonEntries(object.entries)].sort(([a], [b]) => compareNaturally(a, b))) {
    refuseKey(key)
    startLine(indent, out)
    if (isSimpleKey(key)) {
      out.push(scalarText(key, undefined), ':')
      write(value, indent + 2, out)
    } else {
      out.push('? ', scalarText(key, indent + 2))
      startLine(indent, out)
      out.push(':')
      writeBeside(value, indent + 2, out)
    }
  }
}

/** Writes a collection so that it begins on the line of its dash. */
function writeBeside(value: RegoValue, indent: number, out: string[]): void {
  if (!isBlock(value)) return write(value, indent, out)
  const inner: string[] = []
  write(value, indent, inner)
  out.push(' ', inner.join('').replace(/^\n */, ''))
}

/** What Go's YAML is given is JSON, which it reads as YAML: of control characters it takes those that JSON escapes, … */
function checked(text: string): string {
  if (FORBIDDEN.test(text.replace(/[\u0000-\u001f]/g, ''))) throw failure('yaml: control characters are not allowed')
  return text
}

/** … old breaks of lines are folded … */
function folded(text: string): string {
  return text.replace(/ *\u0085(?: *\u0085)* */g, (breaks) => {
    const count = breaks.replaceAll(' ', '').length
    return count === 1 ? ' ' : '\n'.repeat(count - 1)
  })
}

/** … and a key must be short, and on one line. */
function refuseKey(key: string): void {
  checked(key)
  const isLong = key.length * 6 + 2 > MAX_KEY_LENGTH && [...writeHtmlSafeJson(key)].length > MAX_KEY_LENGTH
  if (isLong || key.includes('\u0085')) throw failure("yaml: did not find expected ',' or '}'")
}

/** Keys over several lines and long ones are announced by a question mark. */
function isSimpleKey(key: string): boolean {
  return key.length <= 128 && !/[\n\r\u2028\u2029]/.test(key)
}

function startLine(indent: number, out: string[]): void {
  if (!isAtLineStart(out)) out.push('\n')
  out.push(' '.repeat(indent))
}

const isAtLineStart = (out: readonly string[]): boolean => /[\n\u2028\u2029]$/.test(out.at(-1) ?? '')

function itemsOf(value: RegoValue): readonly RegoValue[] | undefined {
  if (value instanceof RegoSet) return value.items
  return isArray(value) ? value : undefined
}

function isBlock(value: RegoValue): boolean {
  const items = itemsOf(value)
  return items === undefined ? value instanceof RegoObject && value.size > 0 : items.length > 0
}
