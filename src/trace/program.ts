/**
 * Programs that are watched while they run: plans with notes, evaluated by the interpreter.
 */
import { BuiltinError, type HostFunction, createBuiltinContext } from '../builtins/context.js'
import { hostFunction, prepareBuiltins } from '../builtins/host.js'
import type { CheckedProgram } from '../check/core.js'
import { type CompileHooks, type CompileRegoOptions, planModules } from '../compile.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import { PlanEvalError } from '../ir/interpreter/error.js'
import { evaluatePlan } from '../ir/interpreter/evaluate.js'
import type { Locals } from '../ir/interpreter/machine.js'
import type { IrPolicy } from '../ir/plan.js'
import { PlanNotes, type StmtNote } from '../plan/notes.js'
import type { Module } from '../syntax/ast.js'
import type { RegoValue } from '../value/value.js'

/** What an evaluation is watched by. */
export interface Watcher {
  /** A statement is about to run; `note` says what it stands for. */
  statement(note: StmtNote, locals: Locals): void
  /** The statement that runs has called a builtin that failed, which makes it undefined; `message` says why. */
  builtinFailed?(message: string): void
}

export interface WatchOptions {
  readonly input?: RegoValue | undefined
  readonly data: RegoValue
  /** Time, randomness and environment that the policy sees. */
  readonly host?: { readonly nowNs?: bigint; readonly seed?: Uint8Array; readonly env?: Readonly<Record<string, string>> }
  readonly print?: (line: string) => void
  /** Builtins that are answered in another way than the language's. */
  readonly builtins?: ReadonlyMap<string, HostFunction>
  readonly strictBuiltinErrors?: boolean
  /** Milliseconds after which the evaluation ends with `eval_cancel_error`. Default: none. */
  readonly timeoutMs?: number
}

/** The evaluation took longer than it may. */
export class WatchTimeout extends Error {
  override readonly name = 'WatchTimeout'
  readonly code = 'eval_cancel_error'
}

export type CompiledForTrace =
  | { readonly ok: true; readonly program: TracedProgram }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Compile modules for watching them; implementations of builtins are fetched as they are needed. */
export async function compileForTrace(options: CompileRegoOptions, hooks: CompileHooks = {}): Promise<CompiledForTrace> {
  const sink = new DiagnosticSink()
  const notes = new PlanNotes()
  let modules: readonly Module[] = []
  let checked: CheckedProgram | undefined
  const plan = planModules(options, sink, {
    ...hooks,
    notes,
    modules: (parsed) => (modules = hooks.modules === undefined ? parsed : hooks.modules(parsed)),
    checked: (program) => hooks.checked?.((checked = program)) ?? (checked = program),
  })
  if (plan === undefined || checked === undefined) return { ok: false, diagnostics: sink.sorted() }
  await prepareBuiltins((plan.static.builtin_funcs ?? []).map(({ name }) => name))
  return { ok: true, program: new TracedProgram(plan, notes, checked, modules) }
}

export class TracedProgram {
  /** Made by `compileForTrace`. */
  constructor(
    readonly plan: IrPolicy,
    readonly notes: PlanNotes,
    readonly checked: CheckedProgram,
    readonly modules: readonly Module[],
  ) {}

  /**
   * Evaluate a plan under watch; the result set.
   *
   * Errors: `PlanEvalError` for conflicts, `BuiltinError` where builtin errors are fatal, `WatchTimeout`.
   */
  watch(planName: string, options: WatchOptions, watcher: Watcher): readonly RegoValue[] {
    const { notes } = this
    const { input, data, print, builtins, timeoutMs = Infinity } = options
    const context = createBuiltinContext({ ...options.host, ...(print === undefined ? {} : { print }) })
    const end = performance.now() + timeoutMs
    let count = 0
    return evaluatePlan(this.plan, planName, {
      input,
      data,
      callBuiltin: (name, args) => {
        const implementation = builtins?.get(name) ?? hostFunction(name)
        if (implementation === undefined) throw new PlanEvalError('eval_internal_error', `there is no builtin \`${name}\``)
        try {
          return implementation(context, ...args)
        } catch (error) {
          if (!(error instanceof BuiltinError) || options.strictBuiltinErrors === true) throw error
          watcher.builtinFailed?.(error.message)
          return undefined
        }
      },
      onStatement: (stmt, locals) => {
        if ((++count & 0xfff) === 0 && performance.now() > end)
          throw new WatchTimeout('the evaluation takes too long to be traced')
        const note = notes.of(stmt)
        if (note !== undefined) watcher.statement(note, locals)
      },
    })
  }
}
