/**
 * What the type checker says, and what it has inferred: a set is no number, so that `abs({x})` shows the type of `x`.
 */
import { DiagnosticSink } from '../../../src/diagnostics/diagnostic.js'
import { type CheckTextOptions, tryCheck } from '../../support/check.js'

/** `row:col message (hint)` of each diagnostic, in order. */
export function typeErrors(texts: string | readonly string[], options: CheckTextOptions = {}): readonly string[] {
  const checked = tryCheck(texts, options)
  if (!(checked instanceof DiagnosticSink)) return []
  return checked.sorted().map(({ message, location, hint }) => {
    const place = `${typeof texts === 'string' ? '' : `${location?.file}:`}${location?.row}:${location?.col}`
    return `${place} ${message} (${hint})`
  })
}

/** The type of a term where `rules` hold, and `body` in front of it. */
export function typeOf(term: string, rules = '', body = '', options: CheckTextOptions = {}): string {
  const text = `${rules}\nshown if {\n${body}\nabs({${term}})\n}`
  const [error] = typeErrors(text, options).filter((one) => one.includes('abs: invalid argument(s)'))
  const shown = /\(have \(set\[(.*)\]\), want \(number\)\)$/.exec(error ?? '')
  return shown?.[1] ?? `no type: ${typeErrors(text, options).join('; ')}`
}
