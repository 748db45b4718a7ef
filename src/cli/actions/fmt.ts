/** What `cce fmt` does: one file after the other, so that a fault in one does not keep the others from being formatted. */
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import { tryFormatRego } from '../../format/format.js'
import type { FormatOptions } from '../../format/options.js'
import { Source } from '../../source/source.js'
import { CliError } from '../command.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { type FileProblem, describeProblem } from '../file-problem.js'
import { STDIN_NAME } from '../files.js'
import type { CliIo } from '../io.js'
import { paintDiff, unifiedDiff } from '../line-diff.js'
import type { OutputFormat } from '../options.js'
import { diagnosticsToJson, jsonText, printDiagnostics } from '../print-diagnostics.js'
import { decodeText, readText } from '../read-text.js'
import { walkFiles } from '../walk-files.js'
import { writeWhole } from '../write.js'

export interface FmtFlags {
  readonly write?: boolean
  readonly diff?: boolean
  readonly list?: boolean
  readonly check?: boolean
  readonly fail?: boolean
  readonly v0Compatible?: boolean
  readonly v0V1?: boolean
  readonly dropV0Imports?: boolean
  readonly ignore?: readonly string[]
  readonly format: OutputFormat
}

/** What came of one file. */
interface FileResult {
  readonly file: string
  readonly changed: boolean
  readonly written?: boolean
  readonly diff?: string
  readonly text?: string
}

interface Outcome {
  readonly results: FileResult[]
  readonly problems: FileProblem[]
  readonly diagnostics: Diagnostic[]
}

export async function formatFiles(paths: readonly string[], flags: FmtFlags, io: CliIo): Promise<ExitCode> {
  const checks = flags.check === true || flags.fail === true
  const readsStdin = paths.length === 0 || paths.includes('-')
  if (readsStdin && flags.write === true) throw new CliError('--write needs files: name modules or directories', EXIT.usage)
  const outcome: Outcome = { results: [], problems: [], diagnostics: [] }
  if (readsStdin) take(decodeText(await io.readStdin(), STDIN_NAME), STDIN_NAME, undefined, flags, outcome, io)
  const named = paths.filter((path) => path !== '-')
  const { files, problems } = walkFiles(named, { extensions: ['.rego'], ignore: flags.ignore ?? [] }, io.cwd)
  for (const problem of problems) tellProblem(problem, flags, outcome, io)
  for (const { name, path } of files) {
    if (io.signal.aborted) break
    take(readText(path, name), name, path, flags, outcome, io)
  }
  if (flags.format === 'json') io.out(jsonText(toJson(outcome)))
  if (outcome.problems.length + outcome.diagnostics.length > 0) return EXIT.input
  return checks && outcome.results.some(({ changed }) => changed) ? EXIT.no : EXIT.ok
}

/** Format one text and do with it what the flags say. `path` is where it can be written. */
function take(
  text: string | FileProblem,
  file: string,
  path: string | undefined,
  flags: FmtFlags,
  outcome: Outcome,
  io: CliIo,
): void {
  if (typeof text !== 'string') return tellProblem(text, flags, outcome, io)
  const result = tryFormatRego(text, optionsOf(file, flags))
  if (!result.ok) {
    outcome.diagnostics.push(...result.diagnostics)
    if (flags.format === 'pretty') printDiagnostics(result.diagnostics, [new Source(file, text)], io)
    return
  }
  const changed = result.text !== text
  const writes = flags.write === true && path !== undefined && changed
  if (writes && !tryWrite(path, result.text, file, flags, outcome, io)) return
  const shown = show(file, text, result.text, changed, flags)
  if (flags.format === 'pretty') io.out(io.color && flags.diff === true ? paintDiff(shown) : shown)
  outcome.results.push({
    file,
    changed,
    ...(flags.write === true ? { written: writes } : {}),
    ...(flags.diff === true && changed ? { diff: shown } : {}),
    ...(flags.format === 'json' && isPrinted(flags) ? { text: result.text } : {}),
  })
}

function tryWrite(path: string, text: string, file: string, flags: FmtFlags, outcome: Outcome, io: CliIo): boolean {
  try {
    writeWhole(path, text)
    return true
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    tellProblem({ file, message: error.message.replace(`${path}: `, '') }, flags, outcome, io)
    return false
  }
}

/** What is printed about a file. */
function show(file: string, before: string, after: string, changed: boolean, flags: FmtFlags): string {
  if (flags.diff === true) return unifiedDiff(file, before, after)
  if (isPrinted(flags)) return after
  const isListed = changed && (flags.write !== true || flags.list === true)
  return isListed ? `${file}\n` : ''
}

/** Whether the formatted text itself is the output. */
function isPrinted({ write, diff, list, check, fail }: FmtFlags): boolean {
  return write !== true && diff !== true && list !== true && check !== true && fail !== true
}

function optionsOf(name: string, { v0Compatible, v0V1, dropV0Imports }: FmtFlags): FormatOptions {
  return { name, regoVersion: v0Compatible === true ? 'v0' : 'v1', upgrade: v0V1 === true, dropV0Imports: dropV0Imports === true }
}

function tellProblem(problem: FileProblem, flags: FmtFlags, { problems }: Outcome, io: CliIo): void {
  problems.push(problem)
  if (flags.format === 'pretty') io.err(`error: ${describeProblem(problem)}\n`)
}

function toJson({ results, problems, diagnostics }: Outcome): unknown {
  return { files: results, ...(problems.length + diagnostics.length === 0 ? {} : diagnosticsToJson(diagnostics, problems)) }
}
