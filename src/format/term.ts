/**
 * Terms. Brackets stay on one line or are laid out over several, as their source is.
 */
import type { ObjectTerm, RefPart, RefTerm, Term } from '../syntax/ast.js'
import { RESERVED, V1_KEYWORDS } from '../syntax/token.js'
import { writeComprehension } from './comprehension.js'
import { writeInParens, writeInfix, writeMember } from './infix.js'
import { type Layout, sourceText, writeOrCopy } from './layout.js'
import { writeList } from './list.js'
import { writeAlone } from './literal.js'
import { writeTemplate } from './template.js'

/** A term that stands for itself: an operand, an argument, a value. Its source is copied if its comments have no place. */
export function writeTerm(layout: Layout, term: Term): void {
  writeOrCopy(layout, term.span, () => writeBareTerm(layout, term))
}

/** A term within another. */
export function writeBareTerm(layout: Layout, term: Term): void {
  const { page } = layout
  switch (term.kind) {
    case 'null':
      return page.write('null')
    case 'boolean':
      return page.write(String(term.value))
    case 'number':
      return page.write(term.text)
    case 'string':
      return page.write(sourceText(layout, term.span))
    case 'var':
      return page.write(term.name)
    case 'ref':
      return writeRef(layout, term)
    case 'call':
      writeOperator(layout, term.operator)
      if (term.args.some(isGenerated)) return writeInlineArguments(layout, term.args)
      return writeList(layout, {
        open: '(',
        close: ')',
        items: term.args,
        startOf: (item) => item.span.start,
        write: writeAlone,
        span: term.span,
        isCall: true,
      })
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

/** A name as the compiler makes them; OPA does not know the row of such a one. */
function isGenerated(term: Term): boolean {
  return term.kind === 'var' && term.name.startsWith('__local')
}

function writeInlineArguments(layout: Layout, args: readonly Term[]): void {
  layout.page.write('(')
  for (const [index, arg] of args.entries()) {
    if (index > 0) layout.page.write(', ')
    writeAlone(layout, arg)
  }
  layout.page.write(')')
}

function writeItems(layout: Layout, open: string, close: string, items: readonly Term[], term: Term): void {
  writeList(layout, { open, close, items, startOf: (item) => item.span.start, write: writeItem, span: term.span, isCall: false })
}

/** An item of a collection, where `k, v in xs` and a union have to be kept together. */
export function writeItem(layout: Layout, term: Term): void {
  const needsParens =
    (term.kind === 'infix' && term.op === '|' && term.unaryMinus !== true) || (term.kind === 'member' && term.key !== undefined)
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

function writeOperator(layout: Layout, operator: Term): void {
  if (operator.kind === 'ref') writeRef(layout, operator)
  else writeBareTerm(layout, operator)
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
  if (term.kind === 'string' && isName(term.value, dot)) return page.write(`.${term.value}`)
  page.write('[')
  writeTerm(layout, term)
  page.write(']')
}

/** Whether a part of a reference is written with a dot. Keywords are only if they were. */
export function isName(text: string, wasDotted: boolean): boolean {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return false
  return wasDotted || !(RESERVED.has(text) || V1_KEYWORDS.has(text))
}
