/**
 * The front door: what is not exported here is private.
 */
export { compilePlan, tryCompilePlan } from './compile-plan.js'
export {
  type BuiltinDeclaration,
  type CapabilitiesJson,
  type CompileRegoOptions,
  type CompileResult,
  type CompiledRego,
  type TargetOptions,
  compileRego,
  tryCompileRego,
} from './compile.js'
export {
  type EvalLocation,
  OptionError,
  RegoCompileError,
  RegoEvalError,
  type RegoEvalErrorCode,
  RegoLoadError,
  type RegoLoadErrorCode,
} from './errors.js'
export { type LoadRegoOptions, type LoadablePolicy, hostBuiltins, loadRego, loadRegoSync } from './load/load.js'
export { type EvalBudget, RegoPolicy } from './load/rego-policy.js'
export { type FormatOptions, type FormatResult, formatRego, tryFormatRego } from './format/format.js'
export type { HostFacts, PlainBuiltin, UserBuiltin, UserBuiltins } from './load/host-session.js'
export { type BuiltinContext, BuiltinError, type HostFunction } from './builtins/context.js'
export { prepareBuiltins } from './builtins/host.js'
export type { TypeDecl } from './builtins/signature.js'
export type { Diagnostic, RegoErrorCode, Severity } from './diagnostics/diagnostic.js'
export type { Location } from './source/source.js'
export type { IrPolicy } from './ir/plan.js'
export { type PlanFault, validatePlan } from './ir/validate.js'
export { RegoNumber, numberOf } from './value/number.js'
export { RegoObject, RegoSet, type RegoValue } from './value/value.js'
export type { RenderOptions } from './diagnostics/render.js'
export { type NamedText, printPlan, renderDiagnostic } from './printing.js'
export { type TemplatePolicy, policiesInTemplate } from './cce/arm-template.js'
export { policyDigest } from './cce/digest.js'
export { type GuestData, guestData } from './cce/guest-data.js'
export { parsePolicy } from './cce/parse.js'
export type {
  CcePolicy,
  Container,
  DeclaredContainer,
  DeclaredPolicy,
  EnvRule,
  ExecProcess,
  ExternalProcess,
  FragmentRule,
  LinuxContainer,
  OpenDoorPolicy,
  PlatformRule,
  PolicyFlag,
  RegoTextPolicy,
  StructuredPolicy,
  TrustListRule,
  WindowsContainer,
} from './cce/policy.js'
export { PolicyError, type PolicyFault } from './cce/policy-error.js'
export { POLICY_SCHEMA } from './cce/schema.js'
export { policyToRego } from './cce/render.js'
export { policyWarnings } from './cce/warnings.js'
export type { PolicyWarning, PolicyWarningCode } from './cce/warnings/warning.js'
export { DEFAULT_BUDGET, type EnforcerOptions, createEnforcer } from './create-enforcer.js'
export type { AuditEvent } from './enforce/audit.js'
export type { Allowed, Decision, Denied, DenialCode, DenialReason, JsonObject, JsonValue } from './enforce/decision.js'
export { type DenialDocument, decodeDenial, encodeDenial } from './enforce/denial-text.js'
export type { CandidateKind, Explanation, Mismatch, NearestCandidate } from './enforce/explain/explanation.js'
export type { Enforcer, EnforcerSnapshot, Hooks } from './enforce/enforcer.js'
export type { FragmentOffer } from './enforce/fragment.js'
export type { CapabilitySets } from './enforce/grant.js'
export type * from './enforce/inputs.js'
export { INPUT_SCHEMAS } from './enforce/input-schema.js'
export { MetadataFault } from './enforce/metadata.js'
export { ENFORCEMENT_POINTS, type EnforcementPoint, HOOK_NAMES, type HookName, POINTS } from './enforce/points.js'
export { type Agent, PolicyDeniedError, protect } from './enforce/protect.js'
export { type ConvertOptions, ConvertError, type ConvertedPolicy, type PolicyForm, convertPolicy } from './review/convert.js'
export { type DiffEffect, type PolicyDiff, type PolicyDifference, diffPolicies } from './review/diff.js'
export {
  type DeploymentExplanation,
  type ExplainDeploymentOptions,
  type PolicyExplanation,
  type SuggestedChange,
  explainDeployment,
} from './review/explain-deployment.js'
export { type FoundPolicies, type FoundPolicy, findPolicies } from './review/find-policies.js'
export {
  type LintCatalogueEntry,
  type LintCode,
  type LintFinding,
  type LintOptions,
  lintCatalogue,
  lintPolicy,
} from './review/lint.js'
export type { LintSeverity } from './review/lint/catalogue.js'
export type { PointAnswer } from './review/points.js'
export {
  type Expectation,
  type Outcome,
  type Replay,
  type ReplayOptions,
  type ReplayedStep,
  type StateChange,
  type Trace,
  TraceError,
  type TraceStep,
  readTrace,
  replayTrace,
} from './review/replay.js'
export { type DeclaredObject, type PolicySummary, summarizePolicy } from './review/summary.js'
