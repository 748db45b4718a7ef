/** Rego tests, defined as tests of vitest in the file that is being collected. */
import { describe } from 'vitest'
import { type LoadedFiles, loadFiles } from '../cli/files.js'
import { describeProblem } from '../cli/file-problem.js'
import { type PrepareTestsOptions, type TestCompileOptions, type TestSuite, prepareTests } from '../rego-test/suite.js'
import type { TestCase } from '../rego-test/test-case.js'
import { defineTests } from './define-tests.js'
import { Places, compileError } from './places.js'

/** How modules are found, compiled and run. */
export interface RegoSuiteOptions extends TestCompileOptions {
  /** Directories in which only `data.json` and `data.yaml` are documents, as with `cce test --bundle`. */
  readonly bundles?: readonly string[]
  /** Names of files and directories to leave out, as with `cce test --ignore`. */
  readonly ignore?: readonly string[]
  /** The directory that paths start from. Default: that of the process. */
  readonly root?: string
  /** Only tests in these files, by their paths. */
  readonly files?: readonly string[]
  /** Of one test, in milliseconds. Default 5000. */
  readonly timeoutMs?: number
  /** Implementations of builtins that the policy takes from its host. */
  readonly implementations?: PrepareTestsOptions['builtins']
  /** Time, randomness and environment that the policy sees. */
  readonly host?: PrepareTestsOptions['host']
}

/**
 * Run the Rego tests below paths as tests of vitest: a suite that is called like the paths, in it one for each file.
 *
 * Modules and documents are read as `cce test` reads them. Rules that begin with `todo_test_` are skipped, the rows of a
 * table (`test_x[note] if …`) are tests of their own.
 *
 * @example
 * import { regoSuite } from 'cce-policy/vitest'
 * regoSuite('policies')
 */
export function regoSuite(paths: string | readonly string[], options: RegoSuiteOptions = {}): void {
  const list = typeof paths === 'string' ? [paths] : paths
  describe([...list, ...(options.bundles ?? [])].join(', '), async () => defineRegoTests(list, options))
}

/**
 * As `regoSuite`, at the place of the call: the tests of a single file stand there by themselves.
 *
 * Errors: what cannot be read or does not compile is thrown, with the place in its stack.
 */
export async function defineRegoTests(paths: readonly string[], options: RegoSuiteOptions = {}): Promise<void> {
  const root = options.root ?? process.cwd()
  const files = await readFiles(paths, options, root)
  const { modules, problems } = files
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  const places = new Places(root, modules)
  const wanted = options.files === undefined ? undefined : new Set(options.files.map((file) => places.absolute(file)))
  const { implementations: builtins, host, timeoutMs } = options
  const prepared = await prepareTests(modules, files, {
    compile: compileOptions(options),
    filter: ({ location }) => wanted === undefined || wanted.has(places.absolute(location.file)),
    ...(builtins === undefined ? {} : { builtins }),
    ...(host === undefined ? {} : { host }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  })
  if (!prepared.ok) throw compileError(prepared.diagnostics, places)
  defineByFile(prepared.suite, places, wanted?.size === 1)
}

function compileOptions(options: RegoSuiteOptions): TestCompileOptions {
  const { bundles: _bundles, ignore: _ignore, root: _root, files: _files, ...rest } = options
  const { implementations: _implementations, host: _host, timeoutMs: _timeout, ...compile } = rest
  return { regoVersion: 'v1', ...compile }
}

function defineByFile(suite: TestSuite, places: Places, isSingle: boolean): void {
  if (isSingle) return defineTests(suite.tests, suite, places)
  const byFile = new Map<string, TestCase[]>()
  for (const test of suite.tests) byFile.set(test.location.file, [...(byFile.get(test.location.file) ?? []), test])
  for (const [file, tests] of byFile) describe(file, () => defineTests(tests, suite, places))
}

async function readFiles(paths: readonly string[], options: RegoSuiteOptions, root: string): Promise<LoadedFiles> {
  const { bundles = [], ignore = [] } = options
  const io = { cwd: root, readStdin: () => Promise.resolve(new Uint8Array()), signal: new AbortController().signal }
  return loadFiles(paths, { bundles, ignore }, io)
}
