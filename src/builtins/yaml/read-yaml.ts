/**
 * YAML text to values. The `yaml` package gives the tree of the first document; what plain scalars mean is decided here, as
 * Go's YAML does: `yes` is a string, `017` and `0o17` are octal, dates are strings.
 */
import { type CST, type Document, type ParsedNode, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { decodeBase64 } from '../../value/base64.js'
import { decodeUtf8 } from '../../value/utf8.js'
import { numberOf } from '../../value/number.js'
import { RegoObject, type RegoValue, isArray, num, typeNameOf } from '../../value/value.js'
import { failure } from '../context.js'

/** Nodes that aliases may unfold to; more is taken for an attack. */
const MAX_NODES = 1_000_000

/** Characters from the beginning of a key to its colon, where no question mark announces the key. */
export const MAX_KEY_LENGTH = 1024

/** Characters that YAML text may not have. */
export const FORBIDDEN = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

const READING = {
  schema: 'failsafe',
  uniqueKeys: false,
  logLevel: 'silent',
  prettyErrors: false,
  keepSourceTokens: true,
} as const

/** Text in double quotes with no escape that Go does not know: neither a slash nor half a surrogate pair. */
const KNOWN_ESCAPES = /^(?:[^\\]|\\(?![/]|[uU]0{0,4}[dD][89a-fA-F][0-9a-fA-F]{2})[^])*$/

/** Text in double quotes whose last quote is not escaped. */
const CLOSED_QUOTES = /^"(?:[^"\\]|\\[^])*"$/

/** A document that ends before it has begun. */
const ENDS_AT_ONCE = /^(?:[ \t]*(?:#.*)?\n)*\.\.\.(?:\s|$)/

/** Whether there is nothing but white space and comments: then no line may begin with a tab. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^[ \t]*(#.*)?$/.test(line))
}

/** The value of the first document of a text; malformed text is a builtin error. */
export function readYaml(raw: string): RegoValue {
  // Breaks of old systems are breaks in YAML 1.1.
  const text = raw.replace(/\r\n?|\u0085/g, '\n').replace(/^\ufeff/, '')
  if (FORBIDDEN.test(text)) throw failure('yaml: control characters are not allowed')
  if (/^(?:%.*\n)*%(?!YAML 1\.1\s*$|TAG\s)/m.test(text) && text.startsWith('%')) {
    throw failure('yaml: found unknown directive name')
  }
  if (isBlank(text) && /^ *\t/m.test(text)) throw failure('yaml: found character that cannot start any token')
  if (ENDS_AT_ONCE.test(text)) throw failure('yaml: did not find expected node content')
  const documents = parseAllDocuments(text, READING)
  const document = documents[0]
  if (document === undefined) return null
  const fault = documents.flatMap(({ errors }) => errors)[0]
  if (fault !== undefined) throw failure(`yaml: ${fault.message}`)
  if (documents.slice(1).some(({ directives }) => directives.docStart !== true)) {
    throw failure('yaml: did not find expected <document start>')
  }
  return new TreeReader(document, text).value(document.contents)
}

type Node = ParsedNode | null

class TreeReader {
  readonly #document: Document.Parsed
  readonly #text: string
  /** Values of anchored nodes, and what each weighs with its aliases unfolded. */
  readonly #known = new Map<unknown, { readonly value: RegoValue; readonly nodes: number }>()
  #nodes = 0

  constructor(document: Document.Parsed, text: string) {
    this.#document = document
    this.#text = text
  }

  value(node: Node): RegoValue {
    if (++this.#nodes > MAX_NODES) throw failure('yaml: document contains excessive aliasing')
    if (node === null) return null
    if (isAlias(node)) return this.#alias(node)
    const before = this.#nodes
    const value = this.#plain(node)
    if (node.anchor !== undefined) this.#known.set(node, { value, nodes: this.#nodes - before })
    return value
  }

  #alias(node: Extract<Node, { source: string; resolve: unknown }>): RegoValue {
    const target = isAlias(node) ? node.resolve(this.#document) : undefined
    const known = this.#known.get(target)
    if (known === undefined) throw failure(`yaml: unknown anchor '${String(node.source)}' referenced`)
    this.#nodes += known.nodes
    if (this.#nodes > MAX_NODES) throw failure('yaml: document contains excessive aliasing')
    return known.value
  }

  #plain(node: Exclude<Node, null>): RegoValue {
    if (isSeq<ParsedNode>(node)) {
      return node.items.map((item) => (isPair<ParsedNode, Node>(item) ? this.#map([item]) : this.value(item)))
    }
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      if (node.srcToken?.type === 'flow-collection') refuseKeys(node.srcToken.items, this.#text)
      return this.#map(node.items)
    }
    if (!isScalar(node)) return null
    const token = node.srcToken
    if (token?.type === 'double-quoted-scalar') {
      if (!CLOSED_QUOTES.test(token.source)) throw failure('yaml: found unexpected end of stream')
      if (!KNOWN_ESCAPES.test(token.source)) throw failure('yaml: found unknown escape character')
    }
    const source = typeof node.value === 'string' ? node.value : (node.source ?? '')
    const isCutOff = node.type?.startsWith('BLOCK_') === true && node.range[1] >= this.#text.length && !this.#text.endsWith('\n')
    // Where the text ends inside of a block the line has no break at its end.
    return scalarValue(isCutOff ? source.replace(/\n$/, '') : source, node.tag, node.type === 'PLAIN' || node.type === undefined)
  }

  #map(pairs: readonly { readonly key: ParsedNode; readonly value: ParsedNode | null }[]): RegoValue {
    const own: [RegoValue, RegoValue][] = []
    const merged: (readonly [RegoValue, RegoValue])[] = []
    for (const { key, value } of pairs) {
      if (isScalar(key) && key.value === '<<' && key.type === 'PLAIN') merged.unshift(...mergedEntries(this.value(value)))
      else own.push([keyText(this.value(key)), this.value(value)])
    }
    return RegoObject.of([...merged, ...own])
  }
}

/** Keys within braces must be short, and on one line with their colon. (The package sees to keys elsewhere.) */
function refuseKeys(items: CST.FlowCollection['items'], text: string): void {
  for (const { start, key, sep } of items) {
    const colon = sep?.find(({ type }) => type === 'map-value-ind')
    if (key == null || colon === undefined || start.some(({ type }) => type === 'explicit-key-ind')) continue
    const written = text.slice(key.offset, colon.offset)
    const isLong = written.length > MAX_KEY_LENGTH && [...written].length > MAX_KEY_LENGTH
    if (isLong || written.includes('\n')) throw failure("yaml: did not find expected ',' or '}'")
  }
}

/** Entries that `<<` takes over: those of an object, or of several of which the earlier ones win. */
function mergedEntries(value: RegoValue): readonly (readonly [RegoValue, RegoValue])[] {
  if (value instanceof RegoObject) return value.entries
  if (isArray(value) && value.every((one) => one instanceof RegoObject)) {
    return [...value].reverse().flatMap((one) => (one as RegoObject).entries)
  }
  throw failure('yaml: map merge requires map or sequence of maps as the value')
}

/** Keys are strings in the end; scalars of other types are written out. */
function keyText(key: RegoValue): string {
  if (typeof key === 'string') return key
  if (typeof key === 'boolean') return String(key)
  if (key !== null && typeof key === 'object' && !isArray(key) && key.kind === 'number') return key.text
  throw failure(`yaml: invalid map key of type ${typeNameOf(key)}`)
}

function scalarValue(text: string, tag: string | undefined, isPlain: boolean): RegoValue {
  switch (tag) {
    case 'tag:yaml.org,2002:str':
      return text
    case 'tag:yaml.org,2002:binary': {
      const bytes = decodeBase64(text.replace(/[ \t]/g, ''))
      if (bytes === undefined) throw failure('yaml: !!binary value contains invalid base64 data')
      return decodeUtf8(bytes)
    }
    case 'tag:yaml.org,2002:int':
    case 'tag:yaml.org,2002:float':
    case 'tag:yaml.org,2002:bool':
    case 'tag:yaml.org,2002:null': {
      const value = plainValue(text)
      const wanted = tag.slice('tag:yaml.org,2002:'.length)
      if (typeNameOf(value) === (wanted === 'bool' ? 'boolean' : wanted === 'null' ? 'null' : 'number')) return value
      throw failure(`yaml: cannot decode ${JSON.stringify(text)} as a !!${wanted}`)
    }
    case undefined:
      return isPlain ? plainValue(text) : text
    case '!':
      return text === '' ? null : text
    default:
      return text
  }
}

const CONSTANTS: ReadonlyMap<string, RegoValue> = new Map<string, RegoValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
])

/** What a scalar without quotes and tag stands for. */
export function plainValue(text: string): RegoValue {
  const constant = CONSTANTS.get(text)
  if (constant !== undefined) return constant
  if (/^[+-]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(text)) throw failure(`json: unsupported value: ${text}`)
  if (!/^[-+.0-9]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  const integer = parseInteger(digits)
  if (integer !== undefined) return num(integer)
  if (!/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(digits)) return text
  const double = Number(digits)
  if (!Number.isFinite(double)) return text
  return Object.is(double, -0) ? numberOf('-0') : num(double)
}

/** Integers of 64 bits, signed or not, in the bases that Go's prefixes name. */
function parseInteger(text: string): bigint | undefined {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  const spelling = /^0[0-7]+$/.test(body) ? `0o${body.slice(1)}` : body
  if (!/^(?:0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(spelling)) return undefined
  const value = sign === '-' ? -BigInt(spelling) : BigInt(spelling)
  const isWithin = value >= -(2n ** 63n) && value < (sign === '+' ? 2n ** 63n : 2n ** 64n)
  return isWithin ? value : undefined
}
