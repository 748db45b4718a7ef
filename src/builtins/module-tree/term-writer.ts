/**
 * Terms and bodies of a module as OPA writes them. Every wildcard gets a name of its own, `$0`, `$1`, …, in the order of the
 * text.
 */
import type {
  Body,
  ComprehensionTerm,
  Expr,
  Literal,
  LogicalOperand,
  RefPart,
  RefTerm,
  TemplateTerm,
  Term,
  VarTerm,
  With,
} from '../../syntax/ast.js'
import { numberOf } from '../../value/number.js'
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import { BUILTINS } from '../table.js'
import { type Tree, branch, leaf, objectTree, refTree, setTree, stringTree, termJson, varTree } from './tree.js'

const ROOTS: ReadonlySet<string> = new Set(['data', 'input'])
const OPERATORS = new Map([...BUILTINS.values()].map(({ name, infix }) => [infix, name]))
const COMPREHENSIONS = {
  'array-compr': 'arraycomprehension',
  'set-compr': 'setcomprehension',
  'object-compr': 'objectcomprehension',
} as const
const EMPTY = RegoObject.of([])

const operator = (infix: string): Tree => refTree(varTree(OPERATORS.get(infix) ?? infix))

/** The object of the members that are there. */
export function jsonObject(members: Readonly<Record<string, RegoValue | undefined>>): RegoObject {
  return RegoObject.of(Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])))
}

export class TermWriter {
  #wildcards = 0
  #variables = 0

  /** `negatesBodies`: whether `not` is that of `future.keywords.not`. */
  constructor(private readonly negatesBodies: boolean) {}

  term(term: Term): Tree {
    switch (term.kind) {
      case 'null':
        return leaf('null', EMPTY)
      case 'boolean':
      case 'string':
        return leaf(term.kind, term.value)
      case 'number':
        return leaf('number', numberOf(term.text))
      case 'var':
        return ROOTS.has(term.name) ? refTree(this.variable(term.name)) : this.variable(term.name)
      case 'ref':
        this.#variables += 1
        return refTree(term.head.kind === 'var' ? this.variable(term.head.name) : this.term(term.head), ...this.path(term.path))
      case 'array':
        return branch('array', this.terms(term.items))
      case 'set':
        return setTree(this.terms(term.items))
      case 'object':
        return objectTree(term.entries.map(({ key, value }) => [this.term(key), this.term(value)]))
      case 'template':
        return this.#template(term)
      case 'array-compr':
      case 'set-compr':
      case 'object-compr':
        return this.#comprehension(term)
      case 'call':
      case 'infix':
      case 'member':
        return branch('call', this.#call(term))
    }
  }

  terms(terms: readonly Term[]): readonly Tree[] {
    return terms.map((term) => this.term(term))
  }

  /** What `write` gives, and whether it did without variables: templates and references are such, names of functions are not. */
  watched<Written>(write: () => Written): { readonly written: Written; readonly isGround: boolean } {
    const before = this.#variables
    const written = write()
    return { written, isGround: this.#variables === before }
  }

  variable(name: string): Tree {
    this.#variables += 1
    return varTree(name === '_' ? `$${this.#wildcards++}` : name)
  }

  path(parts: readonly RefPart[]): readonly Tree[] {
    return parts.map(({ term }) => this.term(term))
  }

  body({ literals }: Body): RegoValue {
    return literals.map((literal, index) => this.#literal(literal, index))
  }

  /** The operator, then the operands. */
  #call(term: Term & { kind: 'call' | 'infix' | 'member' }): readonly [Tree, ...Tree[]] {
    if (term.kind === 'infix') return [operator(term.op), this.term(term.left), this.term(term.right)]
    if (term.kind === 'member') return this.#member(term)
    return [this.#operator(term.operator), ...this.terms(term.args)]
  }

  #operator(called: VarTerm | RefTerm): Tree {
    if (called.kind === 'var') return refTree(varTree(called.name))
    const head = called.head.kind === 'var' ? varTree(called.head.name) : this.term(called.head)
    return refTree(head, ...this.path(called.path))
  }

  #member({ key, value, collection }: { key: Term | undefined; value: Term; collection: Term }): readonly [Tree, ...Tree[]] {
    const operands = this.terms(key === undefined ? [value, collection] : [key, value, collection])
    return [refTree(varTree('internal'), stringTree(`member_${operands.length}`)), ...operands]
  }

  #template({ raw, parts }: TemplateTerm): Tree {
    this.#variables += 1
    const written = parts.map((part) => {
      if (part.kind === 'text') return termJson(stringTree(part.value))
      const { expr, withs } = part.literal
      const isScalar =
        expr.kind === 'term' && withs.length === 0 && ['null', 'boolean', 'number', 'string'].includes(expr.term.kind)
      return isScalar ? termJson(this.term(expr.term)) : this.#literal(part.literal, 0)
    })
    const value = jsonObject({ multi_line: raw, parts: written.length === 0 ? null : written })
    return leaf('templatestring', value)
  }

  #comprehension(term: ComprehensionTerm): Tree {
    const key = term.kind === 'object-compr' ? this.term(term.key) : undefined
    const head = this.term(term.head)
    const body = this.body(term.body)
    const heads = key === undefined ? { term: termJson(head) } : { key: termJson(key), value: termJson(head) }
    const parts = key === undefined ? [head] : [key, head]
    return branch(COMPREHENSIONS[term.kind], [...parts, leaf('array', body)], jsonObject({ ...heads, body }))
  }

  #literal({ negated, expr, withs }: Literal, index: number): RegoObject {
    const isNegatedBody = negated && (this.negatesBodies || expr.kind === 'body-expr')
    const terms = isNegatedBody ? this.#negation(expr) : this.#expr(expr)
    return jsonObject({
      index: num(index),
      negated: negated && !isNegatedBody ? true : undefined,
      terms,
      with: withs.length === 0 ? undefined : withs.map((one) => this.#with(one)),
    })
  }

  #negation(expr: Expr): RegoObject {
    const isBody = expr.kind === 'body-expr'
    const body = isBody ? this.body(expr.body) : [jsonObject({ index: num(0), terms: this.#expr(expr) })]
    return jsonObject({ type: 'not', explicit_body: isBody, body })
  }

  #with({ target, value }: With): RegoObject {
    return jsonObject({ target: termJson(this.term(target)), value: termJson(this.term(value)) })
  }

  #expr(expr: Expr): RegoValue {
    switch (expr.kind) {
      case 'term':
        if (expr.term.kind !== 'call' && expr.term.kind !== 'infix' && expr.term.kind !== 'member') {
          return termJson(this.term(expr.term))
        }
        return this.#call(expr.term).map(termJson)
      case 'assign':
      case 'unify':
        return [operator(expr.kind === 'assign' ? ':=' : '='), this.term(expr.left), this.term(expr.right)].map(termJson)
      case 'some-decl':
        return jsonObject({ symbols: expr.vars.map(({ name }) => termJson(this.variable(name))) })
      case 'some-in':
        return jsonObject({ symbols: [termJson(branch('call', this.#member(expr)))] })
      case 'every': {
        const key = expr.key === undefined ? null : termJson(this.variable(expr.key.name))
        const value = termJson(this.variable(expr.value.name))
        return jsonObject({ key, value, domain: termJson(this.term(expr.domain)), body: this.body(expr.body) })
      }
      case 'body-expr':
        return this.#negation(expr)
      case 'logical':
        return jsonObject({
          type: expr.op,
          explicit_lhs: isExplicit(expr.left),
          lhs: this.#operand(expr.left),
          explicit_rhs: isExplicit(expr.right),
          rhs: this.#operand(expr.right),
        })
    }
  }

  #operand(operand: LogicalOperand): RegoValue {
    if (operand.kind === 'operand-literal') return [this.#literal(operand.literal, 0)]
    if (!operand.negated) return this.body(operand.body)
    return [jsonObject({ index: num(0), terms: jsonObject({ type: 'not', explicit_body: true, body: this.body(operand.body) }) })]
  }
}

const isExplicit = (operand: LogicalOperand): true | undefined =>
  operand.kind === 'operand-body' && !operand.negated ? true : undefined
