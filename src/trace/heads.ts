/** Where the heads of clauses are: `allow := x` of a rule, `else := y` of what follows it. */
import type { CheckedClause } from '../check/core.js'
import type { Span } from '../source/source.js'
import type { Module } from '../syntax/ast.js'

/** The parts of a head, by the clause that produces it: of a default, the word and the head. */
export function headSpans(modules: readonly Module[]): (clause: CheckedClause) => readonly Span[] {
  const known = new Map<string, readonly Span[]>()
  for (const { rules } of modules) {
    for (const { default: isDefault, head, bodies, elses, span } of rules) {
      const { source } = head.span
      known.set(
        keyOf(span),
        isDefault ? [{ source, start: span.start, end: span.start + 'default'.length }, head.span] : [head.span],
      )
      for (const body of bodies.slice(1)) known.set(keyOf(body.span), [head.span])
      for (const one of elses) {
        const end = one.value?.span.end ?? one.span.start + 'else'.length
        known.set(keyOf(one.span), [{ source, start: one.span.start, end }])
      }
    }
  }
  return ({ span }) => known.get(keyOf(span)) ?? []
}

function keyOf({ source, start, end }: Span): string {
  return `${source.name} ${start}-${end}`
}
