/** What `cce deps` does: check a query with modules, and list what it depends on. */
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import { DiagnosticSink } from '../../diagnostics/diagnostic.js'
import { Source } from '../../source/source.js'
import { parseQuery } from '../../syntax/parse/module.js'
import type { RegoValue } from '../../value/value.js'
import { typeNameOf } from '../../value/value.js'
import { EXPERIMENTAL, checkParsed, parseSources } from '../check-modules.js'
import { type Dependencies, DependencyTable, type DocumentPath, documentText } from '../dependencies.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { refuseProblems } from '../file-problem.js'
import { loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { documentText as jsonDocument, exact } from '../json-text.js'
import { type OutputFormat, versionOf } from '../options.js'
import { QUERY_NAME } from '../prepare-query.js'
import { countDiagnostics, diagnosticsToJson, printDiagnostics } from '../print-diagnostics.js'
import { table } from '../table.js'

export interface DepsFlags {
  readonly data?: readonly string[]
  readonly bundle?: readonly string[]
  readonly ignore?: readonly string[]
  readonly v0Compatible?: boolean
  readonly format: OutputFormat
}

export async function listDependencies(text: string, flags: DepsFlags, io: CliIo): Promise<ExitCode> {
  const { data = [], bundle: bundles = [], ignore = [], format } = flags
  const files = await loadFiles(data, { bundles, ignore, modulesOnly: true }, io)
  refuseProblems(files.problems)
  const query = new Source(QUERY_NAME, text)
  const found = dependenciesOf(query, files.modules, flags, io)
  if ('diagnostics' in found) {
    if (format === 'json') io.out(jsonDocument(diagnosticsToJson(found.diagnostics)))
    else {
      printDiagnostics(found.diagnostics, [query, ...files.modules], io)
      io.err(`${countDiagnostics(found.diagnostics)}\n`)
    }
    return EXIT.input
  }
  io.out(format === 'json' ? asJson(found) : asTable(found))
  return EXIT.ok
}

function dependenciesOf(
  query: Source,
  sources: readonly Source[],
  flags: DepsFlags,
  io: CliIo,
): Dependencies | { readonly diagnostics: readonly Diagnostic[] } {
  const sink = new DiagnosticSink()
  const body = parseQuery(query, EXPERIMENTAL, sink)
  const modules = parseSources(sources, versionOf(flags), sink, io)
  const checked =
    body === undefined || sink.hasErrors ? undefined : checkParsed(modules, { version: versionOf(flags), query: body }, sink)
  if (checked?.query === undefined) return { diagnostics: sink.sorted() }
  return new DependencyTable(checked).of(checked.query.body)
}

/** As `opa deps --format json` has it: parts of paths with their types. */
function asJson({ base, virtual }: Dependencies): string {
  const paths = (all: readonly DocumentPath[]): object | undefined =>
    all.length === 0 ? undefined : all.map((path) => path.map(partOf))
  return jsonDocument({ base: paths(base), virtual: paths(virtual) })
}

function partOf(key: RegoValue, at: number): object {
  return { type: at === 0 ? 'var' : typeNameOf(key), value: exact(key) }
}

function asTable({ base, virtual }: Dependencies): string {
  const columns = [
    { head: 'BASE DOCUMENTS', paths: base.map(documentText) },
    { head: 'VIRTUAL DOCUMENTS', paths: virtual.map(documentText) },
  ].filter(({ paths }) => paths.length > 0)
  if (columns.length === 0) return ''
  const rows = Array.from({ length: Math.max(base.length, virtual.length) }, (_, at) =>
    columns.map(({ paths }) => paths[at] ?? ''),
  )
  return table(
    columns.map(({ head }) => head),
    rows,
  )
}
