/** What `cce test` does: read, compile, run, tell; once, or whenever a file changes. */
import { resolve } from 'node:path'
import type { Capabilities } from '../../check/check.js'
import { RegoLoadError } from '../../errors.js'
import type { TestResult } from '../../rego-test/result.js'
import { type TestCompileOptions, type TestSuite, prepareTests } from '../../rego-test/suite.js'
import type { TestCase } from '../../rego-test/test-case.js'
import type { Source } from '../../source/source.js'
import { type Coverage, percentOf } from '../../trace/coverage.js'
import { CliError } from '../command.js'
import { readCapabilities, readSchemaFiles } from '../compiler-files.js'
import { EXIT, type ExitCode } from '../exit-code.js'
import { describeProblem } from '../file-problem.js'
import { READ_EXTENSIONS, loadFiles, splitPrefix } from '../files.js'
import { ignoring } from '../ignore.js'
import type { CliIo } from '../io.js'
import { versionOf } from '../options.js'
import { countDiagnostics, printDiagnostics } from '../print-diagnostics.js'
import { type Reporter, countOutcomes } from '../reports/report.js'
import { type WatchOptions, watchPaths } from '../watch-paths.js'
import { writeWhole } from '../write.js'

export interface TestFlags {
  readonly bundle?: readonly string[]
  readonly run?: string
  readonly verbose?: boolean
  readonly format: keyof typeof REPORTS
  readonly coverage?: boolean
  readonly coverageFormat?: keyof typeof COVERAGE_WRITERS
  readonly coverageOutput?: string
  readonly coverageTests?: boolean
  readonly threshold?: number
  readonly timeout: number
  readonly count: number
  readonly exitZeroOnSkipped?: boolean
  readonly failOnEmpty?: boolean
  readonly watch?: boolean
  readonly schema?: string
  readonly capabilities?: string
  readonly maxErrors: number
  readonly ignore?: readonly string[]
  readonly v0Compatible?: boolean
}

/** Reports are loaded when they are asked for. */
const REPORTS = {
  pretty: async () => (await import('../reports/pretty.js')).prettyReport,
  json: async () => (await import('../reports/json.js')).jsonReport,
  tap: async () => (await import('../reports/tap.js')).tapReport,
  junit: async () => (await import('../reports/junit.js')).junitReport,
} as const satisfies Record<string, () => Promise<Reporter>>

type CoverageWriter = (coverage: Coverage, sources: readonly Source[]) => string

const COVERAGE_WRITERS = {
  text: async () => (await import('../reports/coverage.js')).coverageText,
  json: async () => (await import('../reports/coverage.js')).coverageJson,
  lcov: async () => (await import('../reports/coverage.js')).coverageLcov,
  html: async () => (await import('../reports/coverage-html.js')).coverageHtml,
} as const satisfies Record<string, () => Promise<CoverageWriter>>

export async function testFiles(paths: readonly string[], flags: TestFlags, io: CliIo): Promise<ExitCode> {
  const all = [...paths, ...(flags.bundle ?? [])]
  if (all.length === 0) throw new CliError('nothing to test: name modules or directories', EXIT.usage)
  reportsOf(flags)
  const filter = flags.run === undefined ? undefined : await nameFilter(flags.run)
  if (flags.watch !== true) return await testOnce(paths, flags, io, filter)
  await watchPaths(watchedPaths(all, flags, io), io.signal, watchOptions(all, flags, io), async () => {
    if (io.isTerminal) io.out('\u001b[2J\u001b[H')
    try {
      await testOnce(paths, flags, io, filter)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      io.err(`error: ${error.message}\n`)
    }
    io.out('watching for changes\n')
  })
  return EXIT.ok
}

/** Modules, documents, and what else the outcome depends on. */
function watchedPaths(paths: readonly string[], { schema, capabilities }: TestFlags, { cwd }: CliIo): readonly string[] {
  const others = [schema, capabilities].filter((path) => path !== undefined)
  const files = paths.filter((path) => path !== '-').map((path) => splitPrefix(path).path)
  return [...files, ...others].map((path) => resolve(cwd, path))
}

/** What is read counts, and not what this command itself writes. */
function watchOptions(paths: readonly string[], flags: TestFlags, io: CliIo): WatchOptions {
  const written = flags.coverageOutput === undefined ? undefined : resolve(io.cwd, flags.coverageOutput)
  const named = new Set(watchedPaths(paths, flags, io))
  return {
    isOfInterest: (path) => path !== written && (named.has(path) || READ_EXTENSIONS.some((end) => path.endsWith(end))),
    isIgnored: ignoring(flags.ignore ?? []),
  }
}

type Filter = (test: TestCase) => boolean

async function testOnce(paths: readonly string[], flags: TestFlags, io: CliIo, filter: Filter | undefined): Promise<ExitCode> {
  const start = performance.now()
  const { bundle: bundles = [], ignore = [] } = flags
  const files = await loadFiles(paths, { bundles, ignore }, io)
  const { modules, problems } = files
  for (const problem of problems) io.err(`error: ${describeProblem(problem)}\n`)
  if (problems.length > 0) return EXIT.input
  const options = { compile: compileOptions(flags, io), timeoutMs: flags.timeout, ...(filter === undefined ? {} : { filter }) }
  const prepared = await prepareTests(modules, files, options).catch((error: unknown) => {
    if (error instanceof RegoLoadError) throw new CliError(error.message, EXIT.input)
    throw error
  })
  if (!prepared.ok) {
    printDiagnostics(prepared.diagnostics, modules, io, flags.maxErrors === 0 ? {} : { limit: flags.maxErrors })
    io.err(`${countDiagnostics(prepared.diagnostics)}\n`)
    return EXIT.input
  }
  const results = await runAll(prepared.suite, flags, io)
  const told = reportsOf(flags)
  const report = await REPORTS[told.format]()
  const durationMs = performance.now() - start
  io[told.stream](report({ results, sources: modules, durationMs }, { verbose: flags.verbose === true, color: io.color }))
  const isCovered = await tellCoverage(prepared.suite, modules, flags, told, io)
  return isCovered ? verdict(results, flags) : EXIT.no
}

/** What is written in which form, and to which stream. */
interface Reports {
  readonly format: keyof typeof REPORTS
  readonly stream: 'out' | 'err'
  /** Absent if nobody asks for coverage. */
  readonly coverage?: { readonly format: keyof typeof COVERAGE_WRITERS; readonly stream: 'out' | 'err' }
}

/** A machine reads the standard output: only one report goes there, what people read then goes to the other stream. */
function reportsOf({ format, coverage, coverageFormat, coverageOutput, threshold }: TestFlags): Reports {
  const isWanted = coverage === true || [threshold, coverageFormat, coverageOutput].some((flag) => flag !== undefined)
  if (!isWanted) return { format, stream: 'out' }
  const standard = { format: coverageFormat ?? 'text', stream: 'out' } as const
  if (coverageOutput !== undefined) return { format, stream: 'out', coverage: standard }
  // As `opa test --coverage --format json`.
  const isLikeOpa = format === 'json' && coverage === true && (coverageFormat ?? 'json') === 'json'
  if (isLikeOpa) return { format: 'pretty', stream: 'err', coverage: { format: 'json', stream: 'out' } }
  const isForPeople = (coverageFormat ?? 'text') === 'text'
  if (isForPeople) return { format, stream: 'out', coverage: { format: 'text', stream: format === 'pretty' ? 'out' : 'err' } }
  if (format === 'pretty') return { format, stream: 'err', coverage: standard }
  throw new CliError(
    `--format ${format} and --coverage-format ${coverageFormat} cannot both go to the standard output: add --coverage-output`,
    EXIT.usage,
  )
}

function compileOptions(flags: TestFlags, { cwd }: CliIo): TestCompileOptions {
  const { schema, capabilities } = flags
  return {
    regoVersion: versionOf(flags),
    ...(schema === undefined ? {} : { schemas: readSchemaFiles(schema, cwd) }),
    ...(capabilities === undefined ? {} : { capabilities: capabilitiesJson(readCapabilities(capabilities, cwd)) }),
  }
}

function capabilitiesJson({ builtins, features }: Capabilities): NonNullable<TestCompileOptions['capabilities']> {
  return { builtins: [...builtins].map((name) => ({ name })), features: [...features] }
}

async function runAll(suite: TestSuite, { count }: TestFlags, { signal }: CliIo): Promise<readonly TestResult[]> {
  const results: TestResult[] = []
  for (let time = 0; time < count; time++) {
    for (const test of suite.tests) {
      if (signal.aborted) return results
      results.push(await suite.explain(suite.run(test)))
    }
  }
  return results
}

/** Writes what is covered, if that is wanted; false if it is not enough. */
async function tellCoverage(
  suite: TestSuite,
  modules: readonly Source[],
  { threshold, coverageOutput, coverageTests }: TestFlags,
  told: Reports,
  io: CliIo,
): Promise<boolean> {
  if (told.coverage === undefined) return true
  const coverage = await suite.cover((file) => coverageTests === true || !file.endsWith('_test.rego'))
  const write: CoverageWriter = await COVERAGE_WRITERS[told.coverage.format]()
  const text = write(coverage, modules)
  if (coverageOutput === undefined) io[told.coverage.stream](text)
  else writeWhole(resolve(io.cwd, coverageOutput), text)
  const reached = Math.min(percentOf(coverage.lines), percentOf(coverage.expressions))
  if (threshold === undefined || reached >= threshold) return true
  io.err(`error: coverage is ${reached.toFixed(2)} %, less than ${threshold} %\n`)
  return false
}

function verdict(results: readonly TestResult[], flags: TestFlags): ExitCode {
  const { fail, error, skip } = countOutcomes(results)
  if (fail + error > 0 || (skip > 0 && flags.exitZeroOnSkipped !== true)) return EXIT.no
  return results.length === 0 && flags.failOnEmpty === true ? EXIT.no : EXIT.ok
}

/** Names are matched as everywhere in Rego: with RE2's syntax, in linear time. */
async function nameFilter(pattern: string): Promise<Filter> {
  const { RE2JS } = await import('re2js')
  try {
    const compiled = RE2JS.compile(pattern)
    return ({ id }) => compiled.matcher(id).find()
  } catch (error) {
    throw new CliError(`--run: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage)
  }
}
