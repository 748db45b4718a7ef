/** From texts to a plan, for tests: whatever is reported fails the test. */
import { checkModules } from '../../src/check/check.js'
import { type Diagnostic, DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { publishPlan } from '../../src/ir/publish.js'
import { planProgram } from '../../src/plan/planner.js'
import { Source } from '../../src/source/source.js'
import { parseModule, parseQuery } from '../../src/syntax/parse/module.js'

export interface PlanRequest {
  /** Texts by file name, in v1. */
  readonly modules: Readonly<Record<string, string>>
  readonly entrypoints?: readonly string[]
  readonly query?: string
}

/** The plan, or what is reported instead. */
export function tryPlan(request: PlanRequest): IrPolicy | readonly Diagnostic[] {
  const sink = new DiagnosticSink()
  const options = { version: 'v1', experimentalKeywords: true } as const
  const modules = Object.entries(request.modules).flatMap(
    ([name, text]) => parseModule(new Source(name, text), options, sink) ?? [],
  )
  const query = request.query === undefined ? undefined : parseQuery(new Source('query', request.query), options, sink)
  const checked = sink.hasErrors ? undefined : checkModules(modules, query === undefined ? {} : { query }, sink)
  const plan = checked === undefined ? undefined : planProgram(checked, { entrypoints: request.entrypoints ?? [] }, sink)
  return plan === undefined ? sink.sorted() : publishPlan(plan)
}

export function planOf(request: PlanRequest): IrPolicy {
  const plan = tryPlan(request)
  if ('plans' in plan) return plan
  throw new Error(plan.map(({ message, location }) => `${location?.row ?? 0}: ${message}`).join('\n'))
}
