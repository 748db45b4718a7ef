/** What `cce eval` does: read, compile the query with the modules, evaluate, and print. */
import { CliError } from '../command.js'
import { readCapabilities, readSchemaFiles } from '../compiler-files.js'
import type { RegoEvalError } from '../../errors.js'
import { type Evaluation, evaluateQuery } from '../evaluate-query.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { refuseProblems } from '../file-problem.js'
import { loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { documentText } from '../json-text.js'
import { versionOf } from '../options.js'
import { prepareQuery } from '../prepare-query.js'
import { countDiagnostics, diagnosticsToJson, printDiagnostics } from '../print-diagnostics.js'
import { type ResultFormat, printSolutions } from '../print-results.js'
import { readInputText } from '../read-input.js'
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
  readonly ignore?: readonly string[]
  readonly v0?: boolean
}

export async function evalQuery(text: string, flags: EvalFlags, io: CliIo): Promise<ExitCode> {
  if (flags.fail === true && flags.failDefined === true) throw new CliError('--fail and --fail-defined exclude each other', EXIT.usage)
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
  const settings = { strictBuiltinErrors, timeout: flags.timeout, dataText: files.dataText, inputText }
  return tellEvaluation(await evaluateQuery(result.prepared, settings, io), result.sources, flags, io)
}

async function inputOf({ input, stdinInput }: EvalFlags, io: CliIo): Promise<string | undefined> {
  if (input !== undefined && stdinInput === true) throw new CliError('--input and --stdin-input exclude each other', EXIT.usage)
  const path = stdinInput === true ? '-' : input
  return path === undefined ? undefined : readInputText(path, io)
}

function tellEvaluation(evaluation: Evaluation, sources: readonly Source[], flags: EvalFlags, io: CliIo): ExitCode {
  switch (evaluation.kind) {
    case 'uncompiled':
      return tellErrors(evaluation.diagnostics, sources, flags, io)
    case 'failed':
      tellFailure(evaluation.error, flags, io)
      return EXIT.input
    case 'solutions': {
      const { solutions } = evaluation
      io.out(printSolutions(solutions, flags.format))
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

function tellFailure({ message, code, location }: RegoEvalError, { format }: EvalFlags, io: CliIo): void {
  if (format === 'json') io.out(documentText({ errors: [{ message, code, location }] }))
  else io.err(`error: ${location === undefined ? '' : `${location.file}:${location.row}:${location.col}: `}${message} [${code}]\n`)
}
