/**
 * Terms. Brackets stay on one line or are laid out over several, as their source is.
 */
import type { CallTerm, ObjectTerm, RefPart, RefTerm, Term } from '../syntax/ast.js'
import { printString } from '../syntax/print.js'
import { writeComprehension } from './comprehension.js'
import { isUnion, writeInParens, writeInfix, writeMember } from './infix.js'
import { type Layout, sourceText, writeWholeOrCopy } from './layout.js'
import { writeList, writeTerms } from './list.js'
import { writeAlone } from './literal.js'
import { writeTemplate } from './template.js'

/** A term that stands for itself: an operand, an argument, a value. Its source is copied if its comments have no place. */
export function writeTerm(layout: Layout, term: Term): void {
  writeWholeOrCopy(layout, term.span, () => writeBareTerm(layout, term))
}

/** A term within another. */
export function writeBareTerm(layout: Layout, term: Term): void {
  const { page } = layout
  page.holdComment(layout.rows.of(term))
  switch (term.kind) {
    case 'null':
      return page.write('null')
    case 'boolean':
      return page.write(String(term.value))
    case 'number':
      return page.write(term.text)
    case 'string':
      return page.write(layout.repeats ? quoted(term.value) : sourceText(layout, term.span))
    case 'var':
      return page.write(term.name)
    case 'ref':
      return writeRef(layout, term)
    case 'call':
      return writeCall(layout, term)
    case 'infix':
      return writeInfix(layout, term)
    case 'member':
      return writeMember(layout, term)
    case 'array':
      return writeItems(layout, '[', ']', term.items, term)
    case 'set':
      if (term.items.length === 0) return page.write('set()')
      return writeItems(layout, '{', '}', term.items, term)
    case 'object':
      return writeObject(layout, term)
    case 'template':
      return writeTemplate(layout, term)
    case 'array-compr':
    case 'set-compr':
    case 'object-compr':
      return writeComprehension(layout, term)
  }
}

export function writeCall(layout: Layout, { operator, args, span }: CallTerm): void {
  writeBareTerm(layout, operator)
  writeTerms(layout, { open: '(', close: ')', items: args, write: writeArgument, span, isCall: true })
}

/** An argument; a union keeps its parentheses. */
export function writeArgument(layout: Layout, term: Term): void {
  if (isUnion(term) && term.parens) writeInParens(layout, term)
  else writeAlone(layout, term)
}

function writeItems(layout: Layout, open: '[' | '{', close: string, items: readonly Term[], term: Term): void {
  writeTerms(layout, { open, close, items, write: writeItem, span: term.span, isCall: false })
}

/** An item of a collection, where `k, v in xs` and a union have to be kept together. */
export function writeItem(layout: Layout, term: Term): void {
  const needsParens = isUnion(term) || (term.kind === 'member' && term.key !== undefined)
  if (needsParens) writeInParens(layout, term)
  else writeBareTerm(layout, term)
}

function writeObject(layout: Layout, term: ObjectTerm): void {
  writeList(layout, {
    open: '{',
    close: '}',
    items: term.entries,
    startOf: ({ key }) => key.span.start,
    write: (_, { key, value }) => {
      writeItem(layout, key)
      layout.page.write(': ')
      writeItem(layout, value)
    },
    span: term.span,
    isCall: false,
  })
}

function writeRef(layout: Layout, { head, path }: RefTerm): void {
  if (head.kind === 'infix' || head.kind === 'member') writeInParens(layout, head)
  else writeBareTerm(layout, head)
  writePath(layout, path)
}

export function writePath(layout: Layout, path: readonly RefPart[]): void {
  for (const part of path) writeRefPart(layout, part)
}

function writeRefPart(layout: Layout, { dot, term }: RefPart): void {
  const { page } = layout
  if (term.kind === 'string' && isDotted(layout, term.value, dot)) return page.write(`.${term.value}`)
  page.write('[')
  writeKey(layout, term)
  page.write(']')
}

/** What stands in the brackets of a reference: strings are spelt anew. */
export function writeKey(layout: Layout, term: Term): void {
  if (term.kind === 'string') layout.page.write(quoted(term.value))
  else writeTerm(layout, term)
}

/** A string in double quotes, without characters that cannot be seen. */
function quoted(text: string): string {
  return printString(text).replaceAll(UNSEEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const UNSEEN = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}\u{10000}-\u{10ffff}]/gu


/** Whether a part of a reference is written with a dot. */
export function isDotted({ style, repeats }: Layout, text: string, wasDotted: boolean): boolean {
  return isIdentifier(text) && (wasDotted || repeats || !style.keywords.has(text))
}

export function isIdentifier(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}
