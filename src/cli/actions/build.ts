/** What `cce build` does: compile modules for entrypoints, and write a bundle or what would be in it. */
import { basename, resolve } from 'node:path'
import type { CheckedProgram } from '../../check/core.js'
import { HOST_BUILTINS } from '../../check/options.js'
import { type CompileRegoOptions, planChecked, tryCompileChecked } from '../../compile.js'
import { type Diagnostic, DiagnosticSink } from '../../diagnostics/diagnostic.js'
import { nearestPath } from '../../diagnostics/nearest.js'
import { publishPlan } from '../../ir/publish.js'
import type { Source } from '../../source/source.js'
import type { Module } from '../../syntax/ast.js'
import { VersionedSource } from '../../syntax/versioned-source.js'
import { type FoundAnnotations, annotationJson, annotationsOf } from '../annotations.js'
import { type CheckedModules, checkSources } from '../check-modules.js'
import { CliError } from '../command.js'
import { readCapabilities } from '../compiler-files.js'
import { DependencyTable } from '../dependencies.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { refuseProblems } from '../file-problem.js'
import { type LoadedFiles, loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { documentText } from '../json-text.js'
import { writeJson } from '../../value/json.js'
import { makeBundle } from '../make-bundle.js'
import { type OutputFormat, versionOf } from '../options.js'
import { countDiagnostics, diagnosticsToJson, printDiagnostics } from '../print-diagnostics.js'
import { stripRules } from '../strip-rules.js'
import { writeWhole } from '../write.js'

export interface BuildFlags {
  readonly target: 'wasm' | 'plan' | 'rego'
  readonly entrypoint?: readonly string[]
  readonly output?: string
  readonly bundle?: readonly string[]
  readonly revision?: string
  readonly hostCalls: 'portable' | 'exact'
  readonly print?: boolean
  readonly strict?: boolean
  readonly capabilities?: string
  readonly ignore?: readonly string[]
  readonly v0Compatible?: boolean
  readonly format: OutputFormat
}

export async function buildFiles(paths: readonly string[], flags: BuildFlags, io: CliIo): Promise<ExitCode> {
  const { bundle: bundles = [], ignore = [], target } = flags
  if (paths.length + bundles.length === 0) throw new CliError('nothing to build: name modules or directories', EXIT.usage)
  const output = flags.output ?? 'bundle.tar.gz'
  // What an earlier build has left in a directory is not built again.
  const files = await loadFiles(paths, { bundles, ignore: [...ignore, basename(output)] }, io)
  refuseProblems(files.problems)
  const settings = {
    version: versionOf(flags),
    strict: flags.strict === true,
    annotations: true,
    print: flags.print === true,
    ...(flags.capabilities === undefined ? {} : { capabilities: readCapabilities(flags.capabilities, io.cwd) }),
  }
  const checked = checkSources(files.modules, settings, io)
  if (checked.program === undefined) return tell(checked.diagnostics, files.modules, flags, io)
  const annotations = annotationsOf(checked.modules)
  const entrypoints = entrypointsOf(checked, annotations, flags)
  const compiled = compile(checked.program, entrypoints, flags)
  if ('diagnostics' in compiled) return tell(compiled.diagnostics, files.modules, flags, io)
  const isBare = compiled.artefact !== undefined && output.endsWith(compiled.artefact.bareName)
  const made = isBare ? undefined : await bundleOf(files, checked, entrypoints, annotations, compiled.artefact, flags)
  const bytes = made?.bytes ?? compiled.artefact?.bytes ?? new Uint8Array(0)
  writeWhole(resolve(io.cwd, output), bytes)
  if (flags.format === 'json') {
    io.out(documentText({ output, target, bytes: bytes.length, entrypoints, files: made?.files, builtins: compiled.builtins }))
  } else {
    const names = `${entrypoints.length === 1 ? 'entrypoint' : 'entrypoints'} ${entrypoints.join(', ')}`
    io.out(`${output}: ${bytes.length} bytes${entrypoints.length === 0 ? '' : `, ${names}`}\n`)
    if (compiled.builtins.length > 0) io.out(`the host has to supply ${compiled.builtins.join(', ')}\n`)
  }
  return EXIT.ok
}

function tell(diagnostics: readonly Diagnostic[], sources: readonly Source[], { format }: BuildFlags, io: CliIo): ExitCode {
  if (format === 'json') io.out(documentText(diagnosticsToJson(diagnostics)))
  else {
    printDiagnostics(diagnostics, sources, io)
    io.err(`${countDiagnostics(diagnostics)}\n`)
  }
  return EXIT.no
}

/**
 * Those asked for, those that annotations declare, and, for a bundle, the rules that depend on them: they are evaluated
 * where what they depend on is.
 */
function entrypointsOf(
  { program }: CheckedModules,
  annotations: readonly FoundAnnotations[],
  flags: BuildFlags,
): readonly string[] {
  if (program === undefined || flags.target === 'rego') return []
  const declared = annotations.filter(({ value }) => value.get('entrypoint') === true).map(({ path }) => path.join('/'))
  const wanted = [...new Set([...(flags.entrypoint ?? []), ...declared])]
  if (wanted.length === 0) {
    throw new CliError(
      `-t ${flags.target} needs an entrypoint: name one with -e, or annotate a rule with \`entrypoint: true\``,
      EXIT.usage,
    )
  }
  const table = new DependencyTable(program)
  const packages = new Set(program.packages.map((path) => path.join('/')))
  for (const name of wanted) {
    if (table.defines(name.split('/')) || packages.has(name)) continue
    const better = name.replace(/^data[./]/, '').replaceAll('.', '/')
    const hint = table.defines(better.split('/')) ? `; \`${better}\` is how to spell it` : nearestHint(better, program)
    throw new CliError(`entrypoint \`${name}\`: there is no rule or package of this name${hint}`)
  }
  const dependents = wanted.flatMap((name) => table.dependentsOf(name.split('/')))
  const spelt = dependents.filter((path) => !path.some((part) => part.includes('/'))).map((path) => path.join('/'))
  return [...new Set([...wanted, ...spelt.sort()])]
}

function nearestHint(name: string, { rules, packages }: CheckedProgram): string {
  const nearest = nearestPath(name, new Set([...rules, ...packages.map((path) => ({ path }))].map(({ path }) => path.join('/'))))
  return nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
}

/** A file for the bundle that the target asks for; the target `rego` has none. */
interface Artefact {
  readonly name: string
  /** How the name of a file ends that is to hold it alone. */
  readonly bareName: string
  readonly bytes: Uint8Array
}

interface Compiled {
  readonly artefact: Artefact | undefined
  readonly builtins: readonly string[]
}

function compile(
  program: CheckedProgram,
  entrypoints: readonly string[],
  flags: BuildFlags,
): Compiled | { readonly diagnostics: readonly Diagnostic[] } {
  if (flags.target === 'rego') return { artefact: undefined, builtins: [] }
  const options: CompileRegoOptions = {
    modules: {},
    entrypoints,
    hostBuiltins: [...HOST_BUILTINS],
    hostCalls: flags.hostCalls,
  }
  if (flags.target === 'wasm') {
    const result = tryCompileChecked(program, options)
    if (!result.ok) return { diagnostics: result.diagnostics }
    return {
      artefact: { name: '/policy.wasm', bareName: '.wasm', bytes: result.compiled.wasm },
      builtins: result.compiled.builtins,
    }
  }
  const sink = new DiagnosticSink()
  const plan = planChecked(program, options, sink)
  if (plan === undefined) return { diagnostics: sink.sorted() }
  const bytes = Buffer.from(JSON.stringify(publishPlan(plan)))
  return { artefact: { name: '/plan.json', bareName: '.json', bytes }, builtins: [] }
}

async function bundleOf(
  files: LoadedFiles,
  { modules }: CheckedModules,
  entrypoints: readonly string[],
  annotations: readonly FoundAnnotations[],
  artefact: Artefact | undefined,
  flags: BuildFlags,
): ReturnType<typeof makeBundle> {
  const texts =
    flags.target === 'wasm'
      ? stripRules(
          modules,
          entrypoints.map((name) => name.split('/')),
        )
      : plainTexts(modules)
  const resolvers = entrypoints.map((entrypoint) => {
    const own = annotations.filter(({ path, scope }) => path.join('/') === entrypoint && scope !== 'subpackages')
    const values = own.map((one) => JSON.parse(annotationJson(one).text) as unknown)
    return { entrypoint, module: '/policy.wasm', ...(values.length === 0 ? {} : { annotations: values }) }
  })
  return makeBundle({
    dataText: writeJson(files.data),
    modules: [...texts].map(([{ span: { source } }, text]) => ({ name: source.name, text, ...otherVersion(source, flags) })),
    files: artefact === undefined ? [] : [artefact],
    manifest: {
      revision: flags.revision ?? '',
      roots: [''],
      ...(flags.target === 'wasm' ? { wasm: resolvers } : {}),
      rego_version: flags.v0Compatible === true ? 0 : 1,
    },
  })
}

/** A module of a bundle keeps the version that its manifest gave it. */
function otherVersion(source: Source, flags: BuildFlags): { readonly regoVersion?: 0 | 1 } {
  if (!(source instanceof VersionedSource) || source.version === versionOf(flags)) return {}
  return { regoVersion: source.version === 'v0' ? 0 : 1 }
}

function plainTexts(modules: readonly Module[]): ReadonlyMap<Module, string> {
  return new Map(modules.map((module) => [module, module.span.source.text]))
}
