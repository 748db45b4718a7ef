/** The tests in texts, without compiling them: for those who list tests before they run any. */
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import type { Source } from '../source/source.js'
import type { Module, RegoVersion } from '../syntax/ast.js'
import { parseModule } from '../syntax/parse/module.js'
import { separateTests } from './separate-tests.js'
import type { TestCase } from './test-case.js'

export interface DiscoveredTests {
  /** By file name, then in the order of the text. */
  readonly tests: readonly TestCase[]
  /** What does not parse; the tests of other modules are there all the same. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Find the tests of Rego modules: rules whose names begin with `test_` or `todo_test_`.
 *
 * @example discoverTests([new Source('policy_test.rego', text)]).tests.map(({ id }) => id)
 */
export function discoverTests(modules: readonly Source[], options: { readonly regoVersion?: RegoVersion } = {}): DiscoveredTests {
  const sink = new DiagnosticSink()
  const parsed = modules.map((source) => parseModule(source, { version: options.regoVersion }, sink))
  const { tests } = separateTests(parsed.filter((module): module is Module => module !== undefined))
  return { tests: tests.map(({ test }) => test), diagnostics: sink.sorted() }
}
