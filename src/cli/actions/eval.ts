/** What `cce eval` does: read, compile the query with the modules, evaluate, and print. */
import { CliError } from '../command.js'
import { readCapabilities, readSchemaFiles } from '../compiler-files.js'
import { dataConflicts } from '../../rego-test/data-conflicts.js'
import { type Evaluation, type EvaluationError, type EvaluationSettings, evaluateQuery } from '../evaluate-query.js'
import type { ExplanationMode } from '../explain-query.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { refuseProblem, refuseProblems } from '../file-problem.js'
import { STDIN_NAME, loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { documentText } from '../json-text.js'
import { versionOf } from '../options.js'
import { type PreparedQuery, prepareQuery } from '../prepare-query.js'
import { countDiagnostics, diagnosticsToJson, printDiagnostics } from '../print-diagnostics.js'
import { type ResultFormat, printSolutions } from '../print-results.js'
import { readInputText } from '../read-input.js'
import { decodeText } from '../read-text.js'
import type { Diagnostic } from '../../diagnostics/diagnostic.js'
import type { Source } from '../../source/source.js'

export interface EvalFlags {
  readonly data?: readonly string[]
  readonly bundle?: readonly string[]
  readonly input?: string
  readonly stdinInput?: boolean
  readonly package?: string
  readonly import?: readonly string[]
  readonly format: ResultFormat
  readonly fail?: boolean
  readonly failDefined?: boolean
  readonly strict?: boolean
  readonly strictBuiltinErrors?: boolean
  readonly schema?: string
  readonly capabilities?: string
  readonly timeout?: number
  readonly explain: ExplanationMode
  readonly profile?: boolean
  readonly profileLimit: number
  readonly ignore?: readonly string[]
  readonly stdin?: boolean
  readonly v0Compatible?: boolean
}

export async function evalQuery(query: string | undefined, flags: EvalFlags, io: CliIo): Promise<ExitCode> {
  if (flags.fail === true && flags.failDefined === true)
    throw new CliError('--fail and --fail-defined exclude each other', EXIT.usage)
  const text = await queryOf(query, flags, io)
  const { data = [], bundle: bundles = [], ignore = [], schema, capabilities, package: queryPackage, import: imports } = flags
  const files = await loadFiles(data, { bundles, ignore }, io)
  refuseProblems(files.problems)
  const inputText = await inputOf(flags, io)
  const strictBuiltinErrors = flags.strictBuiltinErrors === true
  const result = prepareQuery(
    text,
    files.modules,
    {
      version: versionOf(flags),
      strict: flags.strict === true,
      strictBuiltinErrors,
      ...(queryPackage === undefined ? {} : { package: queryPackage }),
      ...(imports === undefined ? {} : { imports }),
      ...(schema === undefined ? {} : { schemas: readSchemaFiles(schema, io.cwd) }),
      ...(capabilities === undefined ? {} : { capabilities: readCapabilities(capabilities, io.cwd) }),
    },
    io,
  )
  if (!result.ok) return tellErrors(result.diagnostics, result.sources, flags, io)
  const conflicts = dataConflicts(result.prepared.program.rules, files)
  if (conflicts.length > 0) return tellErrors(conflicts, result.sources, flags, io)
  const settings = { strictBuiltinErrors, timeout: flags.timeout, dataText: files.dataText, inputText }
  const evaluation = await evaluateQuery(result.prepared, settings, io)
  const watched = await watchQuery(result.prepared, settings, flags)
  if (flags.format === 'pretty') io.out(watched.before)
  const code = tellEvaluation(evaluation, result.sources, flags, io, watched.fields)
  if (flags.format === 'pretty') io.out(watched.after)
  return code
}

/** What `--explain` and `--profile` add: text in front of the result and after it, or fields of the document. */
interface Watched {
  readonly before: string
  readonly after: string
  readonly fields: object
}

async function watchQuery(prepared: PreparedQuery, settings: EvaluationSettings, flags: EvalFlags): Promise<Watched> {
  const { explain, profile: isProfiled, profileLimit } = flags
  if (explain === 'off' && isProfiled !== true) return { before: '', after: '', fields: {} }
  const { eventDocuments, eventLines, explainQuery, profile, profileDocuments, profileTable, shownEvents } =
    await import('../explain-query.js')
  const traced = explain === 'off' ? undefined : await explainQuery(prepared, settings)
  const measured = isProfiled === true ? await profile(prepared, settings) : undefined
  const events = shownEvents(traced?.events ?? [], explain)
  return {
    before: `${eventLines(events)}${traced?.isCut === true ? 'and more, which is not kept\n' : ''}`,
    after: measured === undefined ? '' : profileTable(measured, profileLimit),
    fields: {
      ...(traced === undefined ? {} : { explanation: eventDocuments(events) }),
      ...(measured === undefined ? {} : { profile: profileDocuments(measured, profileLimit) }),
    },
  }
}

async function queryOf(query: string | undefined, { stdin, stdinInput, input }: EvalFlags, io: CliIo): Promise<string> {
  if (stdin !== true) {
    if (query === undefined) throw new CliError('there is no query: write one, or read it with --stdin', EXIT.usage)
    return query
  }
  if (query !== undefined) throw new CliError('a query and --stdin exclude each other', EXIT.usage)
  if (stdinInput === true || input === '-')
    throw new CliError('the query and the input cannot both come from the standard input', EXIT.usage)
  const text = decodeText(await io.readStdin(), STDIN_NAME)
  return typeof text === 'string' ? text : refuseProblem(text)
}

async function inputOf({ input, stdinInput }: EvalFlags, io: CliIo): Promise<string | undefined> {
  if (input !== undefined && stdinInput === true) throw new CliError('--input and --stdin-input exclude each other', EXIT.usage)
  const path = stdinInput === true ? '-' : input
  return path === undefined ? undefined : readInputText(path, io)
}

function tellEvaluation(evaluation: Evaluation, sources: readonly Source[], flags: EvalFlags, io: CliIo, more: object): ExitCode {
  switch (evaluation.kind) {
    case 'uncompiled':
      return tellErrors(evaluation.diagnostics, sources, flags, io)
    case 'failed':
      tellFailure(evaluation.error, flags, io)
      return EXIT.input
    case 'solutions': {
      const { solutions } = evaluation
      io.out(printSolutions(solutions, flags.format, more))
      const isWanted = (solutions.length === 0 ? flags.fail : flags.failDefined) !== true
      return isWanted ? EXIT.ok : EXIT.no
    }
  }
}

function tellErrors(diagnostics: readonly Diagnostic[], sources: readonly Source[], { format }: EvalFlags, io: CliIo): ExitCode {
  if (format === 'json') io.out(documentText(diagnosticsToJson(diagnostics)))
  else {
    printDiagnostics(diagnostics, sources, io)
    io.err(`${countDiagnostics(diagnostics)}\n`)
  }
  return EXIT.input
}

function tellFailure({ message, code, location }: EvaluationError, { format }: EvalFlags, io: CliIo): void {
  if (format === 'json') io.out(documentText({ errors: [{ message, code, location }] }))
  else
    io.err(`error: ${location === undefined ? '' : `${location.file}:${location.row}:${location.col}: `}${message} [${code}]\n`)
}
