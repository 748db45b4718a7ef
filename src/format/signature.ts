/**
 * What a module says, without how it is laid out: two texts with equal signatures mean the same and have the same comments.
 *
 * Left out is everything that formatting may change: places, parentheses, dots or brackets in references, the spelling of
 * strings, `if` and `:=`, a body or value that is just `true`, several bodies behind one head.
 */
import type { Body, Else, Expr, Head, Literal, LogicalOperand, Module, RefPart, Rule, TemplateTerm, Term } from '../syntax/ast.js'
import { constantText } from './template.js'

export interface Signature {
  /** Package and imports. */
  readonly front: string
  /** One for each head and body. */
  readonly rules: readonly string[]
  /** Metadata blocks, in order. */
  readonly annotations: readonly string[]
  readonly comments: readonly string[]
}

export function signModule(module: Module): Signature {
  const imports = module.imports
    .filter(({ path }) => path[0] !== 'rego' && path[0] !== 'future')
    .map(({ path, alias }) => JSON.stringify([path, alias]))
  return {
    front: [JSON.stringify(module.package.path), ...imports.sort()].join('\n'),
    rules: module.rules.flatMap(signRule),
    annotations: module.annotations.map(({ text, target }) => `${target?.kind ?? ''} ${text.replaceAll(/[ \t\r]+$/gm, '')}`),
    comments: module.comments.map(({ text }) => text.trimEnd()).sort(),
  }
}

export function equalSignatures(a: Signature, b: Signature): boolean {
  return (
    a.front === b.front &&
    equalLists(a.rules, b.rules) &&
    equalLists(a.annotations, b.annotations) &&
    equalLists(a.comments, b.comments)
  )
}

function equalLists(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index])
}

function signRule(rule: Rule): readonly string[] {
  const { default: isDefault, head, bodies, elses } = rule
  const start = `${isDefault ? 'default ' : ''}${signHead(head)}`
  if (bodies.length === 0) return [start]
  const branches = elses.map(signElse).join('')
  return bodies.map((body) => (isTrue(body) && branches === '' ? start : `${start} {${signBody(body)}}${branches}`))
}

function signHead({ name, path, args, contains, value }: Head): string {
  const reference = `${name}${signPath(path)}${args === undefined ? '' : `(${signAll(args)})`}`
  return contains === undefined ? `${reference} = ${signValue(value)}` : `${reference} contains ${sign(contains)}`
}

function signElse({ value, body }: Else): string {
  return ` else ${signValue(value)}${body === undefined || isTrue(body) ? '' : ` {${signBody(body)}}`}`
}

function signValue(value: Term | undefined): string {
  return value === undefined ? 'true' : sign(value)
}

/** A body that always holds. */
export function isTrue({ literals }: Body): boolean {
  const [only, ...more] = literals
  if (only === undefined || more.length > 0 || only.negated || only.withs.length > 0 || only.expr.kind !== 'term') return false
  return only.expr.term.kind === 'boolean' && only.expr.term.value
}

function signBody({ literals }: Body): string {
  return literals.map(signLiteral).join('; ')
}

function signLiteral({ negated, expr, withs }: Literal): string {
  const replaced = withs.map(({ target, value }) => ` with ${sign(target)} as ${sign(value)}`).join('')
  return `${negated ? 'not ' : ''}${signExpr(expr)}${replaced}`
}

function signExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'some-decl':
      return `some ${signAll(expr.vars)}`
    case 'some-in':
      return `some ${signAll(present(expr.key, expr.value))} in ${sign(expr.collection)}`
    case 'every':
      return `every ${signAll(present(expr.key, expr.value))} in ${sign(expr.domain)} {${signBody(expr.body)}}`
    case 'assign':
      return `${sign(expr.left)} := ${sign(expr.right)}`
    case 'unify':
      return `${sign(expr.left)} = ${sign(expr.right)}`
    case 'term':
      return sign(expr.term)
    case 'body-expr':
      return `body {${signBody(expr.body)}}`
    case 'logical':
      return `(${signOperand(expr.left)} ${expr.op} ${signOperand(expr.right)})`
  }
}

function signOperand(operand: LogicalOperand): string {
  if (operand.kind === 'operand-literal') return `<${signLiteral(operand.literal)}>`
  return `${operand.negated ? 'not ' : ''}body {${signBody(operand.body)}}`
}

function present(key: Term | undefined, value: Term): readonly Term[] {
  return key === undefined ? [value] : [key, value]
}

function signAll(terms: readonly Term[]): string {
  return terms.map(sign).join(', ')
}

function signPath(path: readonly RefPart[]): string {
  return path.map(({ term }) => `[${sign(term)}]`).join('')
}

function sign(term: Term): string {
  switch (term.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(term.value)
    case 'number':
      return term.text
    case 'string':
      return JSON.stringify(term.value)
    case 'var':
      return term.name
    case 'ref':
      return `${sign(term.head)}${signPath(term.path)}`
    case 'call':
      return `${sign(term.operator)}(${signAll(term.args)})`
    case 'infix':
      return `(${sign(term.left)} ${term.op} ${sign(term.right)})`
    case 'member':
      return `(${signAll(present(term.key, term.value))} in ${sign(term.collection)})`
    case 'array':
      return `[${signAll(term.items)}]`
    case 'set':
      return `set{${signAll(term.items)}}`
    case 'object':
      return `{${term.entries.map(({ key, value }) => `${sign(key)}: ${sign(value)}`).join(', ')}}`
    case 'array-compr':
      return `[${sign(term.head)} | ${signBody(term.body)}]`
    case 'set-compr':
      return `set{${sign(term.head)} | ${signBody(term.body)}}`
    case 'object-compr':
      return `{${sign(term.key)}: ${sign(term.head)} | ${signBody(term.body)}}`
    case 'template':
      return signTemplate(term)
  }
}

/** Embedded constants count as text. */
function signTemplate({ parts }: TemplateTerm): string {
  let text = ''
  const signed: string[] = []
  for (const part of parts) {
    const constant = part.kind === 'text' ? part.value : constantText(part.literal)
    if (constant !== undefined) text += constant
    else if (part.kind === 'embedded') {
      signed.push(JSON.stringify(text), signLiteral(part.literal))
      text = ''
    }
  }
  return `$(${[...signed, JSON.stringify(text)].join(' ')})`
}
