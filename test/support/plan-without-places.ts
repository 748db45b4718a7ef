/**
 * Plans for comparison: the same whatever rows and columns the statements come from, and without statements that do
 * nothing: a body that is just `true` leaves one.
 */
import { checkModules } from '../../src/check/check.js'
import { DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { publishPlan } from '../../src/ir/publish.js'
import { planProgram } from '../../src/plan/planner.js'
import { Source } from '../../src/source/source.js'
import type { Module, RegoVersion } from '../../src/syntax/ast.js'
import { parseModule, parseQuery } from '../../src/syntax/parse/module.js'

const PLACES = new Set(['row', 'col', 'end_row', 'end_col'])

/** The plan of texts and a query; the messages instead, if they do not compile. */
export function planWithoutPlaces(texts: readonly string[], version: RegoVersion, query: string): string {
  const sink = new DiagnosticSink()
  const options = { version, experimentalKeywords: true } as const
  const modules = texts.map((text, index) => parseModule(new Source(`${index}.rego`, text), options, sink))
  const body = parseQuery(new Source('query', query), { experimentalKeywords: true }, sink)
  const checked = sink.hasErrors || body === undefined ? undefined : checkModules(modules as Module[], { query: body }, sink)
  const plan = checked === undefined ? undefined : planProgram(checked, { entrypoints: [] }, sink)
  if (plan === undefined) return sink.sorted().map(({ message }) => message).sort().join('\n')
  return JSON.stringify(publishPlan(plan), (key, value: unknown) => {
    if (key === 'stmts' && Array.isArray(value)) return value.filter((stmt: { readonly type: string }) => stmt.type !== 'NopStmt')
    return PLACES.has(key) && typeof value === 'number' ? 0 : value
  })
}
