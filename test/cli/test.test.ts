/** `cce test`: verdicts, reports, coverage, exit codes. */
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { main } from '../../src/cli/main.js'
import { createFolder, runCli } from '../support/run-cli.js'

const policy = `package policy

allow if {
	input.role == data.roles[_]
	input.age > 17
}

size(xs) := count(xs)
`
const tests = `package policy_test

import data.policy

test_allow if policy.allow with input as {"role": "admin", "age": 18}

test_size if {
	xs := [1, 2]
	print("the list is", xs)
	policy.size(xs) == 4
}

test_young if policy.allow with input as {"role": "admin", "age": 3}

test_rows[note] if {
	some note, row in {"two": {"xs": [1, 2], "n": 2}, "three": {"xs": [1], "n": 3}}
	policy.size(row.xs) == row.n
}

test_conflict if conflict == 1

conflict := x if some x in [1, 2]

todo_test_more if false
`
const folder = createFolder({
  'mixed/policy.rego': policy,
  'mixed/policy_test.rego': tests,
  'mixed/roles/data.json': '["admin"]',
  'good/policy.rego': policy,
  'good/data.json': '{"roles": ["admin"]}',
  'good/policy_test.rego': 'package policy_test\n\nimport data.policy\n\ntest_allow if policy.allow with input as {"role": "admin", "age": 18}\n',
  'wrong/a_test.rego': 'package a\n\ntest_x if coutn([]) == 0\n\ntest_y if z\n',
  'odd/a.rego': 'package x["a/b"].c\n\ntest_it if true\n',
  'clash/a.rego': 'package a\n\np := 1\n',
  'clash/data.json': '{"a": {"q": 1}}',
  'clash/data.yaml': 'a: 1\n',
  'old/a_test.rego': 'package a\n\ntest_x { true }\n',
  'over/a.rego': 'package a\n\np := 1\n\nq.r := 2\n\ntest_x if p == 1\n',
  'over/data.json': '{"a": {"p": {"x": 1}, "q": 1, "other": 2}}',
  'hidden/a.rego': 'package a.b\n\np := 1\n',
  'hidden/data.json': '{"\\u0061": {"b": {"p": {"x": 1}}}}',
  'named/a.rego': 'package a.b\n\np := 1\n\ntest_p if p == 1\n',
  'named/data.json': '{"x": {"a": 1}, "y": ["a"]}',
  'skipped/a_test.rego': 'package a\n\ntodo_test_x if true\n',
  'faulty/a_test.rego': `package a

test_every if every x in ["1", "x"] { to_number(x) > 0 }

test_through if double("y") == 4

double(x) := to_number(x) * 2
`,
  'slow/a_test.rego': 'package a\n\ntest_slow if {\n\tsome x in numbers.range(1, 3000)\n\tsome y in numbers.range(1, 3000)\n\tx * y == 0.5\n}\n\ntest_quick if true\n',
})
afterAll(folder.remove)
const cwd = folder.path

/** Reports without what differs from run to run. */
function timeless(text: string): string {
  return text.replace(/\([0-9.]+ (?:µs|ms|s)\)/g, '(time)')
}

describe('cce test', () => {
  test('shows why tests fail: the expression, the values in it, and the rules it asked for', async () => {
    const { code, out, err } = await runCli(['test', 'mixed'], { cwd })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(timeless(out)).toBe(`FAIL data.policy_test.test_size mixed/policy_test.rego:7 (time)
    --> mixed/policy_test.rego:10:2
     |
  10 |     policy.size(xs) == 4
     |     ^^^^^^^^^^^^^^^^^^^^
     = policy.size(xs): 2
     = xs: [1, 2]
  printed:
    the list is [1, 2]

FAIL data.policy_test.test_young mixed/policy_test.rego:13 (time)
    --> mixed/policy_test.rego:13:15
     |
  13 | test_young if policy.allow with input as {"role": "admin", "age": 3}
     |               ^^^^^^^^^^^^
     = policy.allow: undefined
  because data.policy.allow fails
    mixed/policy.rego:5:2: input.age > 17
      input.age: 3

FAIL data.policy_test.test_rows mixed/policy_test.rego:15 (time)
  FAIL three
      --> mixed/policy_test.rego:17:2
       |
    17 |     policy.size(row.xs) == row.n
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       = policy.size(row.xs): 1
       = row: {"n": 3, "xs": [1]}
       = row.xs: [1]
       = row.n: 3
  PASS two

ERROR data.policy_test.test_conflict mixed/policy_test.rego:20 (time)
  eval_conflict_error: var assignment conflict
    --> mixed/policy_test.rego:22:1
     |
  22 | conflict := x if some x in [1, 2]
     | ^

SKIPPED data.policy_test.todo_test_more mixed/policy_test.rego:24

PASS: 2/7  FAIL: 3/7  ERROR: 1/7  SKIPPED: 1/7  (time)
`)
  })

  test('says what a builtin said that failed', async () => {
    const { out } = await runCli(['test', 'faulty'], { cwd })
    expect(timeless(out)).toBe(`FAIL data.a.test_every faulty/a_test.rego:3 (time)
   --> faulty/a_test.rego:3:39
    |
  3 | test_every if every x in ["1", "x"] { to_number(x) > 0 }
    |                                       ^^^^^^^^^^^^
    = x: "x"
    = error: to_number: strconv.ParseFloat: parsing "x": invalid syntax

FAIL data.a.test_through faulty/a_test.rego:5 (time)
   --> faulty/a_test.rego:5:17
    |
  5 | test_through if double("y") == 4
    |                 ^^^^^^^^^^^
  because data.a.double fails
    faulty/a_test.rego:7:14: to_number(x)
      x: "y"
      error: to_number: strconv.ParseFloat: parsing "y": invalid syntax

FAIL: 2/2  (time)
`)
    const json = JSON.parse((await runCli(['test', 'faulty', '--format', 'json'], { cwd })).out) as readonly object[]
    expect(json[0]).toMatchObject({ failure: { error: 'to_number: strconv.ParseFloat: parsing "x": invalid syntax' } })
  })

  test('is short when all is well, and shows passed tests on demand', async () => {
    const { code, out } = await runCli(['test', 'good'], { cwd })
    expect([code, timeless(out)]).toEqual([0, 'PASS: 1/1  (time)\n'])
    const verbose = await runCli(['test', 'good', '-v'], { cwd })
    expect(timeless(verbose.out)).toBe('PASS data.policy_test.test_allow good/policy_test.rego:5 (time)\nPASS: 1/1  (time)\n')
  })

  test('runs tests by name, more than once, whatever the package is called', async () => {
    expect((await runCli(['test', 'mixed', '--run', 'test_allow$'], { cwd })).code).toBe(0)
    expect(timeless((await runCli(['test', 'good', '--count', '3'], { cwd })).out)).toBe('PASS: 3/3  (time)\n')
    const odd = await runCli(['test', 'odd', '-v'], { cwd })
    expect(timeless(odd.out).split('\n')[0]).toBe('PASS data.x["a/b"].c.test_it odd/a.rego:3 (time)')
  })

  test.each([
    ['no tests match', ['test', 'good', '--run', 'nothing'], 0],
    ['no tests match, and some have to', ['test', 'good', '--run', 'nothing', '--fail-on-empty'], 1],
    ['tests are skipped', ['test', 'skipped'], 1],
    ['tests are skipped, which is no failure', ['test', 'skipped', '-z'], 0],
    ['the pattern is none', ['test', 'good', '--run', '('], 2],
    ['nothing is named', ['test'], 2],
    ['a path is not there', ['test', 'nowhere'], 3],
    ['modules do not compile', ['test', 'wrong'], 3],
    ['documents contradict each other', ['test', 'clash'], 3],
    ['modules are of another version', ['test', 'old'], 3],
    ['modules are of the version that is told', ['test', 'old', '--v0'], 0],
    ['not enough is covered', ['test', 'good', '--threshold', '90'], 1],
    ['enough is covered', ['test', 'good', '--threshold', '60'], 0],
    ['the threshold is no percentage', ['test', 'good', '--threshold', '101'], 2],
  ])('its exit code tells that %s', async (_what, argv, code) => {
    expect((await runCli(argv, { cwd })).code).toBe(code)
  })

  test('shows everything that is wrong with modules', async () => {
    const { out, err } = await runCli(['test', 'wrong'], { cwd })
    expect(out).toBe('')
    expect(err).toContain('error: undefined function coutn [rego_type_error]\n --> wrong/a_test.rego:3:11\n')
    expect(err).toContain('error: var z is unsafe [rego_unsafe_var_error]\n --> wrong/a_test.rego:5:11\n')
  })

  test('refuses rules that lie over documents, as opa test does', async () => {
    const { code, err } = await runCli(['test', 'over'], { cwd })
    expect(code).toBe(3)
    expect(err.split('\n').filter((line) => /^(error| *-->)/.test(line))).toEqual([
      'error: conflicting rule for data path a/p found [rego_compile_error]',
      ' --> over/a.rego:3:1',
      'error: conflicting rule for data path a/q/r found [rego_compile_error]',
      ' --> over/a.rego:5:1',
    ])
  })

  test('finds documents under rules by whatever escapes their keys are written', async () => {
    const hidden = await runCli(['test', 'hidden'], { cwd })
    expect([hidden.code, hidden.err.split('\n')[0]]).toEqual([
      3,
      'error: conflicting rule for data path a/b/p found [rego_compile_error]',
    ])
    expect((await runCli(['test', 'named'], { cwd })).code).toBe(0)
  })

  test('ends a test that takes too long, and goes on with the next', async () => {
    const { code, out } = await runCli(['test', 'slow', '--timeout', '1ms', '-v'], { cwd })
    expect(code).toBe(1)
    expect(timeless(out)).toBe(`ERROR data.a.test_slow slow/a_test.rego:3 (time)
  eval_cancel_error: the test took longer than 1 ms

PASS data.a.test_quick slow/a_test.rego:9 (time)
PASS: 1/2  ERROR: 1/2  (time)
`)
  })

  test('runs again when files change, come and go', async () => {
    const watched = createFolder({
      'p/a_test.rego': 'package a\n\ntest_x if data.d\n',
      'p/data.json': '{"d": false}',
      'later/b_test.rego': 'package b\n\ntest_y if true\n',
    })
    const inside = (name: string): string => join(watched.path, name)
    /** In one step, so that it is one change. */
    const put = (name: string, text: string): void => {
      watched.write('draft', text)
      renameSync(inside('draft'), inside(name))
    }
    const stop = new AbortController()
    let told = ''
    const say = (text: string): void => void (told += text)
    const io = { out: say, err: say, readStdin: async () => new Uint8Array(), env: {}, color: false, isTerminal: false }
    const coverage = ['--coverage-format', 'json', '--coverage-output', 'p/covered.json', '--ignore', 'covered*']
    const running = main(['test', '--watch', 'p', ...coverage], { ...io, cwd: watched.path, signal: stop.signal })
    /** What is told from one rest to the next. */
    const nextRun = async (): Promise<string> => {
      while (!told.includes('watching for changes\n')) await new Promise((resolve) => setTimeout(resolve, 10))
      const [run = '', ...rest] = told.split('watching for changes\n')
      told = rest.join('watching for changes\n')
      return run.trimEnd().split('\n').at(-1)?.replace(/ +\(.*\)/, '') ?? ''
    }
    const runs = [await nextRun()]
    const changes: readonly (() => void)[] = [
      () => put('p/data.json', '{"d": true}'),
      () => rmSync(inside('p/data.json')),
      () => put('p/data.json', '{"d": true}'),
      () => put('p/a_test.rego', 'package a\n\ntest_x if [\n'),
      () => put('p/a_test.rego', 'package a\n\ntest_x if data.d\n'),
      () => renameSync(inside('later'), inside('p/v1.0')),
      () => put('p/v1.0/b_test.rego', 'package b\n\ntest_y if false\n'),
      () => renameSync(inside('p'), inside('q')),
      () => renameSync(inside('q'), inside('p')),
      () => put('p/v1.0/b_test.rego', 'package b\n\ntest_y if 1 == 1\n'),
    ]
    for (const change of changes) {
      change()
      runs.push(await nextRun())
    }
    stop.abort()
    expect(await running).toBe(0)
    expect(runs).toEqual([
      'FAIL: 1/1',
      'PASS: 1/1',
      'FAIL: 1/1',
      'PASS: 1/1',
      '1 error',
      'PASS: 1/1',
      'PASS: 2/2',
      'PASS: 1/2  FAIL: 1/2',
      'error: p: there is no such file or directory',
      'PASS: 1/2  FAIL: 1/2',
      'PASS: 2/2',
    ])
    // Nothing else has happened meanwhile: what the command writes itself is no change.
    expect(told).toBe('')
    watched.remove()
  }, 30_000)
})

describe('reports of cce test', () => {
  test('in JSON have the shape of opa test', async () => {
    const { out } = await runCli(['test', 'mixed', '--format', 'json'], { cwd })
    const results = JSON.parse(out) as readonly Record<string, unknown>[]
    expect(results.map(({ name, fail, skip, error }) => [name, fail, skip, error !== undefined])).toEqual([
      ['test_allow', undefined, undefined, false],
      ['test_size', true, undefined, false],
      ['test_young', true, undefined, false],
      ['test_rows', true, undefined, false],
      ['test_conflict', undefined, undefined, true],
      ['todo_test_more', undefined, true, false],
    ])
    expect(Buffer.from(String(results[1]?.['output']), 'base64').toString()).toBe('the list is [1, 2]\n')
    expect(results[1]?.['failure']).toMatchObject({ expression: 'policy.size(xs) == 4', location: { row: 10, col: 2 } })
    expect(results[3]?.['sub_results']).toMatchObject({ two: { name: 'two' }, three: { name: 'three', fail: true } })
    expect(results[4]?.['error']).toEqual({
      code: 'eval_conflict_error',
      message: 'var assignment conflict',
      location: { file: 'mixed/policy_test.rego', row: 22, col: 1 },
    })
  })

  test('in TAP number the tests and their rows', async () => {
    const { out } = await runCli(['test', 'mixed', '--format', 'tap'], { cwd })
    expect(out.split('\n').filter((line) => /^(TAP|1\.\.|ok|not ok| {4}(1\.\.|ok|not ok))/.test(line))).toEqual([
      'TAP version 14',
      '1..6',
      'ok 1 - data.policy_test.test_allow',
      'not ok 2 - data.policy_test.test_size',
      'not ok 3 - data.policy_test.test_young',
      '    1..2',
      '    not ok 1 - three',
      '    ok 2 - two',
      'not ok 4 - data.policy_test.test_rows',
      'not ok 5 - data.policy_test.test_conflict',
      'ok 6 - data.policy_test.todo_test_more # SKIP to be done',
    ])
  })

  test('in TAP tell the reason as YAML, whose first line may be indented', async () => {
    const { out } = await runCli(['test', 'mixed', '--format', 'tap'], { cwd })
    const blocks = [...out.matchAll(/^  ---\n(.*?)^  \.\.\.$/gms)].map(([, yaml = '']) => yaml)
    const read = blocks.map((yaml) => parseYaml(yaml) as { readonly at: string; readonly message?: string })
    expect(read.map(({ at, message }) => [at, message?.split('\n').slice(0, 2)])).toEqual([
      ['mixed/policy_test.rego:5:1', undefined],
      ['mixed/policy_test.rego:7:1', ['  --> mixed/policy_test.rego:10:2', '   |']],
      ['mixed/policy_test.rego:13:1', ['  --> mixed/policy_test.rego:13:15', '   |']],
      ['mixed/policy_test.rego:15:1', ['FAIL three', '    --> mixed/policy_test.rego:17:2']],
      ['mixed/policy_test.rego:20:1', ['eval_conflict_error: var assignment conflict', '  --> mixed/policy_test.rego:22:1']],
    ])
  })

  test('for JUnit have a suite for each file, and a case for each row', async () => {
    const { out } = await runCli(['test', 'mixed', '--format', 'junit'], { cwd })
    const plain = out.replace(/ time="[0-9.]+"/g, '')
    expect(plain.split('\n').slice(0, 5)).toEqual([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="rego" tests="7" failures="3" errors="1" skipped="1">',
      '  <testsuite name="mixed/policy_test.rego" tests="7" failures="3" errors="1" skipped="1">',
      '    <testcase name="test_allow" classname="data.policy_test" file="mixed/policy_test.rego" line="5"/>',
      '    <testcase name="test_size" classname="data.policy_test" file="mixed/policy_test.rego" line="7">',
    ])
    expect([...plain.matchAll(/<testcase name="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'test_allow',
      'test_size',
      'test_young',
      'test_rows &gt; three',
      'test_rows &gt; two',
      'test_conflict',
      'todo_test_more',
    ])
    expect(plain).toContain('<failure message="policy.size(row.xs) == row.n">  --&gt; mixed/policy_test.rego:17:2\n')
    expect(plain).toContain('<skipped message="to be done"/>')
  })
})

describe('coverage of cce test', () => {
  test('as a table', async () => {
    const { out } = await runCli(['test', 'good', '--coverage'], { cwd })
    expect(out.split('\n').slice(1)).toEqual([
      'file               lines  expressions  not covered',
      'good/policy.rego  75.0 %       71.4 %  8',
      'all files         75.0 %       71.4 %',
      '',
    ])
  })

  test('as JSON, alone on the standard output', async () => {
    const { out, err } = await runCli(['test', 'good', '--coverage-format', 'json', '--coverage-tests'], { cwd })
    const { files, ...sums } = JSON.parse(out) as { readonly files: Record<string, unknown> }
    expect(Object.keys(files)).toEqual(['good/policy.rego', 'good/policy_test.rego'])
    expect(sums).toMatchObject({ covered_lines: 4, not_covered_lines: 1, coverage: 80 })
    expect(timeless(err)).toBe('PASS: 1/1  (time)\n')
  })

  test('leaves the standard output to what a machine reads', async () => {
    const like = await runCli(['test', 'good', '--coverage', '--format', 'json'], { cwd })
    expect([Object.keys(JSON.parse(like.out) as object)[0], timeless(like.err)]).toEqual(['files', 'PASS: 1/1  (time)\n'])
    const results = await runCli(['test', 'good', '--threshold', '60', '--format', 'json'], { cwd })
    expect([JSON.parse(results.out), results.err.split('\n')[0]]).toEqual([
      [expect.objectContaining({ name: 'test_allow' })],
      'file               lines  expressions  not covered',
    ])
    const both = await runCli(['test', 'good', '--coverage-format', 'lcov', '--format', 'junit'], { cwd })
    expect([both.code, both.out, both.err]).toEqual([
      2,
      '',
      'error: --format junit and --coverage-format lcov cannot both go to the standard output: add --coverage-output\n',
    ])
  })

  test('for tools that read lcov, in a file', async () => {
    await runCli(['test', 'good', '--coverage-format', 'lcov', '--coverage-output', 'out.lcov'], { cwd })
    expect(readFileSync(join(cwd, 'out.lcov'), 'utf8')).toBe(
      'TN:\nSF:good/policy.rego\nDA:3,1\nDA:4,1\nDA:5,1\nDA:8,0\nLF:4\nLH:3\nend_of_record\n',
    )
  })

  test('as a page', async () => {
    await runCli(['test', 'good', '--coverage-format', 'html', '--coverage-output', 'out.html'], { cwd })
    const page = readFileSync(join(cwd, 'out.html'), 'utf8')
    expect(page).toContain('<span class="y">allow</span> if {\n\t<span class="y">input.role == data.roles[_]</span>\n\t<span class="y">input.age &gt; 17</span>')
    expect(page).toContain('<span class="n">size(xs) := count(xs)</span>')
    expect(page).toContain('<a id="f0-2" href="#f0-2">2</a>\n<a class="y" id="f0-3" href="#f0-3">3</a>\n')
    expect(page).toContain('<a class="n" id="f0-8" href="#f0-8">8</a></pre>')
    expect(page).toContain('<td>75.0 % (3/4)</td><td>71.4 % (5/7)</td>')
  })
})
