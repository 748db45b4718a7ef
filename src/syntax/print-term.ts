/**
 * Terms as text, on one line.
 *
 * Parentheses are printed where the tree has them and wherever the text would otherwise be read as another tree.
 */
import type { ComprehensionTerm, InfixTerm, MemberTerm, ObjectTerm, RefPart, TemplateTerm, Term } from './ast.js'
import { printBodyInline, printLiteral } from './print-body.js'
import { INFIX_LEVEL } from './token.js'

/**
 * Where a term stands:
 * - `alone`: `k, v in xs` is possible;
 * - `item`: a comma would end it;
 * - `guarded`: alone, and it may not begin with a brace, which would open a body.
 */
export type TermPlace = 'alone' | 'item' | 'guarded'

export function printTerm(term: Term, place: TermPlace = 'item'): string {
  switch (term.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(term.value)
    case 'number':
      return term.text
    case 'string':
      return printString(term.value, term.raw)
    case 'var':
      return term.name
    case 'ref':
      return printHead(term.head, place) + printPath(term.path)
    case 'call':
      return `${printHead(term.operator, place)}(${printItems(term.args)})`
    case 'infix':
      return printInfix(term, place)
    case 'member':
      return printMember(term, place)
    default:
      return guardBraces(printCollection(term), place)
  }
}

function printCollection(
  term: Exclude<Term, { kind: 'infix' | 'member' | 'ref' | 'call' | 'var' | 'string' | 'number' | 'boolean' | 'null' }>,
): string {
  switch (term.kind) {
    case 'array':
      return `[${printFirstItems(term.items)}]`
    case 'set':
      return term.items.length === 0 ? 'set()' : `{${printFirstItems(term.items)}}`
    case 'object':
      return printObject(term)
    case 'template':
      return printTemplate(term)
    default:
      return printComprehension(term)
  }
}

function guardBraces(text: string, place: TermPlace): string {
  return place === 'guarded' && text.startsWith('{') ? `(${text})` : text
}

/** `.a["b"][c]` */
export function printPath(path: readonly RefPart[]): string {
  return path.map(printRefPart).join('')
}

function printRefPart({ dot, term }: RefPart): string {
  if (dot && term.kind === 'string' && isIdentifier(term.value)) return `.${term.value}`
  return `[${printTerm(term)}]`
}

/** Whether a text can stand as a name, keywords included. */
export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}

/** The head of a reference or call. */
function printHead(head: Term, place: TermPlace): string {
  const needsParens = head.kind === 'infix' || head.kind === 'member'
  return needsParens ? printParenthesised(head) : printTerm(head, place)
}

export function printItems(items: readonly Term[]): string {
  return items.map((item) => printTerm(item)).join(', ')
}

/** Items after `[` or `{`, where a term before a bar would begin a comprehension. */
function printFirstItems(items: readonly Term[]): string {
  return items.map((item, index) => (index === 0 ? printFirst(item) : printTerm(item))).join(', ')
}

function printFirst(term: Term): string {
  return beginsWithBar(term) ? `(${printTerm(term)})` : printTerm(term)
}

/** Whether the text of a term is a single term followed by `|`. */
function beginsWithBar(term: Term): boolean {
  if (term.kind === 'member') return !term.parens && beginsWithBar(term.key ?? term.value)
  if (term.kind !== 'infix' || term.parens || term.unaryMinus === true) return false
  const { left } = term
  const leftIsOneTerm = left.kind !== 'infix' || left.parens || left.unaryMinus === true || levelOf(left) < levelOf(term)
  return leftIsOneTerm ? term.op === '|' : beginsWithBar(left)
}

function printObject({ entries }: ObjectTerm): string {
  const printed = entries.map(({ key, value }, index) =>
    index === 0 ? `${printFirst(key)}: ${printFirst(value)}` : `${printTerm(key)}: ${printTerm(value)}`,
  )
  return `{${printed.join(', ')}}`
}

function printComprehension(term: ComprehensionTerm): string {
  const body = printBodyInline(term.body)
  switch (term.kind) {
    case 'array-compr':
      return `[${printSingle(term.head)} | ${body}]`
    case 'set-compr':
      return `{${printSingle(term.head)} | ${body}}`
    case 'object-compr':
      return `{${printFirst(term.key)}: ${printSingle(term.head)} | ${body}}`
  }
}

/** A term that may not have operators outside of parentheses. */
function printSingle(term: Term): string {
  const hasOperator = (term.kind === 'infix' && term.unaryMinus !== true) || term.kind === 'member'
  return hasOperator ? printParenthesised(term) : printTerm(term)
}

function printInfix(term: InfixTerm, place: TermPlace): string {
  if (term.parens) return printParenthesised(term)
  return printOperation(term, place)
}

function printOperation(term: InfixTerm, place: TermPlace): string {
  if (term.unaryMinus === true) return `-${printSingle(term.right)}`
  const level = levelOf(term)
  const left = printOperand(term.left, level, place)
  const right = printOperand(term.right, level + 1, 'item')
  return `${left} ${term.op} ${right}`
}

/** An operand that may itself be an operation of at least the given level. */
function printOperand(term: Term, level: number, place: TermPlace): string {
  if (term.kind === 'member') return printParenthesised(term)
  if (term.kind !== 'infix' || term.unaryMinus === true || levelOf(term) >= level) return printTerm(term, place)
  return printParenthesised(term)
}

function levelOf(term: InfixTerm): number {
  return INFIX_LEVEL.get(term.op) as number
}

function printMember(term: MemberTerm, place: TermPlace): string {
  if (term.parens || (term.key !== undefined && place === 'item')) return printParenthesised(term)
  return printMembership(term, place)
}

function printMembership({ key, value, collection }: MemberTerm, place: TermPlace): string {
  const right = printOperand(collection, 0, 'item')
  if (key !== undefined) return `${printOperand(key, 0, place)}, ${printOperand(value, 0, 'item')} in ${right}`
  // Memberships associate to the left, and one with a key can only be the first of them.
  const left = value.kind === 'member' ? printMember(value, place) : printOperand(value, 0, place)
  return `${left} in ${right}`
}

function printParenthesised(term: Term): string {
  if (term.kind === 'infix') return `(${printOperation(term, 'alone')})`
  if (term.kind === 'member') return `(${printMembership(term, 'alone')})`
  return `(${printTerm(term, 'alone')})`
}

function printTemplate({ raw, parts }: TemplateTerm): string {
  const quote = raw ? '`' : '"'
  const inside = parts.map((part) =>
    part.kind === 'text' ? printTemplateText(part.value, raw) : `{${printLiteral(part.literal)}}`,
  )
  return `$${quote}${inside.join('')}${quote}`
}

function printTemplateText(text: string, raw: boolean): string {
  return (raw ? text : escape(text)).replaceAll('{', '\\{')
}

/** A string literal; a raw one cannot hold every text, and is then printed in the other form. */
export function printString(text: string, raw = false): string {
  return raw && !/[`\0\ufeff]/.test(text) ? `\`${text}\`` : `"${escape(text)}"`
}

/** The inside of a string in double quotes. */
function escape(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\ufeff', '\\ufeff')
}
