/**
 * Rego or a plan in, a policy module out: composes the rooms of the compiler.
 *
 * Each `compile…` that throws is a thin wrapper around a `try…` that collects what is wrong.
 */
import { type BuiltinRow, type TypeDecl, row } from './builtins/signature.js'
import { checkModules } from './check/check.js'
import type { CheckedProgram } from './check/core.js'
import { type CapabilitiesJson, COMPILE_OPTIONS, readCheckOptions, readCompiledData } from './compile-options.js'
import { generatePolicy } from './codegen/generate.js'
import { PlanError } from './codegen/plan-error.js'
import type { ProgramOptions } from './codegen/program.js'
import { runtimeImage } from './codegen/runtime-image.js'
import { type Diagnostic, DiagnosticSink } from './diagnostics/diagnostic.js'
import { RegoCompileError } from './errors.js'
import type { IrPolicy } from './ir/plan.js'
import { publishPlan } from './ir/publish.js'
import { groundResults } from './ground-results.js'
import { checkOptions } from './options.js'
import { reportPlanFault, reportUnsupported } from './plan-report.js'
import type { PlanNotes } from './plan/notes.js'
import { type NamedEntrypoint, planProgram } from './plan/planner.js'
import { Source } from './source/source.js'
import type { Module, RegoVersion } from './syntax/ast.js'
import { parseModule, parseQuery } from './syntax/parse/module.js'

export type { CapabilitiesJson } from './compile-options.js'

/** A builtin of the user's own, as the compiler has to know it; its implementation is passed to `loadRego`. */
export interface BuiltinDeclaration {
  readonly args: readonly TypeDecl[]
  readonly result: TypeDecl
  /** Whether equal calls may differ from one evaluation to the next. Default true. */
  readonly nondeterministic?: boolean
}

/** How the module that comes out behaves. */
export interface TargetOptions {
  /** Errors of builtins end the evaluation. Default: they make the call undefined. */
  readonly strictBuiltinErrors?: boolean
  /**
   * How builtins of the host are called: `exact` (the default) loses nothing and needs `hostBuiltins` or `loadRego` on the
   * other side; `portable` follows the published JSON protocol, for hosts that know nothing of this library.
   */
  readonly hostCalls?: 'exact' | 'portable'
  /** Write the names of rules into the module, for profilers and stack traces. Default: no, it makes the module larger. */
  readonly names?: boolean
  /** A document that `data` holds from the start, compiled in; what the host loads goes on top of it. */
  readonly data?: unknown
  /** The same as JSON text, when numbers must not lose digits. */
  readonly dataText?: string
}

export interface CompileRegoOptions extends TargetOptions {
  /** Sources by file name. */
  readonly modules: Readonly<Record<string, string>>
  /** Paths of documents, as in `policy/create_container`; `policy/*` stands for everything directly below `policy`. */
  readonly entrypoints: readonly string[]
  /**
   * The only names that `data` will ever have at its top, beside the packages of the modules. What is below other names is
   * then undefined for certain, and rules that ask for it can be computed when compiling. Default: any name.
   */
  readonly baseDocuments?: readonly string[]
  /** How to read the modules. Default: each as its own syntax and imports say. */
  readonly regoVersion?: RegoVersion
  /** A query to compile along with the modules; it becomes the entrypoint `query`, with a result for each solution. */
  readonly query?: string
  /** Refuse what is allowed but doubtful: unused imports, variables and arguments, deprecated builtins. */
  readonly strict?: boolean
  /** Accept imports of experimental keywords. */
  readonly experimentalKeywords?: boolean
  /** Refuse what these capabilities do not list. */
  readonly capabilities?: CapabilitiesJson
  /**
   * JSON Schemas by the name that `schemas` annotations call them: `schema.input`, or the path of the file that OPA would
   * read, as in `kubernetes/pod`. The one called `schema` describes the input of all rules. Default: annotations of this
   * kind are comments.
   */
  readonly schemas?: Readonly<Record<string, unknown>>
  /** Keep `print` calls. Default: they are checked and dropped. */
  readonly print?: boolean
  /** The user's own builtins, by name. */
  readonly builtins?: Readonly<Record<string, BuiltinDeclaration>>
  /** Builtins that reach out of the evaluation and that the host supplies: `http.send` and the like. */
  readonly hostBuiltins?: readonly string[]
}

export interface CompiledRego {
  readonly wasm: Uint8Array<ArrayBuffer>
  /** The plan in the published language. It is written out when it is first read: of a large policy it is far larger. */
  readonly plan: IrPolicy
  readonly entrypoints: readonly string[]
  /** Builtins that the host has to supply, by the names under which the module lists them: see `hostBuiltins`. */
  readonly builtins: readonly string[]
  readonly warnings: readonly Diagnostic[]
}

export type CompileResult =
  { readonly ok: true; readonly compiled: CompiledRego } | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/**
 * Compile Rego modules to a WebAssembly module with OPA's ABI.
 *
 * Errors: `RegoCompileError` with everything that is wrong; `OptionError` for an option that is not what it must be.
 *
 * @example
 * const modules = { 'policy.rego': 'package policy\nallow if input.ok' }
 * const compiled = compileRego({ modules, entrypoints: ['policy/allow'] })
 */
export function compileRego(options: CompileRegoOptions): CompiledRego {
  return orThrow(tryCompileRego(options))
}

/** As `compileRego`, with what is wrong with the modules as a value. */
export function tryCompileRego(options: CompileRegoOptions): CompileResult {
  checkOptions(options, COMPILE_OPTIONS)
  return tryCompileWith(options, {})
}

/** What a tool changes about a program on its way through the compiler. */
export interface CompileHooks {
  /** The modules, in place of those of the options: texts may know which Rego they are. */
  readonly sources?: readonly Source[]
  /** Between parsing and checking. */
  readonly modules?: (modules: readonly Module[]) => readonly Module[]
  /** Between checking and planning. */
  readonly checked?: (program: CheckedProgram) => CheckedProgram
  /** Entrypoints besides those of the options; asked for after checking. */
  readonly namedEntrypoints?: () => readonly NamedEntrypoint[]
  /** Takes down what the statements of the plan stand for; the plan is then good for the interpreter only. */
  readonly notes?: PlanNotes
  /** Whether what the policy computes from itself alone is computed when compiling. Default true. */
  readonly computeGround?: boolean
}

/** As `tryCompileRego`, with changes on the way. */
export function tryCompileWith(options: CompileRegoOptions, hooks: CompileHooks): CompileResult {
  const sink = new DiagnosticSink()
  return finish(planModules(options, sink, hooks), options, hooks, sink)
}

/** As `tryCompileWith`, for modules that have been checked, by the same options. */
export function tryCompileChecked(program: CheckedProgram, options: CompileRegoOptions): CompileResult {
  const sink = new DiagnosticSink()
  return finish(planChecked(program, options, sink), options, {}, sink)
}

function finish(
  plan: IrPolicy | undefined,
  options: CompileRegoOptions,
  hooks: CompileHooks,
  sink: DiagnosticSink,
): CompileResult {
  if (plan !== undefined) reportUnsupported(plan, options, sink)
  if (plan === undefined || sink.hasErrors) return { ok: false, diagnostics: sink.sorted() }
  const results = hooks.computeGround === false ? {} : { results: groundResults(plan, options) }
  return publish(generate(plan, options, results, sink))
}

/** Few ask for the plan, which is far larger than the policy it comes from. */
function publish(result: CompileResult): CompileResult {
  if (!result.ok) return result
  const { wasm, plan, entrypoints, builtins, warnings } = result.compiled
  let published: IrPolicy | undefined
  return {
    ok: true,
    compiled: {
      wasm,
      get plan() {
        return (published ??= publishPlan(plan))
      },
      entrypoints,
      builtins,
      warnings,
    },
  }
}

/** The plan of Rego modules; undefined if there is something to report. */
export function planModules(options: CompileRegoOptions, sink: DiagnosticSink, hooks: CompileHooks = {}): IrPolicy | undefined {
  const modules: Module[] = []
  for (const source of hooks.sources ?? Object.entries(options.modules).map(([name, text]) => new Source(name, text))) {
    const module = parseModule(
      source,
      { version: options.regoVersion, experimentalKeywords: options.experimentalKeywords },
      sink,
    )
    if (module !== undefined) modules.push(module)
  }
  const query =
    options.query === undefined
      ? undefined
      : parseQuery(new Source('query', options.query), { experimentalKeywords: options.experimentalKeywords }, sink)
  const documents = readCheckOptions(options, sink)
  if (sink.hasErrors || documents === undefined) return undefined

  const checked = checkModules(
    hooks.modules === undefined ? modules : hooks.modules(modules),
    {
      strict: options.strict ?? false,
      print: options.print ?? false,
      hostBuiltins: new Set(options.hostBuiltins ?? []),
      customBuiltins: customRows(options.builtins ?? {}),
      ...(query === undefined ? {} : { query }),
      ...documents,
    },
    sink,
  )
  return checked === undefined ? undefined : planChecked(checked, options, sink, hooks)
}

/** The plan of modules that have been checked, by the same options; undefined if there is something to report. */
export function planChecked(
  checked: CheckedProgram,
  options: CompileRegoOptions,
  sink: DiagnosticSink,
  hooks: CompileHooks = {},
): IrPolicy | undefined {
  const { entrypoints, baseDocuments, strictBuiltinErrors = false } = options
  return planProgram(
    hooks.checked === undefined ? checked : hooks.checked(checked),
    {
      entrypoints,
      ...(hooks.namedEntrypoints === undefined ? {} : { namedEntrypoints: hooks.namedEntrypoints() }),
      customBuiltins: customRows(options.builtins ?? {}),
      strictBuiltinErrors,
      ...(hooks.notes === undefined ? {} : { notes: hooks.notes }),
      ...(baseDocuments === undefined ? {} : { baseDocuments: new Set(baseDocuments) }),
    },
    sink,
  )
}

/** The module of a plan, with what is wrong with the plan reported. */
export function generate(
  plan: IrPolicy,
  options: TargetOptions,
  ground: Pick<ProgramOptions, 'results'>,
  sink: DiagnosticSink,
): CompileResult {
  const data = readCompiledData(options, sink)
  if (data === undefined) return { ok: false, diagnostics: sink.sorted() }
  const { hostCalls = 'exact', strictBuiltinErrors = false, names = false } = options
  try {
    const { wasm, entrypoints, builtins } = generatePolicy(plan, runtimeImage(), {
      hostCalls,
      strictBuiltinErrors,
      names,
      ...data,
      ...ground,
    })
    return { ok: true, compiled: { wasm, plan, entrypoints, builtins, warnings: sink.sorted() } }
  } catch (fault) {
    if (!(fault instanceof PlanError)) throw fault
    reportPlanFault(fault.message, fault.location, plan, sink)
    return { ok: false, diagnostics: sink.sorted() }
  }
}

export function orThrow(result: CompileResult): CompiledRego {
  if (!result.ok) throw new RegoCompileError(result.diagnostics)
  return result.compiled
}

function customRows(declarations: Readonly<Record<string, BuiltinDeclaration>>): ReadonlyMap<string, BuiltinRow> {
  return new Map(
    Object.entries(declarations).map(([name, { args, result, nondeterministic }]) => [
      name,
      row(name, 'custom', args, result, '0.17.0', { nondeterministic: nondeterministic ?? true }),
    ]),
  )
}
