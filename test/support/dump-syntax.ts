/**
 * Syntax trees as short text in prefix form, so that tests can show a whole tree on one line.
 *
 * `(+ a b)` is infix, `(in k v xs)` membership, `(neg x)` a unary minus, `(paren …)` a term with its parentheses, `#{a}` a
 * set, `a.b[c]` a reference (`.b` and `["b"]` differ), `f(x)` a call.
 */
import type { Body, Expr, Literal, LogicalOperand, Module, RefPart, Rule, Term } from '../../src/syntax/ast.js'

export function dumpTerm(term: Term): string {
  switch (term.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(term.value)
    case 'number':
      return term.text
    case 'string':
      return term.raw ? `raw${JSON.stringify(term.value)}` : JSON.stringify(term.value)
    case 'var':
      return term.name
    case 'ref':
      return dumpTerm(term.head) + dumpPath(term.path)
    case 'call':
      return `${dumpTerm(term.operator)}(${term.args.map(dumpTerm).join(' ')})`
    case 'infix': {
      const plain =
        term.unaryMinus === true ? `(neg ${dumpTerm(term.right)})` : `(${term.op} ${dumpTerm(term.left)} ${dumpTerm(term.right)})`
      return term.parens ? `(paren ${plain})` : plain
    }
    case 'member': {
      const parts = [...(term.key === undefined ? [] : [term.key]), term.value, term.collection]
      const plain = `(in ${parts.map(dumpTerm).join(' ')})`
      return term.parens ? `(paren ${plain})` : plain
    }
    case 'array':
      return `[${term.items.map(dumpTerm).join(' ')}]`
    case 'set':
      return `#{${term.items.map(dumpTerm).join(' ')}}`
    case 'object':
      return `{${term.entries.map(({ key, value }) => `${dumpTerm(key)}: ${dumpTerm(value)}`).join(' ')}}`
    case 'array-compr':
      return `[${dumpTerm(term.head)} | ${dumpBody(term.body)}]`
    case 'set-compr':
      return `#{${dumpTerm(term.head)} | ${dumpBody(term.body)}}`
    case 'object-compr':
      return `{${dumpTerm(term.key)}: ${dumpTerm(term.head)} | ${dumpBody(term.body)}}`
    case 'template': {
      const parts = term.parts.map((part) => (part.kind === 'text' ? JSON.stringify(part.value) : dumpLiteral(part.literal)))
      return `(${term.raw ? 'raw-template' : 'template'}${parts.map((part) => ` ${part}`).join('')})`
    }
  }
}

function dumpPath(path: readonly RefPart[]): string {
  return path.map(({ dot, term }) => (dot ? `.${term.kind === 'string' ? term.value : '?'}` : `[${dumpTerm(term)}]`)).join('')
}

export function dumpBody(body: Body): string {
  return body.literals.map(dumpLiteral).join('; ')
}

export function dumpLiteral({ negated, expr, withs }: Literal): string {
  const suffix = withs.map(({ target, value }) => ` with ${dumpTerm(target)} as ${dumpTerm(value)}`).join('')
  return (negated ? 'not ' : '') + dumpExpr(expr) + suffix
}

function dumpExpr(expr: Expr): string {
  switch (expr.kind) {
    case 'some-decl':
      return `some ${expr.vars.map(dumpTerm).join(' ')}`
    case 'some-in':
      return `some ${dumpPair(expr.key, expr.value)} in ${dumpTerm(expr.collection)}`
    case 'every':
      return `every ${dumpPair(expr.key, expr.value)} in ${dumpTerm(expr.domain)} {${dumpBody(expr.body)}}`
    case 'assign':
      return `(:= ${dumpTerm(expr.left)} ${dumpTerm(expr.right)})`
    case 'unify':
      return `(= ${dumpTerm(expr.left)} ${dumpTerm(expr.right)})`
    case 'term':
      return dumpTerm(expr.term)
    case 'body-expr':
      return `body{${dumpBody(expr.body)}}`
    case 'logical':
      return `(${expr.op} ${dumpOperand(expr.left)} ${dumpOperand(expr.right)})`
  }
}

/** `value` or `key value`. */
function dumpPair(key: Term | undefined, value: Term): string {
  return [...(key === undefined ? [] : [key]), value].map(dumpTerm).join(' ')
}

function dumpOperand(operand: LogicalOperand): string {
  if (operand.kind === 'operand-body') return `${operand.negated ? 'not ' : ''}body{${dumpBody(operand.body)}}`
  const { literal } = operand
  return literal.withs.length > 0 ? `<${dumpLiteral(literal)}>` : dumpLiteral(literal)
}

/** `[default] head [if {…}]* [else …]*`; a body without `if` is printed without it. */
export function dumpRule(rule: Rule): string {
  const { head } = rule
  const args = head.args === undefined ? '' : `(${head.args.map(dumpTerm).join(' ')})`
  const value = head.value === undefined ? '' : ` ${head.assign} ${dumpTerm(head.value)}`
  const contains = head.contains === undefined ? '' : ` contains ${dumpTerm(head.contains)}`
  const bodies = rule.bodies.map((body, index) => ` ${rule.usesIf && index === 0 ? 'if ' : ''}{${dumpBody(body)}}`)
  const elses = rule.elses.map((branch) => {
    const elseValue = branch.value === undefined ? '' : ` ${branch.assign} ${dumpTerm(branch.value)}`
    const elseBody = branch.body === undefined ? '' : ` ${branch.usesIf ? 'if ' : ''}{${dumpBody(branch.body)}}`
    return ` else${elseValue}${elseBody}`
  })
  const start = `${rule.default ? 'default ' : ''}${head.name}${dumpPath(head.path)}${args}${contains}${value}`
  return start + [...bodies, ...elses].join('')
}

export function dumpRules(module: Module): readonly string[] {
  return module.rules.map(dumpRule)
}
