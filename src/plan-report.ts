/** What is wrong with a plan, as diagnostics: at the places that its statements give as their origin. */
import { hostFunction } from './builtins/host.js'
import { nativeName } from './codegen/program.js'
import { runtimeImage } from './codegen/runtime-image.js'
import { TARGET_MESSAGES } from './diagnostics/catalogue/target.js'
import type { DiagnosticSink, MessageRow } from './diagnostics/diagnostic.js'
import type { IrLocation, IrPolicy } from './ir/plan.js'
import { allStatements } from './ir/walk.js'
import type { Location } from './source/source.js'

interface SuppliedBuiltins {
  readonly builtins?: Readonly<Record<string, unknown>>
  readonly hostBuiltins?: readonly string[]
}

/** A builtin that nobody implements is told where it is called, not when the policy is loaded. */
export function reportUnsupported(plan: IrPolicy, options: SuppliedBuiltins, sink: DiagnosticSink): void {
  const image = runtimeImage()
  const supplied = new Set([...Object.keys(options.builtins ?? {}), ...(options.hostBuiltins ?? [])])
  const unsupported = new Set(
    (plan.static.builtin_funcs ?? [])
      .map(({ name }) => name)
      .filter((name) => !supplied.has(name) && !image.functions.has(nativeName(name)) && hostFunction(name) === undefined),
  )
  if (unsupported.size === 0) return
  const bodies = [...plan.plans.plans, ...plan.funcs.funcs]
  for (const { blocks } of bodies) {
    for (const stmt of allStatements(blocks)) {
      if (stmt.type !== 'CallStmt' || !unsupported.has(stmt.stmt.func)) continue
      report('unsupported-builtin', [stmt.stmt.func], stmt.stmt, plan, sink)
    }
  }
}

/** A document that is no plan, or one that cannot be compiled. */
export function reportPlanFault(message: string, location: IrLocation | undefined, plan: IrPolicy, sink: DiagnosticSink): void {
  report('malformed-plan', [message], location, plan, sink)
}

function report(
  rule: 'malformed-plan' | 'unsupported-builtin',
  facts: readonly [string],
  location: IrLocation | undefined,
  plan: IrPolicy,
  sink: DiagnosticSink,
): void {
  const message: MessageRow<readonly [string]> = TARGET_MESSAGES[rule]
  const hint = message.hint?.(...facts)
  const place = location === undefined ? undefined : locationOf(location, plan)
  sink.add({
    code: message.code,
    rule,
    severity: 'error',
    message: message.text(...facts),
    ...(place === undefined ? {} : { location: place }),
    ...(hint === undefined ? {} : { hint }),
  })
}

/** None for what stands in no text: OPA writes row 0 then. */
function locationOf(location: IrLocation, plan: IrPolicy): Location | undefined {
  const { file, row: line, col, end_row: endRow = line, end_col: endCol = col } = location
  if (Math.min(line, col, endRow, endCol) < 1) return undefined
  return { file: plan.static.files?.[file]?.value ?? '', row: line, col, endRow, endCol }
}
