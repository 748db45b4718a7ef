/** What `cce check` does: read, parse, check, and tell. */
import { checkAsBoth, checkSources } from '../check-modules.js'
import { CliError } from '../command.js'
import { readCapabilities, readSchemaFiles } from '../compiler-files.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { describeProblem } from '../file-problem.js'
import { loadFiles } from '../files.js'
import type { CliIo } from '../io.js'
import { type OutputFormat, versionOf } from '../options.js'
import { count, countDiagnostics, diagnosticsToJson, jsonText, printDiagnostics } from '../print-diagnostics.js'

export interface CheckFlags {
  readonly bundle?: readonly string[]
  readonly strict?: boolean
  readonly schema?: string
  readonly capabilities?: string
  readonly maxErrors: number
  readonly ignore?: readonly string[]
  readonly v0Compatible?: boolean
  readonly v0V1?: boolean
  readonly format: OutputFormat
}

/** Problems with files do not keep the other modules from being parsed; they are checked together only without any. */
export async function checkFiles(paths: readonly string[], flags: CheckFlags, io: CliIo): Promise<ExitCode> {
  const { bundle: bundles = [], ignore = [], schema, capabilities } = flags
  if (paths.length + bundles.length === 0) throw new CliError('nothing to check: name modules or directories', EXIT.usage)
  const settings = {
    version: versionOf(flags),
    strict: flags.strict === true,
    annotations: true,
    ...(schema === undefined ? {} : { schemas: readSchemaFiles(schema, io.cwd) }),
    ...(capabilities === undefined ? {} : { capabilities: readCapabilities(capabilities, io.cwd) }),
  }
  const { modules, problems } = await loadFiles(paths, { modulesOnly: true, bundles, ignore }, io)
  const { diagnostics } = flags.v0V1 === true ? checkAsBoth(modules, settings, io) : checkSources(modules, settings, io)
  const isWrong = diagnostics.some(({ severity }) => severity === 'error')
  if (flags.format === 'json') {
    io.out(jsonText(diagnostics.length + problems.length === 0 ? {} : diagnosticsToJson(diagnostics, problems)))
  } else {
    for (const problem of problems) io.err(`error: ${describeProblem(problem)}\n`)
    printDiagnostics(diagnostics, modules, io, flags.maxErrors === 0 ? {} : { limit: flags.maxErrors })
    const found = [count(problems.length, 'unreadable path'), countDiagnostics(diagnostics)].filter((part) => part !== '')
    const all = `${modules.length} ${modules.length === 1 ? 'module' : 'modules'}`
    if (found.length > 0) io.err(`${found.join(', ')} in ${all}\n`)
    else io.out(`${all} checked: nothing is wrong\n`)
  }
  if (problems.length > 0) return EXIT.input
  return isWrong ? EXIT.no : EXIT.ok
}
