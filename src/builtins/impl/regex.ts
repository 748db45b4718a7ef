/** `regex.*`: matching, finding, splitting and replacing. */
import { encodeUtf8, joinRawBytes } from '../../value/utf8.js'
import { type BuiltinContext, BuiltinError, type FunctionTable, type HostFunction, failure } from '../context.js'
import { globsIntersect } from '../globs-intersect.js'
import { indexOperand, stringOf } from '../operand.js'
import { type Match, compilePattern, findMatches, groupText, hasMatch } from '../regex-pattern.js'

/** Characters of a result that are a unit of work. */
const CHARACTERS_PER_UNIT = 8

const match: HostFunction = (context, pattern, text) => hasMatch(stringOf(pattern, 1), stringOf(text, 2), context)

export const REGEX: FunctionTable = {
  'regex.match': match,
  re_match: match,
  'regex.is_valid': (context, pattern) => {
    if (typeof pattern !== 'string') return false
    try {
      compilePattern(pattern, context)
      return true
    } catch (error) {
      if (error instanceof BuiltinError) return false
      throw error
    }
  },
  'regex.find_n': (context, pattern, text, limit) => {
    const [expression, whole] = [stringOf(pattern, 1), stringOf(text, 2)]
    return findMatches(expression, whole, indexOperand(limit, 3), context).map((found) => groupText(whole, found, 0))
  },
  'regex.find_all_string_submatch_n': (context, pattern, text, limit) => {
    const [expression, whole] = [stringOf(pattern, 1), stringOf(text, 2)]
    return findMatches(expression, whole, indexOperand(limit, 3), context).map((found) =>
      found.map((_group, at) => groupText(whole, found, at)),
    )
  },
  'regex.split': (context, pattern, text) => split(stringOf(pattern, 1), stringOf(text, 2), context),
  'regex.replace': (context, text, pattern, replacement) => {
    const [whole, expression, template] = [stringOf(text, 1), stringOf(pattern, 2), stringOf(replacement, 3)]
    const { names } = compilePattern(expression, context)
    const out: string[] = []
    let from = 0
    for (const found of findMatches(expression, whole, -1, context)) {
      const [start, end] = found[0] as readonly [number, number]
      const fresh = expand(template, whole, found, names)
      context.spend?.(fresh.length / CHARACTERS_PER_UNIT)
      out.push(whole.slice(from, start), fresh)
      from = end
    }
    out.push(whole.slice(from))
    return joinRawBytes(out.join(''))
  },
  'regex.template_match': (context, template, text, open, close) => {
    const [whole, value] = [stringOf(template, 1), stringOf(text, 2)]
    const [start, end] = [stringOf(open, 3), stringOf(close, 4)]
    checkDelimiter(start, 'start')
    checkDelimiter(end, 'end')
    return hasMatch(templatePattern(context, whole, start, end), value, context)
  },
  'regex.globs_match': (context, left, right) => globsIntersect(stringOf(left, 1), stringOf(right, 2), context),
}

function split(pattern: string, text: string, context: BuiltinContext): string[] {
  const matches = findMatches(pattern, text, -1, context)
  if (pattern !== '' && text === '') return ['']
  const pieces: string[] = []
  let from = 0
  let to = 0
  for (const found of matches) {
    const [start, end] = found[0] as readonly [number, number]
    to = start
    if (end !== 0) pieces.push(text.slice(from, start))
    from = end
  }
  if (to !== text.length) pieces.push(text.slice(from))
  return pieces
}

/** Replaces `$1`, `$name` and `${name}` by what groups matched and `$$` by `$`, as Go's `Expand` does. */
function expand(template: string, text: string, match: Match, names: ReadonlyMap<string, readonly number[]>): string {
  if (!template.includes('$')) return template
  return template.replace(/\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (whole, bare?: string, braced?: string) => {
    const name = bare ?? braced
    if (name === undefined) return whole.slice(1)
    const groups = /^(?:0|[1-9][0-9]{0,7})$/.test(name) ? [Number(name)] : (names.get(name) ?? [])
    const taken = groups.find((group) => (match[group]?.[0] ?? -1) >= 0)
    return taken === undefined ? '' : groupText(text, match, taken)
  })
}

/** One character, that is: one byte. */
function checkDelimiter(text: string, which: 'start' | 'end'): void {
  const { length } = encodeUtf8(text)
  if (length !== 1) throw failure(`${which} delimiter has to be exactly one character long but is ${length} long`)
}

/** Text outside of the delimiters stands for itself, inside is a regular expression; delimiters nest. */
function templatePattern(context: BuiltinContext, template: string, open: string, close: string): string {
  const out = ['^']
  let depth = 0
  let from = 0
  let at = 0
  for (const char of template) {
    if (char === open && depth++ === 0) {
      out.push(quote(template.slice(from, at)))
      from = at + char.length
    } else if (char === close) {
      if (--depth < 0) throw unbalanced(template)
      if (depth === 0) {
        const part = template.slice(from, at)
        compilePattern(`^${part}$`, context)
        out.push(`(${part})`)
        from = at + char.length
      }
    }
    at += char.length
  }
  if (depth !== 0) throw unbalanced(template)
  out.push(quote(template.slice(from)), '$')
  return out.join('')
}

function unbalanced(template: string): Error {
  return failure(`unbalanced braces in ${JSON.stringify(template)}`)
}

function quote(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}
