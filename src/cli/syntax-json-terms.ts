/** Bodies, expressions and terms of a syntax tree as JSON. */
import { BUILTINS } from '../builtins/table.js'
import { type Span, locate } from '../source/source.js'
import type { Body, Expr, Literal, LogicalOperand, Term, With } from '../syntax/ast.js'
import { JsonText } from './json-text.js'
import { sortedEntries, sortedTerms } from './syntax-order.js'

export interface TermJson {
  readonly location?: object
  readonly type: string
  readonly value: unknown
}

/** Operators by the names of their builtins. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...[...BUILTINS.values()]
    .filter(({ infix }) => infix !== undefined)
    .map(({ infix, name }): [string, string] => [infix as string, name]),
])

/** Writes the terms of one module: wildcards are numbered through it. */
export class TermWriter {
  readonly #keywords: ReadonlySet<string>
  readonly #hasLocations: boolean
  #wildcards = 0

  /** `keywords` are those in force in the module. */
  constructor(keywords: ReadonlySet<string>, hasLocations: boolean) {
    this.#keywords = keywords
    this.#hasLocations = hasLocations
  }

  /** Without a body, `true`. */
  body(body: Body | undefined, span: Span): readonly object[] {
    if (body === undefined) return [{ ...this.at(span), generated: true, index: 0, terms: this.true(span) }]
    return body.literals.map((literal, index) => this.#literal(literal, index))
  }

  #literal({ negated, expr, withs, span }: Literal, index: number): object {
    const terms = this.#expr(expr)
    const isWrapped = negated && this.#keywords.has('not')
    const inner = { ...this.at(span), type: 'not', body: [{ ...this.at(expr.span), index: 0, terms }], explicit_body: false }
    return {
      ...this.at(span),
      index,
      negated: negated && !isWrapped ? true : undefined,
      terms: isWrapped && expr.kind !== 'body-expr' ? inner : terms,
      with: listOrNothing(withs.map((one) => this.#with(one))),
    }
  }

  #with({ target, value, span }: With): object {
    return { ...this.at(span), target: this.term(target), value: this.term(value) }
  }

  #expr(expr: Expr): object {
    switch (expr.kind) {
      case 'some-decl':
        return { ...this.at(expr.span), symbols: expr.vars.map((one) => this.term(one)) }
      case 'some-in': {
        const operands = [...(expr.key === undefined ? [] : [expr.key]), expr.value, expr.collection]
        const value = this.#call(`internal.member_${operands.length}`, operands, expr.span)
        return { ...this.at(expr.span), symbols: [{ ...this.at(expr.span), type: 'call', value }] }
      }
      case 'every': {
        const key = expr.key === undefined ? null : this.term(expr.key)
        const value = this.term(expr.value)
        const domain = this.term(expr.domain)
        return { ...this.at(expr.span), key, value, domain, body: this.body(expr.body, expr.span) }
      }
      case 'assign':
        return this.#call('assign', [expr.left, expr.right], expr.span)
      case 'unify':
        return this.#call('eq', [expr.left, expr.right], expr.span)
      case 'term': {
        const term = this.term(expr.term)
        return 'value' in term && term.type === 'call' ? (term.value as object) : term
      }
      case 'body-expr':
        // The parser makes one only below `not`, and `literal` has told that already.
        return { ...this.at(expr.span), type: 'not', body: this.body(expr.body, expr.span), explicit_body: true }
      case 'logical': {
        const { op, left, right, span } = expr
        const isExplicit = (operand: LogicalOperand): true | undefined =>
          operand.kind === 'operand-body' && !operand.negated ? true : undefined
        return {
          ...this.at(span),
          type: op,
          lhs: this.#operand(left),
          rhs: this.#operand(right),
          explicit_lhs: isExplicit(left),
          explicit_rhs: isExplicit(right),
        }
      }
    }
  }

  /** An operand is a body, also where it is written without braces. */
  #operand(operand: LogicalOperand): readonly object[] {
    if (operand.kind === 'operand-literal') return [this.#literal(operand.literal, 0)]
    const body = this.body(operand.body, operand.span)
    return operand.negated
      ? [{ ...this.at(operand.span), index: 0, terms: { ...this.at(operand.span), type: 'not', body, explicit_body: true } }]
      : body
  }

  term(term: Term): TermJson {
    const place = this.at(term.span)
    const make = (type: string, value: unknown): TermJson => ({ ...place, type, value })
    switch (term.kind) {
      case 'null':
        return make('null', {})
      case 'boolean':
      case 'string':
        return make(term.kind, term.value)
      case 'number':
        return make('number', new JsonText(term.text))
      case 'var':
        if (term.name === 'input' || term.name === 'data') return make('ref', [make('var', term.name)])
        return make('var', term.name === '_' ? `$${this.#wildcards++}` : term.name)
      case 'ref': {
        const head =
          term.head.kind === 'var' && term.head.name !== '_'
            ? { ...this.at(term.head.span), type: 'var', value: term.head.name }
            : this.term(term.head)
        return make('ref', [head, ...term.path.map((part) => this.term(part.term))])
      }
      case 'call': {
        const operator = this.term(term.operator)
        const ref = operator.type === 'ref' ? operator : { ...place, type: 'ref', value: [operator] }
        return make('call', [ref, ...term.args.map((arg) => this.term(arg))])
      }
      case 'infix':
        return make('call', this.#infix(term))
      case 'member': {
        const operands = [...(term.key === undefined ? [] : [term.key]), term.value, term.collection]
        return make('call', this.#call(`internal.member_${operands.length}`, operands, term.span))
      }
      case 'array':
        return make(
          'array',
          term.items.map((item) => this.term(item)),
        )
      case 'set':
        return make('set', sortedTerms(term.items.map((item) => this.term(item))))
      case 'object':
        return make('object', sortedEntries(term.entries.map(({ key, value }) => [this.term(key), this.term(value)] as const)))
      case 'array-compr':
      case 'set-compr':
        return make(`${term.kind.replace('-compr', '')}comprehension`, {
          term: this.term(term.head),
          body: this.body(term.body, term.span),
        })
      case 'object-compr':
        return make('objectcomprehension', {
          key: this.term(term.key),
          value: this.term(term.head),
          body: this.body(term.body, term.span),
        })
      case 'template': {
        const parts = term.parts.map((part) => (part.kind === 'text' ? make('string', part.value) : this.#embedded(part.literal)))
        return make('templatestring', { parts: parts.length === 0 ? null : parts, multi_line: term.raw })
      }
    }
  }

  /** What is embedded and a constant is no expression. */
  #embedded(literal: Literal): object {
    const { expr } = literal
    const isConstant =
      expr.kind === 'term' && ['null', 'boolean', 'number', 'string'].includes(expr.term.kind) && literal.withs.length === 0
    return isConstant && expr.kind === 'term' ? this.term(expr.term) : this.#literal(literal, 0)
  }

  /** A chain of operators leans to the left and may be long. */
  #infix(term: Extract<Term, { kind: 'infix' }>): readonly object[] {
    const chain = [term]
    for (let { left } = term; left.kind === 'infix'; { left } = left) chain.push(left)
    let inner: TermJson = this.term((chain.at(-1) as typeof term).left)
    let call: readonly object[] = []
    for (const { op, right, span } of chain.reverse()) {
      call = [this.#function(OPERATORS.get(op) ?? op, span), inner, this.term(right)]
      inner = { ...this.at(span), type: 'call', value: call }
    }
    return call
  }

  #call(name: string, operands: readonly Term[], span: Span): readonly object[] {
    return [this.#function(name, span), ...operands.map((one) => this.term(one))]
  }

  #function(name: string, span: Span): object {
    const parts = name.split('.').map((value, at) => ({ ...this.at(span), type: at === 0 ? 'var' : 'string', value }))
    return { ...this.at(span), type: 'ref', value: parts }
  }

  true(span: Span): TermJson {
    return { ...this.at(span), type: 'boolean', value: true }
  }

  /** The place of a node, where places are wanted. */
  at(span: Span): { readonly location?: object } {
    return this.#hasLocations ? { location: placeOf(span) } : {}
  }
}

export function placeOf(span: Span): object {
  const { file, row, col } = locate(span)
  return { file, row, col }
}

/** An empty list is left out. */
export function listOrNothing<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items
}
