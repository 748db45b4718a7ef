/** The codes of `docs/errors.md` that only tests of Rego have: files that cause one when they are tested, and put right. */
import { createFolder, runCli } from '../support/run-cli.js'

export interface TestEntry {
  readonly explain: string
  /** Options of `cce test`. */
  readonly options: readonly string[]
  readonly bad: Readonly<Record<string, string>>
  readonly fixed: Readonly<Record<string, string>>
}

const SLOW = `package slow_test

test_pairs if {
	some x in numbers.range(1, 3000)
	some y in numbers.range(1, 3000)
	x * y == 8999 * 8999
}
`

export const TEST_ENTRIES: Readonly<Record<string, TestEntry>> = {
  'data-conflict': {
    explain: 'A rule lies where documents have a value already: only one of them could be seen.',
    options: [],
    bad: { 'limits.rego': 'package limits\n\nmemory := 16\n', 'data.json': '{"limits": {"memory": 32}}\n' },
    fixed: { 'limits.rego': 'package limits\n\nmemory := 16\n', 'data.json': '{"sizes": {"memory": 32}}\n' },
  },
  eval_cancel_error: {
    explain: 'A test, or a query of `cce eval`, took longer than `--timeout` allows.',
    options: ['--timeout', '1ms'],
    bad: { 'slow_test.rego': SLOW },
    fixed: { 'slow_test.rego': SLOW.replace('8999 * 8999', '2') },
  },
}

/** What `cce test` says about files, without what differs from run to run. */
export async function testsOf(
  files: TestEntry['bad'],
  options: TestEntry['options'],
): Promise<{ readonly code: number; readonly text: string }> {
  const folder = createFolder(files)
  const { code, out, err } = await runCli(['test', ...options, '.'], { cwd: folder.path })
  folder.remove()
  return { code, text: `${err}${out}`.replace(/ +\([0-9.]+ (?:µs|ms|s)\)/g, '') }
}
