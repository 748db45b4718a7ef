/**
 * The front door: what is not exported here is private.
 */
export {
  type BuiltinDeclaration,
  type CapabilitiesJson,
  type CompileRegoOptions,
  type CompileResult,
  type CompiledRego,
  type TargetOptions,
  compilePlan,
  compileRego,
  tryCompilePlan,
  tryCompileRego,
} from './compile.js'
export {
  type EvalLocation,
  RegoCompileError,
  RegoEvalError,
  type RegoEvalErrorCode,
  RegoLoadError,
  type RegoLoadErrorCode,
} from './errors.js'
export { type LoadRegoOptions, type LoadablePolicy, hostBuiltins, loadRego, loadRegoSync } from './load/load.js'
export { type EvalBudget, RegoPolicy } from './load/rego-policy.js'
export type { HostFacts, PlainBuiltin, UserBuiltin, UserBuiltins } from './load/host-session.js'
export { type BuiltinContext, BuiltinError, type HostFunction } from './builtins/context.js'
export { prepareBuiltins } from './builtins/host.js'
export type { TypeDecl } from './builtins/signature.js'
export type { Diagnostic, RegoErrorCode, Severity } from './diagnostics/diagnostic.js'
export type { Location } from './source/source.js'
export type { IrPolicy } from './ir/plan.js'
export { printPlan } from './ir/print.js'
export { type PlanFault, validatePlan } from './ir/validate.js'
export { RegoNumber, numberOf } from './value/number.js'
export { RegoObject, RegoSet, type RegoValue } from './value/value.js'
