/** What `cce parse` does: parse one module, and print it as a document or as a tree. */
import { DiagnosticSink } from '../../diagnostics/diagnostic.js'
import type { Module } from '../../syntax/ast.js'
import { parseSources } from '../check-modules.js'
import { CliError } from '../command.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { refuseProblems } from '../file-problem.js'
import { loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { documentText } from '../json-text.js'
import { type OutputFormat, versionOf } from '../options.js'
import { countDiagnostics, diagnosticsToJson, printDiagnostics } from '../print-diagnostics.js'
import { type SyntaxJsonOptions, moduleJson } from '../syntax-json.js'
import { syntaxTree } from '../syntax-tree.js'

export interface ParseFlags {
  readonly jsonInclude?: string
  readonly v0Compatible?: boolean
  readonly format: OutputFormat
}

export async function parseFile(file: string, flags: ParseFlags, io: CliIo): Promise<ExitCode> {
  const options = partsOf(flags.jsonInclude ?? '')
  const { modules: sources, problems } = await loadFiles([file], { modulesOnly: true }, io)
  refuseProblems(problems)
  const [source] = sources
  if (source === undefined || sources.length > 1) throw new CliError(`${file}: is not one module`)
  const sink = new DiagnosticSink()
  const [module] = parseSources([source], versionOf(flags), sink, io)
  if (module === undefined) {
    const diagnostics = sink.sorted()
    if (flags.format === 'json') io.out(documentText(diagnosticsToJson(diagnostics)))
    else {
      printDiagnostics(diagnostics, [source], io)
      io.err(`${countDiagnostics(diagnostics)}\n`)
    }
    return EXIT.no
  }
  io.out(print(module, options, flags.format))
  return EXIT.ok
}

function print(module: Module, options: SyntaxJsonOptions, format: OutputFormat): string {
  return format === 'json'
    ? documentText(moduleJson(module, options))
    : syntaxTree(moduleJson(module, { locations: false, comments: false }))
}

/** `locations,-comments`. */
function partsOf(text: string): SyntaxJsonOptions {
  const parts = { locations: false, comments: true }
  for (const word of text.split(',').filter((one) => one !== '')) {
    const name = word.replace(/^[-+]/, '')
    if (name !== 'locations' && name !== 'comments')
      throw new CliError(`--json-include: there is no part \`${name}\``, EXIT.usage)
    parts[name] = !word.startsWith('-')
  }
  return parts
}
