/** `cce check`: what it prints, and that it agrees with `opa check`. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { readCases } from '../conformance/read-cases.js'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'good/a.rego': 'package a\n\np := 1\n',
  'good/b.rego': 'package b\n\nq if data.a.p == 1\n',
  'wrong/syntax.rego': 'package a\n\np := \n\tq { true }\n',
  'wrong/names.rego': 'package b\n\np := x\n\nq if coutn([1]) == 1\n',
  'unused.rego': 'package a\n\nimport data.b\n\np if x := 1\n',
  'typed.rego': 'package a\n\np if input.usr == 1\n',
  'schema.json': '{"type": "object", "properties": {"user": {"type": "number"}}, "additionalProperties": false}',
  'annotated.rego': '# METADATA\n# schemas:\n# - input: schema.in.user\npackage a\n\np if input.usr == 1\n',
  'schemas/in/user.json': '{"type": "object", "properties": {"user": {"type": "number"}}, "additionalProperties": false}',
  'capabilities.json': '{"builtins": [{"name": "eq"}], "features": ["rego_v1"]}',
  'counting.rego': 'package a\n\np := count([])\n',
  'keyword.rego': 'package a\n\nimport future.keywords.if\n\np if input.x\n',
  'both.rego': 'package a\n\nimport rego.v1\n\np contains x if some x in input.xs\n',
  'new.rego': 'package a\n\np if input.x\n',
  'shadow.rego': 'package a\n\np := no_such_function(1)\n',
  'old.rego': 'package a\n\np[x] { x := 1 }\n',
})
afterAll(folder.remove)
const cwd = folder.path

describe('cce check', () => {
  test('says that nothing is wrong', async () => {
    expect(await runCli(['check', 'good'], { cwd })).toEqual({ code: 0, out: '2 modules checked: nothing is wrong\n', err: '' })
    expect(await runCli(['check', 'good', '--format', 'json'], { cwd })).toEqual({ code: 0, out: '{}\n', err: '' })
  })

  test('shows each fault with its line', async () => {
    expect(await runCli(['check', 'wrong/names.rego'], { cwd })).toEqual({
      code: 1,
      out: '',
      err: `error: var x is unsafe [rego_unsafe_var_error]
 --> wrong/names.rego:3:6
  |
3 | p := x
  |      ^
  = hint: nothing gives \`x\` a value: bind it, or import or define it

error: undefined function coutn [rego_type_error]
 --> wrong/names.rego:5:6
  |
5 | q if coutn([1]) == 1
  |      ^^^^^
  = hint: did you mean \`count\`?

2 errors in 1 module
`,
    })
  })

  test('goes on after unreadable paths, and says so by its exit code', async () => {
    const { code, err } = await runCli(['check', 'nope', 'wrong'], { cwd })
    expect(code).toBe(3)
    expect(err.split('\n')[0]).toBe('error: nope: there is no such file or directory')
    expect(err).toContain(' --> wrong/syntax.rego:3:1\n')
    expect(err).toMatch(/\n1 unreadable path, \d errors? in 2 modules\n$/)
  })

  test.each([
    ['v0.30.0', [], 1, '3:1: the capabilities do not include the feature'],
    ['v0.55.0', ['--v0'], 0, ''],
    ['v0.16.0', [], 3, 'v0.16.0: capabilities are known of the releases from v0.17.0 to v1.22.2'],
    ['v2.0.0', [], 3, 'v2.0.0: capabilities are known of the releases from v0.17.0 to v1.22.2'],
  ])('--capabilities %s are those of a release', async (release, flags, code, message) => {
    const run = await runCli(['check', 'keyword.rego', '--capabilities', release, ...flags], { cwd })
    expect(run.code).toBe(code)
    expect(run.err.replace(/^error: (the .*?) \S+ \[rego_compile_error\]\n --> keyword.rego:(3:1)$/ms, '$2: $1')).toContain(message)
  })

  test('--v0-v1 finds what is wrong in either', async () => {
    const run = async (file: string) => runCli(['check', file, '--v0-v1', '-f', 'json'], { cwd })
    const found = async (file: string) =>
      (JSON.parse((await run(file)).out) as { errors?: { rule: string }[] }).errors?.map(({ rule }) => rule)
    expect(await run('both.rego')).toEqual({ code: 0, out: '{}\n', err: '' })
    expect(await found('old.rego')).toEqual(['contains-required', 'if-required'])
    expect(await found('counting.rego')).toBeUndefined()
    expect(await found('keyword.rego')).toBeUndefined()
    expect(await found('new.rego')).toEqual(['rule-without-import'])
    // A fault that both have is told once.
    expect(await found('shadow.rego')).toEqual(['undefined-function'])
  })

  test('gives all facts as JSON', async () => {
    const { out } = await runCli(['check', 'counting.rego', '--capabilities', 'capabilities.json', '-f', 'json'], { cwd })
    expect(JSON.parse(out)).toEqual({
      errors: [
        {
          message: 'undefined function count',
          code: 'rego_type_error',
          location: { file: 'counting.rego', row: 3, col: 6, end_row: 3, end_col: 11 },
          rule: 'undefined-function',
          severity: 'error',
          hint: expect.any(String),
        },
      ],
    })
  })

  test('--max-errors shows that many, and tells how many there are', async () => {
    const { err } = await runCli(['check', 'wrong/names.rego', '-m', '1'], { cwd })
    expect(err.match(/^error: /gm)).toHaveLength(1)
    expect(err).toMatch(/\nand 1 more\n\n2 errors in 1 module\n$/)
  })

  test.each<[argv: string[], rules: string[]]>([
    [['unused.rego'], []],
    [
      ['unused.rego', '--strict'],
      ['import-unused', 'assigned-unused'],
    ],
    [['typed.rego'], []],
    [['typed.rego', '--schema', 'schema.json'], ['undefined-ref']],
    [['annotated.rego', '--schema', 'schemas'], ['undefined-ref']],
    [['old.rego', '--v0'], []],
  ])('%j', async (argv, rules) => {
    const { code, out } = await runCli(['check', ...argv, '--format', 'json'], { cwd })
    const { errors = [] } = JSON.parse(out) as { errors?: readonly { rule: string }[] }
    expect(errors.map(({ rule }) => rule)).toEqual(rules)
    expect(code).toBe(rules.length === 0 ? 0 : 1)
  })
})

/** Cases whose verdict or codes differ, and why. */
const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map<string, string>()

/** OPA is asked about every so many cases; `FULL_DIFFERENTIAL=1` asks about all of them, which takes minutes. */
const EVERY = process.env['FULL_DIFFERENTIAL'] === '1' ? 1 : 20

const shared = fileURLToPath(new URL('../../../shared/conformance', import.meta.url))
const missing =
  opaBinary === undefined ? 'there is no opa' : existsSync(shared) ? undefined : 'the cases are not beside the project'
const cases = missing === undefined ? readCases(shared).filter(({ modules }, at) => modules.length > 0 && at % EVERY === 0) : []

interface Verdict {
  readonly isRight: boolean
  readonly codes: readonly string[]
}

function verdictOf(text: string): Verdict {
  const { errors = [] } = JSON.parse(text) as { readonly errors?: readonly { readonly code?: string }[] }
  return { isRight: errors.length === 0, codes: [...new Set(errors.map(({ code = '' }) => code))].sort() }
}

async function compare(
  paths: readonly string[],
  flags: { readonly opa: readonly string[]; readonly cce: readonly string[] },
  at: string,
): Promise<void> {
  const options = { cwd: at, encoding: 'utf8', timeout: 20_000 } as const
  const theirs = spawnSync(opaBinary as string, ['check', '-f', 'json', '--max-errors', '100', ...flags.opa, ...paths], options)
  const own = await runCli(['check', '-f', 'json', ...flags.cce, ...paths], { cwd: at })
  expect(verdictOf(own.out)).toEqual(verdictOf(theirs.stdout.trim() + theirs.stderr.trim() || '{}'))
}

describe.skipIf(missing !== undefined)(`verdicts and codes as of opa check (skipped: ${missing ?? 'no'})`, () => {
  test.each(cases)('$version $id', async ({ id, version, modules }) => {
    for (const [index, text] of modules.entries()) folder.write(`cases/${id}/${index}.rego`, text)
    const flags = version === 'v0' ? { opa: ['--v0-compatible'], cce: ['--v0'] } : { opa: [], cce: [] }
    const agree = compare([`cases/${id}`], flags, cwd)
    if (KNOWN_DIFFERENCES.has(`${version} ${id}`)) await expect(agree).rejects.toThrow()
    else await agree
  })

  test.each([
    ['rego', [], []],
    ['examples', [], []],
  ] as const)('our own %s', async (path, opa, cce) => {
    await compare([path], { opa, cce }, fileURLToPath(new URL('../..', import.meta.url)))
  })

  // Of a module with several faults OPA tells those of the first stage; `wrong/names.rego` would differ.
  test.each(['wrong/syntax.rego', 'unused.rego', 'old.rego', 'good', 'nope'])('%s', async (path) => {
    const flags = { opa: ['--strict'], cce: ['--strict'] }
    await compare([path], flags, cwd)
  })
})
