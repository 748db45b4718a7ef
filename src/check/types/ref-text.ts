/**
 * References as diagnostics write them: from `input`, `data` or a variable on, whatever names the author used.
 */
import { writeValueText } from '../../value/text.js'
import type { Span } from '../../source/source.js'
import type { CoreRef, CoreTerm } from '../core.js'
import { pathText, spanText } from '../names.js'

export function refText({ head, path, span }: CoreRef): string {
  const from = head.kind !== 'term' ? head.kind : termText(head.term, span)
  return from + path.map((key) => keyOfRef(key, span)).join('')
}

function keyOfRef(key: CoreTerm, within: Span): string {
  if (key.kind === 'const' && typeof key.value === 'string') return pathText(['', key.value])
  return `[${termText(key, within)}]`
}

function termText(term: CoreTerm, within: Span): string {
  if (term.kind === 'const') return writeValueText(term.value)
  if (term.kind === 'local' && !term.name.startsWith('__local')) return term.name
  // What was made up by the compiler, and not for a part of the reference, has no text.
  const { source, start, end } = term.span
  const isPart = source === within.source && start >= within.start && end <= within.end
  return isPart ? spanText(term.span) : '_'
}
