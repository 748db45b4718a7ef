/**
 * Random terms, literals and bodies, generated along the grammar: one arbitrary per level of binding, so that no tree needs
 * parentheses that it does not have.
 */
import fc from 'fast-check'
import type { Body, Expr, InfixOperator, Literal, LogicalOperand, RefPart, Term, VarTerm, With } from '../../src/syntax/ast.js'
import { NOWHERE, arbitraryName, arbitraryPart, arbitraryText } from './arbitrary-basics.js'

const span = NOWHERE

/** What the arbitraries of a module are made of. */
export interface SyntaxArbitraries {
  /** Binds tighter than every operator. */
  readonly term: Term
  readonly product: Term
  readonly sum: Term
  readonly intersection: Term
  readonly union: Term
  readonly relation: Term
  /** Stands where a comma separates. */
  readonly item: Term
  /** Stands where `k, v in xs` is possible. */
  readonly alone: Term
  /** Begins with a name, so that a minus before it is an operation. */
  readonly named: Term
  /** Does not begin with a single term and a bar, so that it can stand behind an opening bracket. */
  readonly calm: Term
  readonly part: RefPart
  readonly with: With
  readonly literal: Literal
  readonly calmLiteral: Literal
  readonly body: Body
  readonly calmBody: Body
  readonly operand: LogicalOperand
}

type Arbitraries = { readonly [Key in keyof SyntaxArbitraries]: fc.Arbitrary<SyntaxArbitraries[Key]> }

/** Arbitraries for a module in which these keywords are in force; texts in v0 have no template strings. */
export function arbitrarySyntax(keywords: ReadonlySet<string>, hasTemplates = true): Arbitraries {
  return fc.letrec<{ -readonly [Key in keyof SyntaxArbitraries]: SyntaxArbitraries[Key] }>((tie) => ({
    term: choose<Term>(
      fc.oneof(arbitraryScalar, arbitraryVariable),
      tie('named'),
      arbitraryRef(
        fc.oneof(
          arbitraryCall(arbitraryVariable, tie('item')),
          arbitraryCollection(tie('calm'), tie('item')),
          inParens(tie('alone')),
        ),
        tie('part'),
      ),
      arbitraryCollection(tie('calm'), tie('item')),
      arbitraryComprehension(tie('term'), tie('calm'), tie('body')),
      tie('named').map((right) => ({ kind: 'infix', op: '-', left: ZERO, right, parens: false, unaryMinus: true, span })),
      inParens(tie('alone')),
      ...(hasTemplates ? [arbitraryTemplate(tie('alone'), tie('with'))] : []),
    ),
    named: choose<Term>(
      arbitraryVariable,
      arbitraryRef(arbitraryVariable, tie('part')),
      arbitraryCall(arbitraryOperator(tie('part')), tie('item')),
    ),
    product: choose(tie('term'), infix(['*', '/', '%'], tie('product'), tie('term'))),
    sum: choose(tie('product'), infix(['+', '-'], tie('sum'), tie('product'))),
    intersection: choose(tie('sum'), infix(['&'], tie('intersection'), tie('sum'))),
    union: choose(tie('intersection'), infix(['|'], tie('union'), tie('intersection'))),
    relation: choose(tie('union'), infix(['==', '!=', '<', '<=', '>', '>='], tie('relation'), tie('union'))),
    calm: choose(tie('intersection'), infix(['|'], infix(['+'], tie('product'), tie('product')), tie('intersection'))),
    item: keywords.has('in') ? choose(tie('relation'), membership(fc.constant(undefined), tie('relation'))) : tie('relation'),
    alone: keywords.has('in') ? choose(tie('relation'), membership(optional(tie('relation')), tie('relation'))) : tie('relation'),
    part: arbitraryPartOf(tie('item')),
    with: arbitraryWith(tie('alone'), tie('part')),
    literal: arbitraryLiteral(keywords, tie('alone'), tie),
    calmLiteral: arbitraryLiteral(without(keywords, 'and', 'or'), tie('calm'), tie),
    body: arbitraryBody(tie('literal'), tie('literal')),
    calmBody: arbitraryBody(tie('calmLiteral'), tie('literal')),
    operand: arbitraryOperand(keywords, tie),
  }))
}

function without(words: ReadonlySet<string>, ...removed: string[]): ReadonlySet<string> {
  return new Set([...words].filter((word) => !removed.includes(word)))
}

/** Leaves become more likely with depth, and the only choice from some depth on; all levels of binding count as depth. */
function choose<Value>(leaf: fc.Arbitrary<Value>, ...deeper: fc.Arbitrary<Value>[]): fc.Arbitrary<Value> {
  const options = { maxDepth: MAX_DEPTH, depthIdentifier: DEPTH, withCrossShrink: true } as const
  return fc.oneof(
    options,
    { arbitrary: leaf, weight: 2 * deeper.length + 1 },
    ...deeper.map((arbitrary) => ({ arbitrary, weight: 1 })),
  )
}

const DEPTH = fc.createDepthIdentifier()
const MAX_DEPTH = 20

function optional<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> {
  return fc.option(value, { nil: undefined })
}

const ZERO: Term = { kind: 'number', text: '0', span }

const arbitraryVariable: fc.Arbitrary<VarTerm> = fc
  .oneof(arbitraryName, fc.constantFrom('_', 'input', 'data'))
  .map((name) => ({ kind: 'var', name, span }))

const arbitraryScalar: fc.Arbitrary<Term> = fc.oneof(
  fc.constantFrom<Term>({ kind: 'null', span }, { kind: 'boolean', value: true, span }, { kind: 'boolean', value: false, span }),
  fc.constantFrom('0', '1', '-1', '12.50', '-0.1e-7', '1E+3', '.5').map((text): Term => ({ kind: 'number', text, span })),
  fc
    .record({ value: arbitraryText, raw: fc.boolean() })
    .map(({ value, raw }): Term => ({ kind: 'string', value, raw: raw && !/[`\0\ufeff]/.test(value), span })),
)

function infix(operators: readonly InfixOperator[], left: fc.Arbitrary<Term>, right: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  return fc
    .record({ op: fc.constantFrom(...operators), left, right })
    .map((parts) => ({ kind: 'infix', ...parts, parens: false, span }))
}

function membership(key: fc.Arbitrary<Term | undefined>, side: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  return fc.record({ key, value: side, collection: side }).map((parts) => ({ kind: 'member', ...parts, parens: false, span }))
}

/** Parentheses only stay in the tree around operations. */
function inParens(inner: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  return fc.oneof(
    infix(['+', '|', '=='], fc.constant(ZERO), arbitraryVariable).map((term) => ({ ...term, parens: true }) as Term),
    inner
      .map((term): Term => (term.kind === 'infix' || term.kind === 'member' ? { ...term, parens: true } : term))
      .filter((term) => term.kind !== 'ref' && !isScalar(term)),
  )
}

/** What cannot head a reference. */
function isScalar({ kind }: Term): boolean {
  return kind === 'null' || kind === 'boolean' || kind === 'number' || kind === 'string' || kind === 'template'
}

function arbitraryPartOf(item: fc.Arbitrary<Term>): fc.Arbitrary<RefPart> {
  const named = arbitraryPart.map((value): RefPart => ({ dot: true, term: { kind: 'string', value, raw: false, span } }))
  return fc.oneof(
    named,
    item.map((term): RefPart => ({ dot: false, term })),
  )
}

function arbitraryRef<Head extends Term>(
  head: fc.Arbitrary<Head>,
  part: fc.Arbitrary<RefPart>,
): fc.Arbitrary<Extract<Term, { kind: 'ref' }>> {
  return fc
    .record({ head, path: fc.array(part, { minLength: 1, maxLength: 2 }) })
    .map((parts) => ({ kind: 'ref', ...parts, span }))
}

type Operator = Extract<Term, { kind: 'call' }>['operator']

function arbitraryOperator(part: fc.Arbitrary<RefPart>): fc.Arbitrary<Operator> {
  return fc.oneof<[fc.Arbitrary<Operator>, fc.Arbitrary<Operator>]>(arbitraryVariable, arbitraryRef(arbitraryVariable, part))
}

function arbitraryCall(operator: fc.Arbitrary<Operator>, item: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  return fc.record({ operator, args: fc.array(item, { maxLength: 2 }) }).map((parts) => ({ kind: 'call', ...parts, span }))
}

function arbitraryCollection(first: fc.Arbitrary<Term>, item: fc.Arbitrary<Term>): fc.Arbitrary<Term> {
  const entry = fc.record({ key: item, value: item })
  const items = fc.tuple(first, fc.array(item, { maxLength: 2 })).map(([one, more]) => [one, ...more])
  return fc.oneof(
    fc.constantFrom<Term>(
      { kind: 'array', items: [], span },
      { kind: 'object', entries: [], span },
      { kind: 'set', items: [], span },
    ),
    items.map((all): Term => ({ kind: 'array', items: all, span })),
    items.map((all): Term => ({ kind: 'set', items: all, span })),
    fc
      .tuple(fc.record({ key: first, value: first }), fc.array(entry, { maxLength: 2 }))
      .map(([one, more]): Term => ({ kind: 'object', entries: [one, ...more], span })),
  )
}

function arbitraryComprehension(head: fc.Arbitrary<Term>, key: fc.Arbitrary<Term>, body: fc.Arbitrary<Body>): fc.Arbitrary<Term> {
  return fc.oneof(
    fc.record({ head, body }).map((parts): Term => ({ kind: 'array-compr', ...parts, span })),
    fc.record({ head, body }).map((parts): Term => ({ kind: 'set-compr', ...parts, span })),
    fc.record({ key, head, body }).map((parts): Term => ({ kind: 'object-compr', ...parts, span })),
  )
}

function arbitraryTemplate(alone: fc.Arbitrary<Term>, withModifier: fc.Arbitrary<With>): fc.Arbitrary<Term> {
  type Part = Extract<Term, { kind: 'template' }>['parts'][number]
  const embedded = fc
    .tuple(alone, fc.array(withModifier, { maxLength: 1 }))
    .map(([term, withs]): Part => ({ kind: 'embedded', literal: literalOf({ kind: 'term', term, span }, false, withs) }))
  return fc
    .record({ raw: fc.boolean(), before: arbitraryText, pieces: fc.array(fc.tuple(embedded, arbitraryText), { maxLength: 2 }) })
    .map(({ raw, before, pieces }): Term => {
      const text = (value: string): Part[] => {
        const kept = raw ? value.replace(/[`\\\0\ufeff]/g, '') : value
        return kept === '' ? [] : [{ kind: 'text', value: kept }]
      }
      return {
        kind: 'template',
        raw,
        parts: [...text(before), ...pieces.flatMap(([part, after]) => [part, ...text(after)])],
        span,
      }
    })
}

function arbitraryWith(alone: fc.Arbitrary<Term>, part: fc.Arbitrary<RefPart>): fc.Arbitrary<With> {
  const target = fc.oneof<[fc.Arbitrary<Term>, fc.Arbitrary<Term>]>(arbitraryVariable, arbitraryRef(arbitraryVariable, part))
  return fc.record({ target, value: alone }).map((parts) => ({ kind: 'with', ...parts, span }))
}

function literalOf(expr: Expr, negated: boolean, withs: readonly With[]): Literal {
  return { kind: 'literal', negated, expr, withs, span }
}

function arbitraryBody(first: fc.Arbitrary<Literal>, more: fc.Arbitrary<Literal>): fc.Arbitrary<Body> {
  return fc
    .tuple(first, fc.array(more, { maxLength: 2 }))
    .map(([one, rest]) => ({ kind: 'body', literals: [one, ...rest], span }))
}

/** A body where a union alone would be refused as ambiguous. */
function operandBody(body: fc.Arbitrary<Body>): fc.Arbitrary<Body> {
  return body.filter(
    ({ literals: [first] }) => first?.expr.kind !== 'term' || first.expr.term.kind !== 'infix' || first.expr.term.op !== '|',
  )
}

type Tie = <Key extends keyof SyntaxArbitraries>(key: Key) => fc.Arbitrary<SyntaxArbitraries[Key]>

/** A statement whose text begins with `left`. */
function arbitraryStatement(left: fc.Arbitrary<Term>, tie: Tie): fc.Arbitrary<Expr> {
  return fc.oneof(
    left.map((term): Expr => ({ kind: 'term', term, span })),
    fc
      .record({ kind: fc.constantFrom('assign' as const, 'unify' as const), left, right: tie('alone') })
      .map((parts): Expr => ({ ...parts, span })),
  )
}

function arbitraryLiteral(keywords: ReadonlySet<string>, left: fc.Arbitrary<Term>, tie: Tie): fc.Arbitrary<Literal> {
  const withs = fc.array(tie('with'), { maxLength: 1 })
  const kinds = [
    fc.tuple(arbitraryStatement(left, tie), withs).map(([expr, modifiers]) => literalOf(expr, false, modifiers)),
    fc.tuple(arbitraryStatement(tie('alone'), tie), withs).map(([expr, modifiers]) => literalOf(expr, true, modifiers)),
    fc
      .array(arbitraryName, { minLength: 1, maxLength: 2 })
      .map((names) =>
        literalOf({ kind: 'some-decl', vars: names.map((name) => ({ kind: 'var', name, span })), span }, false, []),
      ),
    fc
      .tuple(arbitraryKeywordRef(tie('part')), withs)
      .map(([term, modifiers]) => literalOf({ kind: 'term', term, span }, false, modifiers)),
  ]
  if (keywords.has('in')) {
    const someIn = fc.record({ key: optional(tie('relation')), value: tie('relation'), collection: tie('relation') })
    kinds.push(
      fc.tuple(someIn, withs).map(([parts, modifiers]) => literalOf({ kind: 'some-in', ...parts, span }, false, modifiers)),
    )
  }
  if (keywords.has('every')) {
    const bound = arbitraryName.map((name): VarTerm => ({ kind: 'var', name, span }))
    const every = fc.record({ key: optional(bound), value: bound, domain: tie('relation'), body: tie('body') })
    kinds.push(fc.tuple(every, withs).map(([parts, modifiers]) => literalOf({ kind: 'every', ...parts, span }, false, modifiers)))
  }
  if (keywords.has('not')) {
    kinds.push(
      fc
        .tuple(operandBody(tie('calmBody')), withs)
        .map(([body, modifiers]) => literalOf({ kind: 'body-expr', body, span }, true, modifiers)),
    )
  }
  const operators = logicalOperators(keywords)
  if (operators.length > 0) {
    const negated = keywords.has('not') ? fc.boolean() : fc.constant(false)
    kinds.push(
      fc
        .tuple(arbitraryLogical(operators, tie), negated, withs)
        .map(([expr, isNegated, modifiers]) => literalOf(expr, isNegated, modifiers)),
    )
  }
  return choose(...(kinds as [fc.Arbitrary<Literal>, ...fc.Arbitrary<Literal>[]]))
}

/** `if.x`: only the first word of a literal may be a keyword. */
function arbitraryKeywordRef(part: fc.Arbitrary<RefPart>): fc.Arbitrary<Term> {
  const head = fc.constantFrom('if', 'not', 'in', 'some', 'true', 'with').map((name): VarTerm => ({ kind: 'var', name, span }))
  return arbitraryRef(head, part)
}

function logicalOperators(keywords: ReadonlySet<string>): readonly ('and' | 'or')[] {
  return (['and', 'or'] as const).filter((word) => keywords.has(word))
}

function arbitraryLogical(operators: readonly ('and' | 'or')[], tie: Tie): fc.Arbitrary<Expr> {
  return fc
    .record({ op: fc.constantFrom(...operators), left: tie('operand'), right: tie('operand') })
    .map((parts) => ({ kind: 'logical', ...parts, span }))
}

function arbitraryOperand(keywords: ReadonlySet<string>, tie: Tie): fc.Arbitrary<LogicalOperand> {
  const operators = logicalOperators(keywords)
  const asOperand = (literal: Literal): LogicalOperand => ({ kind: 'operand-literal', literal, span })
  const negated = keywords.has('not') ? fc.boolean() : fc.constant(false)
  const withs = fc.array(tie('with'), { maxLength: 1 })
  const statement = fc.tuple(arbitraryStatement(tie('alone'), tie), fc.boolean())
  const kinds = [
    statement.map(([expr, isNegated]) => asOperand(literalOf(expr, isNegated, []))),
    fc
      .tuple(tie('alone'), fc.boolean(), withs)
      .map(([term, isNegated, modifiers]) => asOperand(literalOf({ kind: 'term', term, span }, isNegated, modifiers))),
    fc
      .tuple(operandBody(tie('calmBody')), negated)
      .map(([body, isNegated]): LogicalOperand => ({ kind: 'operand-body', negated: isNegated, body, span })),
  ]
  if (operators.length > 0) {
    kinds.push(
      fc
        .tuple(arbitraryLogical(operators, tie), negated, withs)
        .map(([expr, isNegated, modifiers]) => asOperand(literalOf(expr, isNegated, modifiers))),
    )
  }
  return choose(...(kinds as [fc.Arbitrary<LogicalOperand>, ...fc.Arbitrary<LogicalOperand>[]]))
}
