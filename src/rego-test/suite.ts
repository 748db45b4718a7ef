/**
 * Compiles modules with their tests and runs them, one at a time.
 *
 * All tests are entrypoints of one WebAssembly module. What only a test that fails needs, its trace, is made from the
 * plan when one fails.
 */
import { type CompileHooks, type CompileRegoOptions, tryCompileWith } from '../compile.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Source } from '../source/source.js'
import type { Coverage } from '../trace/coverage.js'
import { dataConflicts } from './data-conflicts.js'
import { judgeTable, judgeTest } from './judge.js'
import { markRows } from './mark-rows.js'
import type { TestError, TestResult } from './result.js'
import { type RunOptions, TestRunner } from './runner.js'
import { type SeparatedTest, separateTests } from './separate-tests.js'
import type { TestCase } from './test-case.js'
import { NO_DATA, type TestData } from './test-data.js'
import { TestTracer } from './tracer.js'

/** Options of the compiler that make sense for tests. */
export type TestCompileOptions = Pick<
  CompileRegoOptions,
  'regoVersion' | 'strict' | 'capabilities' | 'schemas' | 'experimentalKeywords' | 'builtins' | 'hostBuiltins'
>

export interface PrepareTestsOptions extends RunOptions {
  readonly compile?: TestCompileOptions
  /** Which tests to run; all of them where it is absent. */
  readonly filter?: (test: TestCase) => boolean
}

export type PreparedTests =
  | { readonly ok: true; readonly suite: TestSuite; readonly warnings: readonly Diagnostic[] }
  /** Everything that is wrong with the modules. */
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/**
 * Compile Rego modules for running their tests.
 *
 * Errors: `RegoLoadError` if the modules call a builtin that nobody supplies; what does not compile is in the result.
 *
 * @example
 * const prepared = await prepareTests([new Source('policy.rego', policy), new Source('policy_test.rego', tests)])
 * if (prepared.ok) for (const test of prepared.suite.tests) console.log(test.id, prepared.suite.run(test).outcome)
 */
export async function prepareTests(
  modules: readonly Source[],
  data: TestData = NO_DATA,
  options: PrepareTestsOptions = {},
): Promise<PreparedTests> {
  const { filter = () => true } = options
  const compile: CompileRegoOptions = {
    ...options.compile,
    modules: Object.fromEntries(modules.map(({ name, text }) => [name, text])),
    entrypoints: [],
    print: true,
  }
  let tests: readonly SeparatedTest[] = []
  let conflicts: readonly Diagnostic[] = []
  const hooks: CompileHooks = {
    sources: modules,
    modules: (parsed) => {
      const separated = separateTests(parsed)
      tests = separated.tests.filter(({ test }) => filter(test))
      return separated.modules
    },
    checked: (program) => {
      conflicts = dataConflicts(program.rules, data)
      return markRows(program, tests.filter(({ test }) => test.isTable).map(({ path }) => path))
    },
    namedEntrypoints: () => tests.filter(isRunnable).map(({ test, path }) => ({ name: test.id, path })),
    // Computing a test when compiling would be running it, slowly.
    computeGround: false,
  }
  const result = tryCompileWith(compile, hooks)
  if (!result.ok) return result
  if (conflicts.length > 0) return { ok: false, diagnostics: conflicts }
  const runner = await TestRunner.create(result.compiled, data.dataText, options)
  return {
    ok: true,
    suite: new TestSuite(tests, runner, new TestTracer(compile, hooks, data, options)),
    warnings: result.compiled.warnings,
  }
}

/** Tests that are ready to run, as often as wanted. */
export class TestSuite {
  readonly #byId: ReadonlyMap<string, SeparatedTest>
  readonly #runner: TestRunner
  readonly #tracer: TestTracer

  /** Made by `prepareTests`. */
  constructor(
    readonly separated: readonly SeparatedTest[],
    runner: TestRunner,
    tracer: TestTracer,
  ) {
    this.#byId = new Map(separated.map((one) => [one.test.id, one]))
    this.#runner = runner
    this.#tracer = tracer
  }

  /** By file name, then in the order of the text. */
  get tests(): readonly TestCase[] {
    return this.separated.map(({ test }) => test)
  }

  /** Run a test of this suite. A test to be done is skipped. Errors of the policy are part of the result. */
  run(test: TestCase): TestResult {
    const known = this.#find(test)
    if (test.kind === 'todo') return { test, outcome: 'skip', durationMs: 0, subtests: [], prints: [] }
    if (known.isFunction) return { test, outcome: 'error', durationMs: 0, subtests: [], prints: [], error: functionError(test) }
    const { document, rows, prints, durationMs, error } = this.#runner.run(known)
    if (error !== undefined) return { test, outcome: 'error', durationMs, subtests: [], prints, error }
    return { test, durationMs, prints, ...(test.isTable ? judgeTable(document, rows) : judgeTest(document)) }
  }

  /** A result with the reason why the test failed; other results as they are. The test is evaluated again, slowly. */
  async explain(result: TestResult): Promise<TestResult> {
    return result.outcome === 'fail' ? await this.#tracer.explain(result, this.#find(result.test)) : result
  }

  /** Evaluate all tests of this suite again, slowly, for what they cover of the files that are wanted. */
  async cover(isWanted?: (file: string) => boolean): Promise<Coverage> {
    return await this.#tracer.cover(this.separated.filter(isRunnable), isWanted)
  }

  #find({ id }: TestCase): SeparatedTest {
    const known = this.#byId.get(id)
    if (known === undefined) throw new RangeError(`there is no test \`${id}\``)
    return known
  }
}

function isRunnable({ test, isFunction }: SeparatedTest): boolean {
  return test.kind === 'test' && !isFunction
}

function functionError({ id, location: { file, row, col } }: TestCase): TestError {
  return { code: 'rego_type_error', message: `function ${id} used as reference, not called`, location: { file, row, col } }
}
