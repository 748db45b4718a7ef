/** Parses Go's `text/template`. */
import type { Command, Operand, Pipe, Template, TemplateNode } from './node.js'
import { type TemplatePart, type Token, fault, templateParts } from './token.js'
import { FUNCTION_NAMES } from './functions.js'

export function parseTemplate(text: string): Template {
  const parser = new TemplateParser(templateParts(text))
  const { nodes, end } = parser.list()
  if (end !== undefined) throw fault(`unexpected {{${end}}}`)
  return { main: nodes, named: parser.named }
}

/** How a list of nodes ended: with the text, or with one of these. */
type End = 'end' | 'else' | undefined

class TemplateParser {
  readonly named = new Map<string, readonly TemplateNode[]>()
  readonly #parts: readonly TemplatePart[]
  #at = 0
  #depth = 0
  /** What follows an `else`: another condition, in `else if` and `else with`. */
  #elseTokens: readonly Token[] = []

  constructor(parts: readonly TemplatePart[]) {
    this.#parts = parts
  }

  list(): { nodes: TemplateNode[]; end: End } {
    if (++this.#depth > 1000) throw fault('nested too deeply')
    const nodes: TemplateNode[] = []
    for (;;) {
      const part = this.#parts[this.#at++]
      if (part === undefined || (part.kind === 'action' && isEnding(part.tokens))) {
        this.#depth--
        if (part === undefined) return { nodes, end: undefined }
        const [word, ...rest] = (part as Extract<TemplatePart, { kind: 'action' }>).tokens
        this.#elseTokens = withoutSpace(rest)
        return { nodes, end: word?.text as End }
      }
      if (part.kind === 'text') nodes.push(part)
      else nodes.push(...this.#action(part.tokens))
    }
  }

  #action(tokens: readonly Token[]): TemplateNode[] {
    const [word, ...after] = tokens
    if (word === undefined) throw fault('missing value for command')
    const rest = withoutSpace(after)
    if (word.kind === 'word') {
      switch (word.text) {
        case 'if':
        case 'with':
        case 'range':
          return [this.#control(word.text, rest)]
        case 'break':
        case 'continue':
          return [{ kind: word.text }]
        case 'define':
          this.#define(rest)
          return []
        case 'block': {
          const { name, pipe } = templateCall(rest)
          this.#define(rest.slice(0, 1))
          return [{ kind: 'template', name, pipe }]
        }
        case 'template':
          return [{ kind: 'template', ...templateCall(rest) }]
      }
    }
    return [{ kind: 'action', pipe: new PipeParser(tokens).whole('command') }]
  }

  #control(kind: 'if' | 'with' | 'range', tokens: readonly Token[]): TemplateNode {
    const pipe = new PipeParser(tokens).whole(kind)
    const { nodes: body, end } = this.list()
    if (end === undefined) throw fault('unexpected EOF')
    if (end === 'end') return { kind, pipe, body, otherwise: [] }
    const chained = this.#elseTokens[0]?.text
    if (chained === 'if' || chained === 'with') {
      return { kind, pipe, body, otherwise: [this.#control(chained, withoutSpace(this.#elseTokens.slice(1)))] }
    }
    const { nodes: otherwise, end: last } = this.list()
    if (last !== 'end') throw fault('expected end; found {{else}}')
    return { kind, pipe, body, otherwise }
  }

  #define(tokens: readonly Token[]): void {
    const name = stringToken(tokens[0])
    const { nodes, end } = this.list()
    if (end !== 'end') throw fault('unexpected EOF')
    this.named.set(name, nodes)
  }
}

function isEnding([word, next]: readonly Token[]): boolean {
  return word?.kind === 'word' && (word.text === 'else' || (word.text === 'end' && next === undefined))
}

function withoutSpace(tokens: readonly Token[]): readonly Token[] {
  return tokens[0]?.kind === 'space' ? tokens.slice(1) : tokens
}

function templateCall(tokens: readonly Token[]): { name: string; pipe: Pipe | undefined } {
  const rest = withoutSpace(tokens.slice(1))
  return { name: stringToken(tokens[0]), pipe: rest.length === 0 ? undefined : new PipeParser(rest).whole('template') }
}

function stringToken(token: Token | undefined): string {
  if (token?.kind !== 'string') throw fault('unexpected token in template clause')
  return unquote(token.text)
}

function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1)
  const simple: Readonly<Record<string, string>> = {
    a: '\x07',
    b: '\b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
    "'": "'",
    '"': '"',
  }
  return text.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, escape: string) => {
    const known = simple[escape]
    if (known !== undefined) return known
    const isHex = /^[xuU]/.test(escape)
    const code = isHex ? Number.parseInt(escape.slice(1), 16) : Number.parseInt(escape, 8)
    if (Number.isNaN(code) || code > 0x10ffff) throw fault('invalid syntax in string')
    return String.fromCodePoint(code)
  })
}

class PipeParser {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(context: string): Pipe {
    const pipe = this.#pipe(context)
    if (this.#at < this.#tokens.length) throw fault(`unexpected ${JSON.stringify(this.#tokens[this.#at]?.text)} in ${context}`)
    return pipe
  }

  #pipe(context: string): Pipe {
    const { variables, declares } = this.#declaration()
    const commands: Command[] = []
    for (;;) {
      this.#space()
      const command = this.#command()
      if (command.length === 0) throw fault(`missing value for ${context}`)
      commands.push(command)
      this.#space()
      if (this.#peek()?.text !== '|') return { variables, declares, commands }
      this.#at++
    }
  }

  /** `$x :=`, `$x =` or `$i, $x :=`. */
  #declaration(): { variables: string[]; declares: boolean } {
    const start = this.#at
    const variables: string[] = []
    for (;;) {
      this.#space()
      const token = this.#peek()
      if (token?.kind !== 'variable') break
      this.#at++
      variables.push(token.text)
      this.#space()
      const next = this.#peek()?.text
      this.#at++
      if (next === ':=' || next === '=') return { variables, declares: next === ':=' }
      if (next !== ',') break
    }
    this.#at = start
    return { variables: [], declares: false }
  }

  #command(): Operand[] {
    const operands: Operand[] = []
    for (;;) {
      const operand = this.#operand()
      if (operand === undefined) return operands
      operands.push(operand)
      const next = this.#peek()
      if (next === undefined || next.text === '|' || next.text === ')') return operands
      if (next.kind !== 'space') throw fault(`unexpected ${JSON.stringify(next.text)} in operand`)
      this.#space()
    }
  }

  #operand(): Operand | undefined {
    const token = this.#peek()
    if (token === undefined) return undefined
    if (token.text === '(') {
      this.#at++
      const pipe = this.#pipe('parenthesized pipeline')
      if (this.#peek()?.text !== ')') throw fault('unclosed left paren')
      this.#at++
      return { kind: 'chain', pipe, path: this.#path() }
    }
    switch (token.kind) {
      case 'dot':
        this.#at++
        return { kind: 'dot' }
      case 'field':
        return { kind: 'field', path: this.#path() }
      case 'variable':
        this.#at++
        return { kind: 'variable', name: token.text, path: this.#path() }
      case 'string':
        this.#at++
        return { kind: 'literal', value: unquote(token.text) }
      case 'char':
        this.#at++
        return { kind: 'literal', value: BigInt(unquote(token.text).codePointAt(0) ?? 0) }
      case 'number':
        this.#at++
        return { kind: 'literal', value: numberOf(token.text) }
      case 'word':
        this.#at++
        return wordOperand(token.text)
      default:
        return undefined
    }
  }

  #path(): string[] {
    const path: string[] = []
    for (let token = this.#peek(); token?.kind === 'field'; token = this.#peek()) {
      path.push(token.text.slice(1))
      this.#at++
    }
    return path
  }

  #space(): void {
    if (this.#peek()?.kind === 'space') this.#at++
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at]
  }
}

function wordOperand(word: string): Operand {
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
  if (word === 'nil') return { kind: 'nil' }
  if (!FUNCTION_NAMES.has(word)) throw fault(`function ${JSON.stringify(word)} not defined`)
  return { kind: 'function', name: word }
}

function numberOf(text: string): bigint | number {
  const plain = text.replaceAll('_', '')
  const [, sign = '', digits = ''] = /^([+-]?)(.*)$/.exec(plain) ?? []
  if (/^(?:0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits)) {
    return sign === '-' ? -BigInt(digits) : BigInt(digits)
  }
  if (/^0[0-7]+$/.test(digits)) return sign === '-' ? -BigInt(`0o${digits}`) : BigInt(`0o${digits}`)
  const value = Number(plain)
  if (Number.isNaN(value)) throw fault(`bad number syntax: ${JSON.stringify(text)}`)
  return value
}
