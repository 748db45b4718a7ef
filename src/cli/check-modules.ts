/** Parsing and checking many modules together, as the commands do it: what is wrong is a value. */
import type { CheckedProgram } from '../check/core.js'
import { type Capabilities, checkModules, readSchemas } from '../check/check.js'
import { HOST_BUILTINS } from '../check/options.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import type { Source } from '../source/source.js'
import type { Body, Module, RegoVersion } from '../syntax/ast.js'
import { parseModule } from '../syntax/parse/module.js'
import type { CliIo } from './io.js'
import { startProgress } from './progress.js'

export interface CheckSettings {
  readonly version: RegoVersion | undefined
  readonly strict?: boolean
  readonly capabilities?: Capabilities
  /** By name, as `compileRego` takes them. */
  readonly schemas?: Readonly<Record<string, unknown>>
  /** Report malformed metadata too. */
  readonly annotations?: boolean
  readonly print?: boolean
  readonly query?: Body
  /** A module without rules: its package and imports are those of the query. */
  readonly queryModule?: Module
  /** Whether builtins that reach out of the evaluation may be called; default: yes. */
  readonly hostBuiltins?: ReadonlySet<string>
}

export interface CheckedModules {
  readonly modules: readonly Module[]
  /** Undefined if there are errors. */
  readonly program: CheckedProgram | undefined
  readonly diagnostics: readonly Diagnostic[]
}

/** Keywords that OPA accepts of those who import them. */
export const EXPERIMENTAL = { experimentalKeywords: true } as const

/** Parse modules; those that do not parse are left out, and reported. */
export function parseSources(
  sources: readonly Source[],
  version: RegoVersion | undefined,
  sink: DiagnosticSink,
  io: CliIo,
): readonly Module[] {
  const progress = startProgress('parsing', sources.length, io)
  const modules: Module[] = []
  for (const source of sources) {
    const module = parseModule(source, { ...EXPERIMENTAL, version }, sink)
    if (module !== undefined) modules.push(module)
    progress.step()
  }
  progress.end()
  return modules
}

/** Parse and check; modules are checked together only if all of them parse. */
export function checkSources(sources: readonly Source[], settings: CheckSettings, io: CliIo): CheckedModules {
  const sink = new DiagnosticSink()
  const modules = parseSources(sources, settings.version, sink, io)
  const program = sink.hasErrors ? undefined : checkParsed(modules, settings, sink)
  return { modules, program, diagnostics: sink.sorted() }
}

/** Check each module as v0 and as v1: what is wrong in either is wrong. */
export function checkAsBoth(sources: readonly Source[], settings: CheckSettings, io: CliIo): Pick<CheckedModules, 'diagnostics'> {
  const sink = new DiagnosticSink()
  for (const version of ['v0', 'v1'] as const)
    for (const one of checkSources(sources, { ...settings, version }, io).diagnostics) sink.add(one)
  return { diagnostics: sink.sorted() }
}

export function checkParsed(
  modules: readonly Module[],
  settings: CheckSettings,
  sink: DiagnosticSink,
): CheckedProgram | undefined {
  const {
    strict = false,
    annotations = false,
    print = true,
    hostBuiltins = HOST_BUILTINS,
    capabilities,
    schemas,
    query,
    queryModule,
  } = settings
  const options = {
    strict,
    annotations,
    print,
    hostBuiltins,
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(schemas === undefined ? {} : { schemas: readSchemas(schemas) }),
    ...(query === undefined ? {} : { query }),
    ...(queryModule === undefined ? {} : { queryModule }),
  }
  return checkModules(modules, options, sink)
}
