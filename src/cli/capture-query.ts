/**
 * A query changed so that it tells what its expressions come to: an expression that is a value is bound to a variable of
 * its own, and whoever evaluates the query finds it among the bindings.
 */
import { namesInLiteral } from '../check/names.js'
import { BUILTINS } from '../builtins/table.js'
import { type Span, locate } from '../source/source.js'
import type { Body, CallTerm, Literal, Module, RefPart, Term, VarTerm } from '../syntax/ast.js'

export interface QueryExpression {
  /** As written. */
  readonly text: string
  readonly row: number
  readonly col: number
  readonly span: Span
  /** The name under which its value is bound; absent where the value is always true. */
  readonly variable: string | undefined
}

export interface CapturedQuery {
  readonly body: Body
  readonly expressions: readonly QueryExpression[]
}

/** Variables of ours begin so; no text can spell it. */
export const CAPTURE = '$value'

/**
 * Bind what can be bound. In a query of one expression without variables its value may be false, in others every expression
 * has to be true.
 *
 * `modules` tell how many arguments functions take: with one more, a call compares its result and has no value. `home` is
 * the module that the query is in, if any.
 */
export function captureQuery(query: Body, modules: readonly Module[], home: Module | undefined): CapturedQuery {
  const around = new Surroundings(modules, home)
  const mayBeFalse = query.literals.length === 1 && query.literals.every((literal) => !around.hasVariables(literal))
  const expressions: QueryExpression[] = []
  const literals = query.literals.flatMap((literal): readonly Literal[] => {
    if (literal.expr.kind === 'some-decl') return [literal]
    const term = valueOf(literal, around)
    const variable = term === undefined ? undefined : `${CAPTURE}${expressions.length}`
    const { row, col } = locate(literal.span)
    const text = literal.span.source.text.slice(literal.span.start, literal.span.end)
    expressions.push({ text, row, col, span: literal.span, variable })
    if (term === undefined || variable === undefined) return [literal]
    const left: VarTerm = { kind: 'var', name: variable, span: literal.span }
    const bound: Literal = { ...literal, expr: { kind: 'unify', left, right: term, span: literal.span } }
    const isTrue: Literal = { ...literal, withs: [], expr: { kind: 'term', term: left, span: literal.span } }
    return mayBeFalse ? [bound] : [bound, isTrue]
  })
  return { body: { ...query, literals }, expressions }
}

function valueOf({ negated, expr }: Literal, around: Surroundings): Term | undefined {
  if (negated || expr.kind !== 'term') return undefined
  return expr.term.kind === 'call' && !hasValue(expr.term, around) ? undefined : expr.term
}

/** Comparing and assigning by their names are statements, as the operators are. */
const STATEMENTS: ReadonlySet<string> = new Set(['eq', 'assign'])

function hasValue({ operator, args }: CallTerm, around: Surroundings): boolean {
  const names = nameOf(operator)
  const builtin = BUILTINS.get(names.join('.'))
  if (builtin !== undefined)
    return builtin.result !== undefined && !STATEMENTS.has(builtin.name) && args.length <= builtin.args.length
  return args.length <= around.arityOf(names)
}

function nameOf(operator: CallTerm['operator']): readonly string[] {
  return operator.kind === 'var'
    ? [operator.name]
    : [operator.head.kind === 'var' ? operator.head.name : '', ...namesIn(operator.path)]
}

function namesIn(path: readonly RefPart[]): readonly string[] {
  return path.map(({ term }) => (term.kind === 'string' ? term.value : ''))
}

/** What names in a query stand for: how many arguments functions take, and what is no variable. */
class Surroundings {
  readonly #arities: ReadonlyMap<string, number>
  readonly #home: Module | undefined
  /** Names of the rules of the package that the query is in. */
  readonly #ruleNames: ReadonlySet<string>

  constructor(modules: readonly Module[], home: Module | undefined) {
    this.#home = home
    const here = modules.filter(({ package: { path } }) => path.join('.') === home?.package.path.join('.'))
    this.#ruleNames = new Set(here.flatMap(({ rules }) => rules.map(({ head }) => head.name)))
    this.#arities = new Map(
      modules.flatMap((module) =>
        module.rules.map(({ head }): [string, number] => [
          ['data', ...module.package.path, head.name, ...namesIn(head.path)].join('.'),
          head.args?.length ?? Number.POSITIVE_INFINITY,
        ]),
      ),
    )
  }

  arityOf(names: readonly string[]): number {
    return this.#arities.get(this.#resolve(names).join('.')) ?? Number.POSITIVE_INFINITY
  }

  /** Whether there is a name in a literal that is neither a document nor defined where the query is. */
  hasVariables(literal: Literal): boolean {
    let found = false
    namesInLiteral(literal, (name) => {
      const path = this.#resolve([name])
      found ||= path[0] !== 'input' && path[0] !== 'data'
    })
    return found
  }

  #resolve([first = '', ...rest]: readonly string[]): readonly string[] {
    const meant = this.#home?.imports.find(({ alias, path }) => (alias ?? path.at(-1)) === first)
    if (meant !== undefined) return [...meant.path, ...rest]
    return this.#home !== undefined && this.#ruleNames.has(first)
      ? ['data', ...this.#home.package.path, first, ...rest]
      : [first, ...rest]
  }
}
