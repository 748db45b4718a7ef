/** Strings: searching, cutting, joining, case. */
import { decodeUtf8, encodeUtf8, hasRawBytes, joinRawBytes } from '../../value/utf8.js'
import { RegoSet, type RegoValue, isArray, num } from '../../value/value.js'
import { codePointCount, codePointOffsets, sliceCodePoints } from '../code-points.js'
import { type Budget, BuiltinError, type FunctionTable, failure } from '../context.js'
import { lowerText, upperText } from '../go/letter-case.js'
import { indexOperand, objectOperand, stringOf, stringsOf, wrongType } from '../operand.js'

/** White space as Go's `unicode.IsSpace` has it. */
const SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/

/** How many characters that are written, are looked at in a search, or pairs of texts, are a unit of work. */
const CHARACTERS_PER_UNIT = 8
const SEARCHED_PER_UNIT = 64
const PAIRS_PER_UNIT = 16

export const STRINGS: FunctionTable = {
  concat: (_, delimiter, parts) => {
    const between = stringOf(delimiter, 1)
    return joinRawBytes(stringsOf(parts, 2).join(between))
  },
  contains: (context, text, part) => {
    const [whole, wanted] = [stringOf(text, 1), stringOf(part, 2)]
    context.spend?.(searchCost(whole, wanted))
    return whole.includes(wanted)
  },
  startswith: (_, text, part) => stringOf(text, 1).startsWith(stringOf(part, 2)),
  endswith: (_, text, part) => stringOf(text, 1).endsWith(stringOf(part, 2)),
  indexof: (context, text, part) => {
    const [whole, wanted] = [stringOf(text, 1), stringOf(part, 2)]
    context.spend?.(searchCost(whole, wanted))
    if (wanted === '') throw failure('empty search character')
    const at = whole.indexOf(wanted)
    return num(at === -1 ? -1 : codePointCount(whole.slice(0, at)))
  },
  indexof_n: (context, text, part) => {
    const [whole, wanted] = [stringOf(text, 1), stringOf(part, 2)]
    if (wanted === '') throw failure('empty search character')
    context.spend?.(searchCost(whole, wanted))
    const found: number[] = []
    for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + 1)) found.push(at)
    return codePointOffsets(whole, found).map(num)
  },
  substring: (_, text, offset, length) => {
    const whole = stringOf(text, 1)
    const from = indexOperand(offset, 2)
    const count = indexOperand(length, 3)
    if (from < 0) throw failure('negative offset')
    return sliceCodePoints(whole, from, count < 0 ? Number.POSITIVE_INFINITY : from + count)
  },
  split: (context, text, delimiter) => split(context, stringOf(text, 1), stringOf(delimiter, 2)),
  'strings.split_n': (context, text, delimiter, count) => {
    const pieces = split(context, stringOf(text, 1), stringOf(delimiter, 2))
    const wanted = indexOperand(count, 3)
    if (wanted === 0) return []
    return wanted > 0 ? pieces.slice(0, wanted) : pieces.slice(wanted)
  },
  replace: (context, text, old, replacement) =>
    replaceAll(context, stringOf(text, 1), [[stringOf(old, 2), stringOf(replacement, 3)]]),
  'strings.replace_n': (context, patterns, text) => {
    const pairs = objectOperand(patterns, 1).entries.map(([old, replacement]) => {
      if (typeof old !== 'string') throw patternFault('non-string key')
      if (typeof replacement !== 'string') throw patternFault('non-string value')
      return [old, replacement] as const
    })
    return replaceAll(context, stringOf(text, 2), pairs)
  },
  'strings.count': (context, text, part) => {
    const [whole, wanted] = [stringOf(text, 1), stringOf(part, 2)]
    context.spend?.(searchCost(whole, wanted))
    return num(wanted === '' ? codePointCount(whole) + 1 : whole.split(wanted).length - 1)
  },
  'strings.reverse': (_, text) => joinRawBytes(Array.from(stringOf(text, 1)).reverse().join('')),
  'strings.any_prefix_match': (context, search, base) => anyMatch(context, search, base, (text, part) => text.startsWith(part)),
  'strings.any_suffix_match': (context, search, base) => anyMatch(context, search, base, (text, part) => text.endsWith(part)),
  lower: (_, text) => lowerText(stringOf(text, 1)),
  upper: (_, text) => upperText(stringOf(text, 1)),
  trim: (_, text, cutset) => trimLeft(trimRight(stringOf(text, 1), stringOf(cutset, 2)), stringOf(cutset, 2)),
  trim_left: (_, text, cutset) => trimLeft(stringOf(text, 1), stringOf(cutset, 2)),
  trim_right: (_, text, cutset) => trimRight(stringOf(text, 1), stringOf(cutset, 2)),
  trim_prefix: (_, text, prefix) => {
    const [whole, part] = [stringOf(text, 1), stringOf(prefix, 2)]
    return whole.startsWith(part) ? whole.slice(part.length) : whole
  },
  trim_suffix: (_, text, suffix) => {
    const [whole, part] = [stringOf(text, 1), stringOf(suffix, 2)]
    return whole.endsWith(part) ? whole.slice(0, whole.length - part.length) : whole
  },
  trim_space: (_, text) => trimSpace(stringOf(text, 1)),
}

/** A search may compare the whole part at every place of the text. */
function searchCost(text: string, part: string): number {
  return (text.length * (part.length + 1)) / SEARCHED_PER_UNIT
}

function trimSpace(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && SPACE.test(text.charAt(start))) start++
  while (end > start && SPACE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function patternFault(found: string): BuiltinError {
  return new BuiltinError('eval_type_error', `operand 1 ${found} found in pattern object`)
}

function split(context: Budget, text: string, delimiter: string): string[] {
  context.spend?.(searchCost(text, delimiter))
  if (text === '' && delimiter === '') return []
  return delimiter === '' ? Array.from(text) : text.split(delimiter)
}

/**
 * Replaces in one pass; where several old strings begin at a place, the first of the list counts. An empty one matches
 * before each byte that no other begins at, and at the end.
 */
function replaceAll(
  context: Budget,
  text: string,
  pairs: readonly (readonly [old: string, replacement: string])[],
): string {
  for (const [old] of pairs) context.spend?.(searchCost(text, old))
  if (pairs.some(([old]) => old === '')) return replaceBytes(context, text, pairs)
  const byFirst = new Map<string, (readonly [string, string])[]>()
  for (const pair of pairs) {
    const first = pair[0].charAt(0)
    const others = byFirst.get(first)
    if (others === undefined) byFirst.set(first, [pair])
    else others.push(pair)
  }
  const out: string[] = []
  let from = 0
  for (let at = 0; at < text.length;) {
    const pair = byFirst.get(text.charAt(at))?.find(([old]) => text.startsWith(old, at))
    if (pair === undefined) {
      at++
      continue
    }
    context.spend?.(pair[1].length / CHARACTERS_PER_UNIT)
    out.push(text.slice(from, at), pair[1])
    at += pair[0].length
    from = at
  }
  out.push(text.slice(from))
  return joinRawBytes(out.join(''))
}

function replaceBytes(context: Budget, text: string, pairs: readonly (readonly [old: string, replacement: string])[]): string {
  const toUnits = (part: string): string => Array.from(encodeUtf8(part), (byte) => String.fromCharCode(byte)).join('')
  const whole = toUnits(text)
  const units = pairs.map(([old, replacement]) => [toUnits(old), toUnits(replacement)] as const)
  const out: string[] = []
  let wasEmpty = false
  for (let at = 0; at <= whole.length;) {
    const pair = units.find(([old]) => (old === '' ? !wasEmpty : whole.startsWith(old, at)))
    if (pair !== undefined) {
      context.spend?.(pair[1].length / CHARACTERS_PER_UNIT)
      out.push(pair[1])
      wasEmpty = pair[0] === ''
      at += pair[0].length
      if (!wasEmpty) continue
      if (at < whole.length && units.some(([old]) => old !== '' && whole.startsWith(old, at))) continue
    }
    wasEmpty = false
    out.push(whole.charAt(at++))
  }
  return decodeUtf8(Uint8Array.from(out.join(''), (unit) => unit.charCodeAt(0)))
}

function trimLeft(text: string, cutset: string): string {
  const cut = cutter(cutset)
  let at = 0
  for (const char of text) {
    if (!cut(char)) break
    at += char.length
  }
  return text.slice(at)
}

function trimRight(text: string, cutset: string): string {
  const cut = cutter(cutset)
  const chars = Array.from(text)
  let length = text.length
  for (let char = chars.pop(); char !== undefined && cut(char); char = chars.pop()) length -= char.length
  return text.slice(0, length)
}

/** Whether to cut a character off. To Go, bytes that are not UTF-8 are all U+FFFD here. */
function cutter(cutset: string): (char: string) => boolean {
  const cut = new Set(Array.from(cutset, plainChar))
  return (char) => cut.has(plainChar(char))
}

function plainChar(char: string): string {
  return hasRawBytes(char) ? '\ufffd' : char
}

function anyMatch(
  context: Budget,
  search: RegoValue | undefined,
  base: RegoValue | undefined,
  matches: (text: string, part: string) => boolean,
): boolean {
  const texts = oneOrMore(search, 1)
  const parts = oneOrMore(base, 2)
  context.spend?.((texts.length * parts.length) / PAIRS_PER_UNIT)
  return texts.some((text) => parts.some((part) => matches(text, part)))
}

function oneOrMore(value: RegoValue | undefined, place: number): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof RegoSet || (value !== undefined && isArray(value))) return stringsOf(value, place)
  throw wrongType(value, place, 'string', 'set', 'array')
}
