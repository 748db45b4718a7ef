/**
 * The front door of checking: modules in, a program in core Rego out.
 */
import type { DiagnosticSink } from '../diagnostics/diagnostic.js'
import type { Module } from '../syntax/ast.js'
import { CheckContext } from './context.js'
import type { CheckedProgram } from './core.js'
import type { CheckOptions } from './options.js'
import { CHECK_STAGES, startDraft } from './stages.js'

export type { Capabilities, CheckOptions } from './options.js'
export { SchemaFault } from './types/json-schema.js'
export { readSchemas } from './types/schema-names.js'

/** Check modules together. Everything that is wrong is reported; undefined if anything is. */
export function checkModules(
  modules: readonly Module[],
  options: CheckOptions,
  sink: DiagnosticSink,
): CheckedProgram | undefined {
  const cx = new CheckContext(options, sink)
  let draft = startDraft([...modules].sort(byFileName))
  for (const stage of CHECK_STAGES) draft = stage.run(draft, cx)
  if (cx.hasErrors) return undefined
  const packages = new Map(draft.modules.map(({ package: { path } }) => [JSON.stringify(path), path]))
  return { rules: draft.rules, packages: [...packages.values()], query: draft.query, localCount: cx.locals.count }
}

function byFileName(a: Module, b: Module): number {
  const left = a.span.source.name
  const right = b.span.source.name
  return left < right ? -1 : left > right ? 1 : 0
}
