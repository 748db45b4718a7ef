/**
 * A plan in, a policy module out. Apart from `compile.ts`, because whoever compiles Rego need not load what validates plans.
 */
import { TARGET_OPTIONS } from './compile-options.js'
import { type CompileResult, type CompiledRego, type TargetOptions, generate, orThrow } from './compile.js'
import { DiagnosticSink } from './diagnostics/diagnostic.js'
import type { IrPolicy } from './ir/plan.js'
import { validatePlan } from './ir/validate.js'
import { checkOptions } from './options.js'
import { reportPlanFault } from './plan-report.js'

/**
 * Compile a plan, of our own making or written by `opa build -t plan`, to a WebAssembly module.
 *
 * Errors: `RegoCompileError` if the document is no plan; `OptionError` for an option that is not what it must be.
 */
export function compilePlan(plan: IrPolicy, options: TargetOptions = {}): CompiledRego {
  return orThrow(tryCompilePlan(plan, options))
}

/** As `compilePlan`, with what is wrong as a value. */
export function tryCompilePlan(plan: IrPolicy, options: TargetOptions = {}): CompileResult {
  checkOptions(options, TARGET_OPTIONS)
  const sink = new DiagnosticSink()
  for (const { where, message, location } of validatePlan(plan)) reportPlanFault(`${where}: ${message}`, location, plan, sink)
  return sink.hasErrors ? { ok: false, diagnostics: sink.sorted() } : generate(plan, options, {}, sink)
}
