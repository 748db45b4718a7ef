/** What `cce inspect` does: find out what a file is, and tell what is in it. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type FoundAnnotations, annotationJson } from '../annotations.js'
import { readBundle } from '../bundle-files.js'
import { CliError } from '../command.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { type FileProblem, refuseProblem, refuseProblems, systemMessage } from '../file-problem.js'
import { loadFiles } from '../files.js'
import { type RegoFacts, inspectRego } from '../inspect/rego.js'
import { inspectWasm, isWasm } from '../inspect/wasm.js'
import { type BundleContents, inspectText, policiesText, wasmText } from '../inspect/print.js'
import type { CliIo } from '../io.js'
import { documentText, exact } from '../json-text.js'
import { type OutputFormat, versionOf } from '../options.js'
import { decodeText, readBytes } from '../read-text.js'
import type { Source } from '../../source/source.js'
import { renamed } from '../../syntax/versioned-source.js'

export interface InspectFlags {
  readonly annotations?: boolean
  readonly v0Compatible?: boolean
  readonly format: OutputFormat
}

export async function inspectPath(name: string, flags: InspectFlags, io: CliIo): Promise<ExitCode> {
  const path = resolve(io.cwd, name)
  const kind = kindOf(path, name)
  if (kind === 'directory') return inspectModules([name], flags, io)
  if (kind === 'archive') return inspectBundle(name, path, flags, io)
  const bytes = readBytes(path, name)
  if (!(bytes instanceof Uint8Array)) return refuseProblem(bytes)
  if (isWasm(bytes)) {
    const facts = inspectWasm(bytes, name)
    io.out(flags.format === 'json' ? documentText({ wasm: facts }) : wasmText(facts))
    return EXIT.ok
  }
  const text = decodeText(bytes, name)
  if (typeof text !== 'string') return refuseProblem(text)
  const { policiesInShort } = await import('../inspect/policy.js')
  const policies = policiesInShort(text, name.endsWith('.rego'))
  if (policies.length > 0) {
    io.out(flags.format === 'json' ? documentText({ policies }) : policiesText(policies))
    return EXIT.ok
  }
  if (name.endsWith('.rego')) return inspectModules([name], flags, io)
  throw new CliError(`${name}: is neither a bundle nor a module nor a CCE policy`)
}

function kindOf(path: string, name: string): 'directory' | 'archive' | 'file' {
  try {
    if (statSync(path).isDirectory()) return 'directory'
  } catch (error) {
    throw new CliError(`${name}: ${systemMessage(error)}`)
  }
  return /\.(?:tar|tgz|tar\.gz)$/.test(name) ? 'archive' : 'file'
}

async function inspectModules(names: readonly string[], flags: InspectFlags, io: CliIo): Promise<ExitCode> {
  const { modules, problems } = await loadFiles(names, { modulesOnly: true }, io)
  refuseProblems(problems)
  return tellRego(modules, flags, io, {})
}

/** A bundle: its manifest, its modules, where its data are, and the WebAssembly modules in it. */
async function inspectBundle(name: string, path: string, flags: InspectFlags, io: CliIo): Promise<ExitCode> {
  const problems: FileProblem[] = []
  const bundle = await readBundle(name, path, false, [], problems)
  refuseProblems(problems)
  if (bundle === undefined) throw new CliError(`${name}: is no bundle`)
  const wasm = bundle.files
    .filter(({ bytes }) => isWasm(bytes))
    .map((file) => ({ file: `/${file.name}`, facts: inspectWasm(file.bytes, `${name}/${file.name}`) }))
  // Inside of a bundle, files are called as they are called there.
  const sources = bundle.modules.map((source) => renamed(source, source.name.slice(name.length)))
  return tellRego(sources, flags, io, { bundle, wasm })
}

function tellRego(sources: readonly Source[], flags: InspectFlags, io: CliIo, contents: BundleContents): ExitCode {
  const facts = inspectRego(sources, versionOf(flags), io)
  const namespaces = namespacesOf(facts, contents)
  const annotations = flags.annotations === true ? facts.annotations : []
  if (flags.format === 'json') {
    const { bundle, wasm = [] } = contents
    io.out(
      documentText({
        manifest: bundle?.manifest === undefined ? undefined : exact(bundle.manifest),
        wasm_modules:
          wasm.length === 0
            ? undefined
            : wasm.map(({ file, facts: { entrypoints } }) => ({
                path: file,
                entrypoints: Object.keys(entrypoints).map((one) => ['data', ...one.split('/')].join('.')),
              })),
        namespaces: Object.fromEntries(namespaces),
        annotations: annotations.length === 0 ? undefined : annotations.map(annotationDocument),
        packages: Object.fromEntries(facts.packages.map(({ name, rules }) => [name, rules])),
        builtins: facts.builtins,
        errors: facts.builtins === undefined ? facts.diagnostics.map(({ message }) => message) : undefined,
      }),
    )
  } else io.out(inspectText({ facts, namespaces, annotations, contents }))
  return EXIT.ok
}

/** Where in `data` the contents are, and the files that they are in: as `opa inspect` lists them. */
function namespacesOf(
  { packages }: RegoFacts,
  { bundle, wasm = [] }: BundleContents,
): readonly (readonly [string, readonly string[]])[] {
  const found = new Map<string, string[]>()
  const add = (name: string, file: string): void => {
    found.set(name, [...(found.get(name) ?? []), file])
  }
  for (const { name, files } of packages) for (const file of files) add(name, file)
  for (const { file, path } of bundle?.documents ?? []) add(['data', ...path].join('.'), file.slice(bundle?.name.length))
  for (const { file, facts } of wasm)
    for (const entrypoint of Object.keys(facts.entrypoints)) add(`data.${entrypoint.replaceAll('/', '.')}`, file)
  return [...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

function annotationDocument(found: FoundAnnotations): object {
  const path = ['data', ...found.path].map((part, at) => ({ type: at === 0 ? 'var' : 'string', value: part }))
  return { annotations: annotationJson(found), location: found.location, path }
}
