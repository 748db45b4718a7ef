/** The functions that every template has. */
import { encodeUtf8, decodeUtf8 } from '../../../value/utf8.js'
import { quoteText } from '../../../value/text.js'
import { compareStrings } from '../../../value/compare.js'
import { type GoArgument, formatGo } from '../format.js'
import { fault } from './token.js'
import { JsonNumber, TemplateMap, type TemplateValue, isTrue, nestedText, printedText, typeOfValue } from './value.js'
import { escapeQuery } from '../../impl/encoding.js'

type TemplateFunction = (...args: TemplateValue[]) => TemplateValue

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  not: (value) => !isTrue(value),
  len: (value) => {
    const text = textOf(value)
    if (text !== undefined) return BigInt(encodeUtf8(text).length)
    if (value instanceof TemplateMap) return BigInt(value.entries.size)
    if (Array.isArray(value)) return BigInt(value.length)
    throw calling('len', `len of type ${typeOfValue(value)}`)
  },
  index: (value, ...keys) => keys.reduce<TemplateValue>(indexInto, value),
  slice: (value, from = 0n, to = undefined) => sliceOf(value, from, to),
  print: (...args) => sprint(args),
  println: (...args) => `${args.map(nestedText).join(' ')}\n`,
  printf: (format, ...args) => {
    if (typeof format !== 'string') throw calling('printf', 'the format is no string')
    return formatGo(format, args.map(goArgument))
  },
  html: (...args) => sprint(args).replace(/[\0"'&<>]/g, (char) => HTML_ESCAPES[char] as string),
  js: (...args) => escapeJs(sprint(args)),
  urlquery: (...args) => escapeQuery(sprint(args)),
  call: (value) => {
    throw calling('call', `non-function of type ${typeOfValue(value)}`)
  },
  eq: (value, ...others) => {
    if (others.length === 0) throw calling('eq', 'missing argument for comparison')
    return others.some((other) => isEqual('eq', value, other))
  },
  ne: (a, b) => !isEqual('ne', a, b),
  lt: (a, b) => compare('lt', a, b) < 0,
  le: (a, b) => compare('le', a, b) <= 0,
  gt: (a, b) => compare('gt', a, b) > 0,
  ge: (a, b) => compare('ge', a, b) >= 0,
}

/** `and` and `or` look at no more arguments than they need; the evaluator knows them. */
export const FUNCTION_NAMES: ReadonlySet<string> = new Set([...Object.keys(FUNCTIONS), 'and', 'or'])

/** How many arguments a function takes, at least and at most. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  not: [1, 1],
  len: [1, 1],
  slice: [1, 3],
  ne: [2, 2],
  lt: [2, 2],
  le: [2, 2],
  gt: [2, 2],
  ge: [2, 2],
}

export function callFunction(name: string, args: readonly TemplateValue[]): TemplateValue {
  const [least, most] = ARITY[name] ?? [name.startsWith('print') && name !== 'printf' ? 0 : 1, Number.POSITIVE_INFINITY]
  if (args.length < least || args.length > most) throw fault(`wrong number of args for ${name}: got ${args.length}`)
  return (FUNCTIONS[name] as TemplateFunction)(...args)
}

function calling(name: string, message: string): Error {
  return fault(`error calling ${name}: ${message}`)
}

/** The text of what Go takes for a string. */
function textOf(value: TemplateValue): string | undefined {
  return typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : undefined
}

function indexInto(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (value instanceof TemplateMap) {
    const name = textOf(key)
    if (name === undefined) throw calling('index', `value has type ${typeOfValue(key)}; should be string`)
    return value.entries.get(name)
  }
  if (value === undefined || value === null) throw calling('index', 'index of untyped nil')
  if (typeof key !== 'bigint') throw calling('index', `cannot index slice/array with type ${typeOfValue(key)}`)
  const text = textOf(value)
  const items = text === undefined ? value : [...encodeUtf8(text)].map(BigInt)
  if (!Array.isArray(items)) throw calling('index', `can't index item of type ${typeOfValue(value)}`)
  if (key < 0n || key >= BigInt(items.length)) throw calling('index', `index out of range: ${key}`)
  return items[Number(key)] as TemplateValue
}

function sliceOf(value: TemplateValue, from: TemplateValue, to: TemplateValue): TemplateValue {
  const text = textOf(value)
  const bytes = text === undefined ? undefined : encodeUtf8(text)
  const items = bytes ?? value
  if (bytes === undefined && !Array.isArray(items)) throw calling('slice', `can't slice item of type ${typeOfValue(value)}`)
  const length = (items as { length: number }).length
  const end = to ?? BigInt(length)
  if (typeof from !== 'bigint' || typeof end !== 'bigint' || from < 0n || end < from || end > BigInt(length)) {
    throw calling('slice', 'index out of range')
  }
  if (bytes !== undefined) return decodeUtf8(bytes.subarray(Number(from), Number(end)))
  return (items as readonly TemplateValue[]).slice(Number(from), Number(end))
}

/** As `fmt.Sprint`: blanks between operands that are both no strings. */
function sprint(args: readonly TemplateValue[]): string {
  return args
    .map((value, at) => {
      const before = args[at - 1]
      const isApart = at > 0 && typeof value !== 'string' && typeof before !== 'string'
      return `${isApart ? ' ' : ''}${value === undefined ? printedText(value) : nestedText(value)}`
    })
    .join('')
}

function goArgument(value: TemplateValue): GoArgument {
  if (typeof value === 'bigint') return { kind: 'int64', value, type: 'int' }
  if (typeof value === 'number') return { kind: 'float64', value }
  return { kind: 'string', value: nestedText(value), type: typeOfValue(value) }
}

function isEqual(name: string, a: TemplateValue, b: TemplateValue): boolean {
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? null) === (b ?? null)
  for (const value of [a, b]) {
    if (typeof value === 'object' && !(value instanceof JsonNumber)) {
      throw calling(name, `non-comparable type ${nestedText(value)}: ${typeOfValue(value)}`)
    }
  }
  requireSameKind(name, a, b)
  return (textOf(a) ?? a) === (textOf(b) ?? b)
}

function compare(name: string, a: TemplateValue, b: TemplateValue): number {
  requireSameKind(name, a, b)
  const [left, right] = [textOf(a), textOf(b)]
  if (left !== undefined && right !== undefined) return compareStrings(left, right)
  if ((typeof a === 'bigint' || typeof a === 'number') && (typeof b === 'bigint' || typeof b === 'number')) {
    return a < b ? -1 : a > b ? 1 : 0
  }
  throw calling(name, 'invalid type for comparison')
}

function requireSameKind(name: string, a: TemplateValue, b: TemplateValue): void {
  const kind = (value: TemplateValue): string => (value instanceof JsonNumber ? 'string' : typeof value)
  if (kind(a) !== kind(b)) throw calling(name, `incompatible types for comparison: ${typeOfValue(a)} and ${typeOfValue(b)}`)
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

function escapeJs(text: string): string {
  return text.replace(/[\\'"<>&=]|[^ -~]/gu, (char) => {
    if (char === '\\' || char === "'" || char === '"') return `\\${char}`
    const code = char.codePointAt(0) as number
    const isPrintable = code > 0x7f && !quoteText(char).startsWith('"\\')
    return isPrintable ? char : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
  })
}
