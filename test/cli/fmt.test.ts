/** `cce fmt`: what it prints and writes, and when it leaves files alone. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { unifiedDiff } from '../../src/cli/line-diff.js'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const LOOSE = 'package a\np:=1\n'
const NEAT = 'package a\n\np := 1\n'
const WRONG = 'package a\n\np := \n'

const folder = createFolder()
afterAll(folder.remove)
const cwd = folder.path
const read = (name: string): string => readFileSync(join(cwd, name), 'utf8')

beforeEach(() => {
  folder.write('policies/loose.rego', LOOSE)
  folder.write('policies/neat.rego', NEAT)
  folder.write('policies/notes.txt', 'package a p:=1')
  folder.write('wrong.rego', WRONG)
  folder.write('old.rego', 'package a\np { x }\n')
})

describe('cce fmt prints', () => {
  test('the formatted text of files and of the standard input', async () => {
    expect(await runCli(['fmt', 'policies/loose.rego'], { cwd })).toEqual({ code: 0, out: NEAT, err: '' })
    expect(await runCli(['fmt', 'policies'], { cwd })).toEqual({ code: 0, out: NEAT + NEAT, err: '' })
    expect(await runCli(['fmt'], { cwd, stdin: LOOSE })).toEqual({ code: 0, out: NEAT, err: '' })
    expect(await runCli(['fmt', '-'], { cwd, stdin: LOOSE })).toEqual({ code: 0, out: NEAT, err: '' })
    expect(read('policies/loose.rego')).toBe(LOOSE)
  })

  test('a diff', async () => {
    const diff = '--- a/policies/loose.rego\n+++ b/policies/loose.rego\n@@ -1,2 +1,3 @@\n package a\n-p:=1\n+\n+p := 1\n'
    expect(await runCli(['fmt', '--diff', 'policies'], { cwd })).toEqual({ code: 0, out: diff, err: '' })
    const painted = await runCli(['fmt', '--diff', 'policies'], { cwd, color: true })
    expect(painted.out).toContain('\u001b[31m-p:=1\u001b[0m\n\u001b[32m+\u001b[0m\n')
  })

  test('the names of files that would change', async () => {
    expect(await runCli(['fmt', '--list', 'policies'], { cwd })).toEqual({ code: 0, out: 'policies/loose.rego\n', err: '' })
    for (const flag of ['--check', '--fail']) {
      expect(await runCli(['fmt', flag, 'policies'], { cwd })).toEqual({ code: 1, out: 'policies/loose.rego\n', err: '' })
      expect(await runCli(['fmt', flag, 'policies/neat.rego'], { cwd })).toEqual({ code: 0, out: '', err: '' })
    }
    expect((await runCli(['fmt', '--check', '--diff', 'policies'], { cwd })).code).toBe(1)
  })

  test('JSON', async () => {
    const { code, out } = await runCli(['fmt', '--check', '--format', 'json', 'policies', 'wrong.rego'], { cwd })
    expect(code).toBe(3)
    const { files, errors } = JSON.parse(out) as { readonly files: unknown; readonly errors: readonly { readonly rule: string }[] }
    expect(files).toEqual([
      { file: 'policies/loose.rego', changed: true },
      { file: 'policies/neat.rego', changed: false },
    ])
    expect(errors.map(({ rule }) => rule)).toEqual(['unexpected-token'])
    const printed = await runCli(['fmt', '--format', 'json', 'policies/loose.rego'], { cwd })
    expect(JSON.parse(printed.out)).toEqual({ files: [{ file: 'policies/loose.rego', changed: true, text: NEAT }] })
  })

  test('what is wrong, and goes on', async () => {
    folder.write('bad/latin.rego', Buffer.from([0x70, 0xe9, 0x0a]))
    const { code, out, err } = await runCli(['fmt', 'nope', 'bad', 'wrong.rego', 'policies/loose.rego'], { cwd })
    expect([code, out]).toEqual([3, NEAT])
    expect(err).toContain('error: nope: there is no such file or directory\n')
    expect(err).toContain('error: bad/latin.rego:1:2: is not UTF-8: byte 1 is 0xe9\n')
    expect(err).toContain(' --> wrong.rego:4:1\n')
  })
})

describe('cce fmt --write', () => {
  test('writes what changes and leaves the rest alone', async () => {
    const before = statSync(join(cwd, 'policies/neat.rego')).mtimeMs
    chmodSync(join(cwd, 'policies/loose.rego'), 0o640)
    expect(await runCli(['fmt', '--write', '--list', 'policies'], { cwd })).toEqual({ code: 0, out: 'policies/loose.rego\n', err: '' })
    expect(read('policies/loose.rego')).toBe(NEAT)
    expect(statSync(join(cwd, 'policies/loose.rego')).mode & 0o777).toBe(0o640)
    expect(statSync(join(cwd, 'policies/neat.rego')).mtimeMs).toBe(before)
    expect(readdirSync(join(cwd, 'policies')).sort()).toEqual(['loose.rego', 'neat.rego', 'notes.txt'])
    expect(await runCli(['fmt', '--write', 'policies'], { cwd })).toEqual({ code: 0, out: '', err: '' })
  })

  test('leaves a text alone that is wrong', async () => {
    const { code } = await runCli(['fmt', '--write', 'wrong.rego', 'policies'], { cwd })
    expect([code, read('wrong.rego'), read('policies/loose.rego')]).toEqual([3, WRONG, NEAT])
  })

  test('needs files', async () => {
    expect((await runCli(['fmt', '--write'], { cwd, stdin: LOOSE })).code).toBe(2)
  })

  test.skipIf(process.getuid?.() === 0)('tells of files that it may not write (skipped for root, who may)', async () => {
    mkdirSync(join(cwd, 'closed'), { recursive: true })
    writeFileSync(join(cwd, 'closed/a.rego'), LOOSE)
    chmodSync(join(cwd, 'closed'), 0o500)
    const { code, err } = await runCli(['fmt', '--write', 'closed', 'policies'], { cwd })
    chmodSync(join(cwd, 'closed'), 0o700)
    expect([code, read('policies/loose.rego')]).toEqual([3, NEAT])
    expect(err).toMatch(/^error: closed\/a\.rego: cannot be written: /)
  })
})

test('versions: v0 stays v0, or is upgraded; imports for v0 can be dropped', async () => {
  expect((await runCli(['fmt', 'old.rego'], { cwd })).code).toBe(3)
  expect((await runCli(['fmt', '--v0', 'old.rego'], { cwd })).out).toBe('package a\n\np {\n\tx\n}\n')
  const upgraded = await runCli(['fmt', '--upgrade', 'old.rego'], { cwd })
  expect(upgraded.out).toBe('package a\n\nimport rego.v1\n\np if x\n')
  expect((await runCli(['fmt', '--drop-v0-imports'], { cwd, stdin: upgraded.out })).out).toBe('package a\n\np if x\n')
})

describe('the examples of the help', () => {
  test('all run', async () => {
    const { out } = await runCli(['fmt', '--help'], { cwd })
    const lines = (out.split('Examples:\n')[1] as string).trimEnd().split('\n').map((line) => (line.trim().split(/ {2,}/) as [string])[0])
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      for (const file of ['policy.rego', 'policies/loose.rego']) folder.write(file, LOOSE)
      const [command = '', stdin] = line.split(' < ')
      const run = await runCli(command.split(' ').slice(1), { cwd, ...(stdin === undefined ? {} : { stdin: read(stdin) }) })
      expect([line, run.code, run.err]).toEqual([line, line.includes('--check') ? 1 : 0, ''])
    }
    expect(existsSync(join(cwd, 'policy.rego'))).toBe(true)
  })
})

describe('a diff', () => {
  const many = (word: string, end: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n') + end

  test.each([
    ['near', 'a\nb\nc\n', 'a\nB\nc\n'],
    ['without a line break at the end', 'a\nb', 'a\nb\n'],
    ['from nothing', '', 'a\n'],
    ['far', many('x', ''), many('y', '\n')],
    ['far, to nothing', many('x', '\n'), ''],
  ])('of texts that are %s is read by patch', (_what, before, after) => {
    folder.write('text', before)
    const { status, stderr } = spawnSync('patch', ['-p1', '--silent'], { cwd, input: unifiedDiff('text', before, after), encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(existsSync(join(cwd, 'text')) ? read('text') : '').toBe(after)
  })
})

test.skipIf(opaBinary === undefined)('changes the same files as opa fmt (skipped where there is no opa)', async () => {
  const { stdout } = spawnSync(opaBinary ?? 'opa', ['fmt', '--list', 'policies'], { cwd, encoding: 'utf8' })
  expect((await runCli(['fmt', '--list', 'policies'], { cwd })).out).toBe(stdout)
})
