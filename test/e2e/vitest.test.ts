/**
 * `cce-policy/vitest` in a project of its own, run by a vitest of its own: what its reporter shows, and what watch mode runs
 * again.
 */
import { describe, expect, test } from 'vitest'
import { type Results, over, project as emptyProject, results, vitest, withLibrary, write } from '../support/vitest-project.js'

withLibrary()

const CONFIG = `
import { regoTests } from 'cce-policy/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [regoTests({ paths: ['policies'] })],
})
`

const POLICY = `package authz

default allow := false

allow if input.user in data.admins
`

const TESTS = `package authz_test

import data.authz

test_admin if {
	authz.allow with input as {"user": "alice"}
}

test_guest if {
	print("asking for a guest")
	authz.allow with input as {"user": "guest"}
}

todo_test_groups if false

test_table[name] if {
	some name, case in {
		"admin": {"user": "alice", "want": true},
		"guest": {"user": "guest", "want": true},
	}
	authz.allow == case.want with input as {"user": case.user}
}
`

/** A project with these files and the plugin. */
function project(files: Readonly<Record<string, string>>): string {
  return emptyProject({ 'package.json': '{ "type": "module" }', 'vitest.config.ts': CONFIG, ...files })
}

describe('files of Rego tests', () => {
  test('are test files: with names, places, skipped tests, rows, and failures in their code', async () => {
    const folder = project({ 'policies/authz.rego': POLICY, 'policies/authz_test.rego': TESTS, 'policies/data.json': '{"admins": ["alice"]}' })
    const run = vitest(folder, ['run', '--reporter=./reporter.js', '--reporter=default'])
    expect(await run.next(results)).toEqual({
      'policies/authz_test.rego:5:1 > test_admin': 'passed',
      'policies/authz_test.rego:9:1 > test_guest': 'failed',
      'policies/authz_test.rego:14:1 > todo_test_groups': 'skipped',
      'policies/authz_test.rego:16:1 > test_table > admin': 'passed',
      'policies/authz_test.rego:16:1 > test_table > guest': 'failed',
    })
    expect(await over(run)).toBe(1)
    const output = run.output()
    expect(output).toContain(` FAIL  policies/authz_test.rego:9:1 > test_guest
Error: test_guest does not succeed
  --> policies/authz_test.rego:11:2
authz.allow
   = authz.allow: false
because data.authz.allow fails
  policies/authz.rego:5:10: input.user in data.admins
    input.user: "guest"
`)
    expect(output).toContain('    data.admins: ["alice"]\nprinted:\n  asking for a guest\n')
    expect(output).toContain('     11|  authz.allow with input as {"user": "guest"}\n')
    expect(output).toContain('Error: test_table > guest does not succeed\n')
    expect(output).toContain('   = case.want: true\n')
  })

  test('a module that does not compile fails its file, with a frame', async () => {
    const folder = project({ 'policies/a.rego': 'package a\n\np if cuont([1]) > 0\n', 'policies/a_test.rego': 'package a_test\n\ntest_p if data.a.p\n' })
    const run = vitest(folder, ['run'])
    expect(await over(run)).toBe(1)
    expect(run.output()).toContain(`Error: the modules do not compile

error: undefined function cuont [rego_type_error]
 --> policies/a.rego:3:6
  |
3 | p if cuont([1]) > 0
  |      ^^^^^
  = hint: did you mean \`count\`?
 ❯ rego policies/a.rego:3:6
`)
  })
})

test('a test file of vitest runs Rego tests and asks enforcers', async () => {
  const folder = project({
    'policies/authz.rego': POLICY,
    'policies/authz_test.rego': 'package authz_test\n\ntest_admin if data.authz.allow with input as {"user": "alice"}\n',
    'policies/data.json': '{"admins": ["alice"]}',
    'suite.test.ts': `
import { createEnforcer } from 'cce-policy'
import { regoSuite } from 'cce-policy/vitest'
import { expect, test } from 'vitest'

regoSuite('policies')

const text = 'package policy\\napi_version := "0.12.0"\\nget_properties := {"allowed": true}\\n' +
  'dump_stacks := {"allowed": false}\\nreason := {"errors": ["stacks are secret"]}\\n'

test('decisions', async () => {
  const enforcer = await createEnforcer(text)
  expect({}).toAllow(enforcer, 'getProperties')
  expect({}).not.toAllow(enforcer, 'dump_stacks')
  expect({}).toDenyWith(enforcer, 'dumpStacks', 'stacks are secret')
})
`,
  })
  const run = vitest(folder, ['run', '--reporter=./reporter.js'])
  expect(await run.next(results)).toEqual({
    'policies/authz_test.rego:3:1 > test_admin': 'passed',
    'suite.test.ts > policies > policies/authz_test.rego > test_admin': 'passed',
    'suite.test.ts > decisions': 'passed',
  })
})

test('watch mode runs again what an edit of a policy, a document or a test concerns', async () => {
  const folder = project({
    'policies/authz.rego': POLICY,
    'policies/authz_test.rego': 'package authz_test\n\ntest_admin if data.authz.allow with input as {"user": "alice"}\n',
    'policies/data.json': '{"admins": ["alice"]}',
    'other.test.ts': "import { test } from 'vitest'\n\ntest('has nothing to do with it', () => undefined)\n",
  })
  const run = vitest(folder, ['--watch', '--reporter=./reporter.js', '--reporter=default'])
  const rego = (line: number, state: string): Results => ({ [`policies/authz_test.rego:${line}:1 > test_admin`]: state })
  const waits = (line: string): true | undefined => (/W(?:ai|atch)[a-z]* for file changes/.test(line) ? true : undefined)
  expect(await run.next(results)).toEqual({ ...rego(3, 'passed'), 'other.test.ts > has nothing to do with it': 'passed' })
  await run.next(waits)

  write(folder, 'policies/data.json', '{"admins": ["bob"]}')
  expect(await run.next(results)).toEqual(rego(3, 'failed'))
  await run.next(waits)

  write(folder, 'policies/authz.rego', POLICY.replace('input.user in data.admins', 'input.user == "alice"'))
  expect(await run.next(results)).toEqual(rego(3, 'passed'))
  await run.next(waits)

  write(folder, 'policies/authz_test.rego', 'package authz_test\n\n# said twice\ntest_admin if data.authz.allow with input as {"user": "bob"}\n')
  expect(await run.next(results)).toEqual(rego(4, 'failed'))
  await run.next(waits)

  write(folder, 'policies/more.rego', 'package authz\n\nallow if input.user == "bob"\n')
  expect(await run.next(results)).toEqual(rego(4, 'passed'))
})
