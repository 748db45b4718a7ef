/** Template strings: their text as it is written, constants in them as part of the text. */
import type { Literal, TemplateTerm } from '../syntax/ast.js'
import { type Layout, sourceText } from './layout.js'
import { writeLiteral } from './literal.js'

export function writeTemplate(layout: Layout, { raw, parts, span }: TemplateTerm): void {
  const { page, source } = layout
  const { text } = source
  const quote = raw ? '`' : '"'
  page.write(`$${quote}`)
  let at = span.start + 2
  for (const part of parts) {
    if (part.kind === 'text') continue
    const { literal } = part
    page.write(text.slice(at, text.lastIndexOf('{', literal.span.start - 1)))
    const constant = constantText(literal)
    if (constant !== undefined) page.write(constant)
    else {
      page.write('{')
      page.indent++
      writeLiteral(layout, literal)
      page.indent--
      page.write('}')
    }
    at = text.indexOf('}', literal.span.end) + 1
  }
  page.write(sourceText(layout, { source, start: at, end: span.end }))
}

/** What an embedded constant is in the text, where it needs no escaping in any kind of template. */
export function constantText({ negated, expr, withs }: Literal): string | undefined {
  if (negated || withs.length > 0 || expr.kind !== 'term') return undefined
  const { term } = expr
  switch (term.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return String(term.value)
    case 'number':
      return term.text
    case 'string':
      return /^[^"`\\{}\p{Cc}]*$/u.test(term.value) ? term.value : undefined
    default:
      return undefined
  }
}
