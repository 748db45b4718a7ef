/** `cce eval`: its formats, its limits, and that it answers as `opa eval` does. */
import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, test } from 'vitest'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'p.rego': `package p

allow := false

xs := {1, 2}

o := {"a": 1}

f(x) := x + 1

g(x) if x > 1

both := 1 if input.x

both := 2 if input.y

loud if print("hello", input.x)
`,
  'users.json': '{"users": {"ann": {"admin": true}, "bob": {"admin": false}, "cid": {"admin": true}}}',
  'input.json': '{"x": 1.50}',
  'input.yaml': 'x: [yes, 2]\n',
  'cut.json': '{"x": ',
  'under.json': '{"p": {"o": 1}}',
})
afterAll(folder.remove)
const cwd = folder.path

describe('formats', () => {
  const query = ['eval', '-d', 'p.rego', 'data.p.xs[x]; y := {"k": [x]}']

  test.each([
    [
      'pretty',
      `┌──────────────┬───┬───────────┐
│ data.p.xs[x] │ x │     y     │
├──────────────┼───┼───────────┤
│ 1            │ 1 │ {"k":[1]} │
│ 2            │ 2 │ {"k":[2]} │
└──────────────┴───┴───────────┘
`,
    ],
    ['values', '[\n  1,\n  true\n]\n[\n  2,\n  true\n]\n'],
    [
      'bindings',
      '{\n  "x": 1,\n  "y": {\n    "k": [\n      1\n    ]\n  }\n}\n{\n  "x": 2,\n  "y": {\n    "k": [\n      2\n    ]\n  }\n}\n',
    ],
    ['raw', '1 true\n2 true\n'],
    ['discard', '{\n  "result": "discarded"\n}\n'],
  ])('%s', async (format, out) => {
    expect(await runCli([...query, '-f', format], { cwd })).toEqual({ code: 0, out, err: '' })
  })

  test.each([
    ['1 + 2', '3\n'],
    ['false', 'false\n'],
    ['1 == 1; true', 'true\n'],
    ['1 == 2; true', 'undefined\n'],
    ['{"b": [], "a": {"c": 1e3}}', '{\n  "a": {\n    "c": 1e3\n  },\n  "b": []\n}\n'],
    ['x := "日本"; y := 1', '┌────────┬───┐\n│   x    │ y │\n├────────┼───┤\n│ "日本" │ 1 │\n└────────┴───┘\n'],
    [
      '"\u001b[31m"; 1',
      '┌──────────────┬───┐\n│   "\ufffd[31m"    │ 1 │\n├──────────────┼───┤\n│ "\\u001b[31m" │ 1 │\n└──────────────┴───┘\n',
    ],
  ])('pretty of %s', async (query_, out) => {
    expect((await runCli(['eval', query_], { cwd })).out).toBe(out)
  })

  test('wide cells are cut off in tables', async () => {
    const { out } = await runCli(['eval', 'x := numbers.range(1, 1000); y := 1'], { cwd })
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBe(88)
    expect(out).toContain('28,29,… │ 1 │')
  })
})

describe('input and data', () => {
  test.each<[argv: string[], stdin: string, out: string]>([
    [['-i', 'input.json', 'input.x'], '', '1.50\n'],
    [['-i', 'input.yaml', 'input.x'], '', '[\n  "yes",\n  2\n]\n'],
    [['-I', 'input'], '[1, 20000000000000000001]', '[\n  1,\n  20000000000000000001\n]\n'],
    [['-i', '-', 'input.a'], 'a: b', '"b"\n'],
    [['input'], '', 'undefined\n'],
    [
      ['-d', 'users.json', 'some name; data.users[name].admin'],
      '',
      '┌───────┐\n│ name  │\n├───────┤\n│ "ann" │\n│ "cid" │\n└───────┘\n',
    ],
    [['-d', 'p.rego', '--package', 'p', 'allow'], '', 'false\n'],
    [['-d', 'p.rego', '--package', 'p', '--import', 'data.p.o', 'f(o.a)'], '', '2\n'],
    [['-d', 'p.rego', '--import', 'data.p as q', 'q.f(1, x)'], '', '┌───┐\n│ x │\n├───┤\n│ 2 │\n└───┘\n'],
    [['--', '-1'], '', '-1\n'],
    [['--stdin'], 'x := 1\nx + 1\n', '┌───────┬───┐\n│ x + 1 │ x │\n'],
  ])('%j', async (argv, stdin, out) => {
    const run = await runCli(['eval', ...argv], { cwd, stdin })
    expect([run.code, run.err, run.out.slice(0, out.length)]).toEqual([0, '', out])
  })

  test('what print prints goes to the standard error', async () => {
    expect(await runCli(['eval', '-d', 'p.rego', '-i', 'input.json', 'data.p.loud'], { cwd })).toEqual({
      code: 0,
      out: 'true\n',
      err: 'hello 1.50\n',
    })
  })
})

describe('what goes wrong', () => {
  test('is told as its author sees it: nothing of what evaluating adds to a query', async () => {
    const { code, err } = await runCli(['eval', '1 + 1 == x'], { cwd })
    expect(code).toBe(3)
    expect(err.split('\n').filter((line) => line.startsWith('error'))).toEqual(['error: var x is unsafe [rego_unsafe_var_error]'])
  })

  test.each<[argv: string[], code: number, err: string]>([
    [['nope := '], 3, 'error: '],
    [['-d', 'p.rego', '-i', 'both.json', 'data.p.both'], 3, 'error: both.json: there is no such file or directory\n'],
    [['-i', 'cut.json', 'input'], 3, 'error: cut.json:1:7: is not JSON: expected a value, found the end\n'],
    [['-d', 'nope', '1'], 3, 'error: nope: there is no such file or directory\n'],
    [
      ['http.send({})'],
      3,
      'error: `http.send` is not answered here: cce never reaches the network; replace it by `with http.send as …` [eval_internal_error]\n',
    ],
    [
      ['--strict-builtin-errors', 'to_number("x")'],
      3,
      'error: <query>:1:1: to_number: strconv.ParseFloat: parsing "x": invalid syntax [eval_builtin_error]\n',
    ],
    [['to_number("x")'], 0, ''],
    [['--fail', '1 == 2; true'], 1, ''],
    [['--fail', 'false'], 0, ''],
    [['--fail-defined', 'false'], 1, ''],
    [['--fail-defined', '1 == 2; true'], 0, ''],
  ])('%j', async (argv, code, err) => {
    const run = await runCli(['eval', ...argv], { cwd })
    expect([run.code, run.err.slice(0, err.length)]).toEqual([code, err])
  })

  test('a conflict is told with its place', async () => {
    const { code, err } = await runCli(['eval', '-d', 'p.rego', '-I', 'data.p.both'], { cwd, stdin: '{"x": 1, "y": 1}' })
    expect([code, err]).toEqual([3, expect.stringMatching(/^error: p\.rego:1\d:\d+: .*conflict.* \[eval_conflict_error\]\n$/)])
    const json = await runCli(['eval', '-d', 'p.rego', '-I', '-f', 'json', 'data.p.both'], { cwd, stdin: '{"x": 1, "y": 1}' })
    expect(JSON.parse(json.out)).toMatchObject({ errors: [{ code: 'eval_conflict_error', location: { file: 'p.rego' } }] })
  })

  test('a rule does not lie over a document', async () => {
    const { code, out, err } = await runCli(['eval', '-d', 'p.rego', '-d', 'under.json', 'data.p'], { cwd })
    expect([code, out, err.split('\n').slice(0, 2)]).toEqual([
      3,
      '',
      ['error: conflicting rule for data path p/o found [rego_compile_error]', ' --> p.rego:7:1'],
    ])
  })

  test('--timeout ends what takes too long, and not what does not', async () => {
    const endless = 'count([1 | numbers.range(1, 100000)[_] >= numbers.range(1, 100000)[_]])'
    const begin = performance.now()
    expect(await runCli(['eval', '--timeout', '200ms', endless], { cwd })).toMatchObject({
      code: 3,
      err: 'error: timed out after 200 ms [eval_cancel_error]\n',
    })
    expect(performance.now() - begin).toBeLessThan(20_000)
    expect(await runCli(['eval', '--timeout', '1m', 'count(numbers.range(1, 100000))'], { cwd })).toMatchObject({
      code: 0,
      out: '100000\n',
    })
  })
})

describe('how it went', () => {
  test('--explain shows every step, --explain=fails what failed and where', async () => {
    expect((await runCli(['eval', '-d', 'p.rego', '--explain=full', 'data.p.g(1)'], { cwd })).out).toBe(`<query>:1  Enter query
<query>:1  | Eval data.p.g(1)
p.rego:11  | Enter data.p.g
p.rego:11  | | Eval x > 1  {x: 1}
p.rego:11  | | Fail x > 1  {x: 1}
<query>:1  | Fail data.p.g(1)
undefined
`)
    expect((await runCli(['eval', '-d', 'p.rego', '--explain=fails', 'data.p.g(1)'], { cwd })).out).toBe(`<query>:1  Enter query
p.rego:11  | Enter data.p.g
p.rego:11  | | Fail x > 1  {x: 1}
<query>:1  | Fail data.p.g(1)
undefined
`)
  })

  test('--explain=notes shows what trace says', async () => {
    const { out } = await runCli(['eval', '--explain=notes', '-f', 'json', 'trace("hi"); 1 == 2'], { cwd })
    const { explanation } = JSON.parse(out) as { explanation: readonly { op: string; text: string }[] }
    expect(explanation.map(({ op, text }) => [op, text])).toEqual([
      ['enter', 'query'],
      ['note', 'hi'],
    ])
  })

  test('--profile tells what takes how long; what is printed is printed once', async () => {
    const run = await runCli(
      ['eval', '-d', 'p.rego', '-i', 'input.json', '--profile', '--profile-limit', '1', '-f', 'json', 'data.p.loud'],
      { cwd },
    )
    expect(JSON.parse(run.out)).toMatchObject({
      result: [{ expressions: [{ value: true }] }],
      profile: [{ total_time_ns: expect.any(Number), num_eval: 1, num_redo: 0, num_gen_expr: 1 }],
    })
    expect(run.err).toBe('hello 1.50\n')
    const { out } = await runCli(['eval', '-d', 'p.rego', '--profile', 'data.p.g(2)'], { cwd })
    expect(out).toMatch(/^true\n┌.*\n│ +TIME +│ EVALS │ REDOS │ +PLACE +│ +EXPRESSION +│\n/)
  })
})

const QUERIES = `false
1 == 2
x := 1; x == 2
x := 1; false
x := 1
x = 1
data.p.allow
data.p.allow; 1
not data.p.allow
data.p.xs[x]
data.p.xs[_]
some x in data.p.xs
some x; data.p.xs[x]
every x in data.p.xs { x > 0 }
data.p.f(1)
data.p.f(1, x)
data.p.f(1, 2)
data.p.f(1, 3)
data.p.g(1)
data.p.g(2)
data.p.f(data.p.xs[_])
print(1)
count([1])
x := 1; y := x + 1; y
[x, y] = [1, 2]
data.p.nope
1 in [1]
input.x with input.x as 3
false with input as 1
x := {1, 2}; x[y]
{1, 2}
{{1}: 2}
set()
null
x
"<&>"
x := 1;;
startswith("a", "b")
startswith(["a", "b"][_], "b")
plus(1, 2, 3)
plus(1, 2, x)
to_number("a")
$"a{1}"
walk([1], x)
[p, v] := walk([1])
walk([1])
1 = 2
x != 1; x = 2
some x; [false][x]
[false, 1][_]
[3, 1, 1, 2][_]
x := [3, 1, 2][_]; y := [1, 0][_]; x > y
[1, 2][_] > 1
[1, 2][0] > 1
count([1 | true]) > 5
input
data.p
some k, v in data.p.o
a := 1; b := a; not b == 2
a := 1; a := 2
nope(1)
data.p.f(1, 2, 3)
count(1)
1e3
100000000000000000000000000000000001
every x in [] { false }
data.p.xs[x] = 1; y := [x | x > 0]`.split('\n')

/** Kept apart, so that the order of keys and of errors does not matter. */
function normal(text: string): unknown {
  const document = JSON.parse(text === '' ? '{}' : text) as { readonly errors?: readonly { readonly code?: string }[] }
  return document.errors === undefined ? document : [...new Set(document.errors.map(({ code }) => code))]
}

describe.skipIf(opaBinary === undefined)('as opa eval (skipped where there is no opa)', () => {
  test.each(QUERIES)('%s', async (query) => {
    const argv = ['eval', '-d', 'p.rego', '-f', 'json', '--', query]
    const opa = spawnSync(opaBinary as string, argv, { cwd, encoding: 'utf8', timeout: 20_000 })
    const own = await runCli(argv, { cwd })
    expect(normal(own.out)).toEqual(normal(opa.stdout))
  })

  test.each(['values', 'bindings', 'raw', 'pretty'])('in the format %s', async (format) => {
    for (const query of ['data.p.xs[x]; y := 1', 'data.p.o', '"a\\nb"', 'x := 1', '1; 2', 'true; 3', 'not false']) {
      const argv = ['eval', '-d', 'p.rego', '-f', format, query]
      const opa = spawnSync(opaBinary as string, argv, { cwd, encoding: 'utf8', timeout: 20_000 })
      expect((await runCli(argv, { cwd })).out, query).toBe(opa.stdout)
    }
  })
})
