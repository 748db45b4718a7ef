/** `cce build`: what is in a bundle, that it is the same every time, and that others can read it. */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readArchive } from '../../src/cli/archive.js'
import { compilePlan } from '../../src/compile-plan.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { opaBinary } from '../support/opa.js'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'src/a.rego': `# METADATA
# title: the package
package a.b

import data.m

p := m

# METADATA
# entrypoint: true
# description: rule q
q contains x if some x in m

r if {
	p
	q[1]
}

s := 1

f(x) := x if q[x]

v.w.x := 1

v.w.y := 2
`,
  'src/c.rego': 'package c\n\nz := data.a.b.q\n',
  'src/data.json': '{"m": {"k": 1}, "n": 1.50}',
  'wrong.rego': 'package a\n\np := x\n',
})
afterAll(folder.remove)
const cwd = folder.path
const read = (name: string): Buffer => readFileSync(join(cwd, name))

async function contents(name: string): Promise<Readonly<Record<string, string>>> {
  const files = await readArchive(read(name))
  return Object.fromEntries(
    files.map((file) => [file.name, file.name.endsWith('.wasm') ? '' : Buffer.from(file.bytes).toString('utf8')]),
  )
}

test('--capabilities refuses what the target does not have', async () => {
  expect((await runCli(['build', 'src', '-e', 'a/b/s', '-o', 'x.wasm', '--capabilities', 'v1.0.0'], { cwd })).code).toBe(0)
  const { code, err } = await runCli(['build', 'src', '-e', 'a/b/s', '-o', 'x.wasm', '--capabilities', 'v0.55.0'], { cwd })
  expect(code).toBe(1)
  expect(err).toContain('error: the capabilities do not include the feature rego_v1 [rego_compile_error]\n --> src/a.rego:3:1\n')
  rmSync(join(cwd, 'x.wasm'))
})

describe('a bundle', () => {
  beforeEach(async () => {
    const { code, err } = await runCli(['build', 'src', '-e', 'a/b/v/w/x'], { cwd })
    expect([code, err]).toEqual([0, ''])
  })

  test('holds data, the rest of the modules, the module and the manifest', async () => {
    const { '/.manifest': manifest = '', ...files } = await contents('bundle.tar.gz')
    expect(files).toEqual({
      '/data.json': '{"m":{"k":1},"n":1.50}',
      '/src/a.rego': `# METADATA
# title: the package
package a.b

import data.a.b.q

import data.a.b.r

import data.m

p := m

s := 1

f(x) := x if q[x]

v.w.y := 2
`,
      '/src/c.rego': 'package c\n\nimport data.c.z\n',
      '/policy.wasm': '',
    })
    expect(JSON.parse(manifest)).toEqual({
      revision: '',
      roots: [''],
      wasm: [
        { entrypoint: 'a/b/v/w/x', module: '/policy.wasm' },
        {
          entrypoint: 'a/b/q',
          module: '/policy.wasm',
          annotations: [{ description: 'rule q', entrypoint: true, scope: 'document' }],
        },
        { entrypoint: 'a/b/r', module: '/policy.wasm' },
        { entrypoint: 'c/z', module: '/policy.wasm' },
      ],
      rego_version: 1,
    })
  })

  test('is the same, byte for byte, and an earlier one is not taken in', async () => {
    const first = read('bundle.tar.gz')
    await runCli(['build', 'src', '-e', 'a/b/v/w/x'], { cwd })
    expect(read('bundle.tar.gz').equals(first)).toBe(true)
    folder.write('src/bundle.tar.gz', first)
    await runCli(['build', 'src', '-e', 'a/b/v/w/x'], { cwd })
    expect(read('bundle.tar.gz').equals(first)).toBe(true)
    rmSync(join(cwd, 'src/bundle.tar.gz'))
    expect(readdirSync(cwd).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('has a module that the SDK runs', async () => {
    const wasm = (await readArchive(read('bundle.tar.gz'))).find(({ name }) => name === '/policy.wasm')
    const policy = await loadPolicy(Uint8Array.from(wasm?.bytes ?? []))
    policy.setData({ m: { k: 1 } })
    expect(policy.evaluate({}, 'a/b/q')).toEqual([{ result: [1] }])
    expect(policy.evaluate({}, 'a/b/v/w/x')).toEqual([{ result: 1 }])
  })

  test.skipIf(opaBinary === undefined)('is one that OPA inspects and checks (skipped where there is no opa)', () => {
    const inspected = spawnSync(opaBinary as string, ['inspect', '-f', 'json', 'bundle.tar.gz'], {
      cwd,
      encoding: 'utf8',
      timeout: 20_000,
    })
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      manifest: { revision: '', roots: [''] },
      wasm_modules: [{ path: '/policy.wasm', entrypoints: ['data.a.b.v.w.x', 'data.a.b.q', 'data.a.b.r', 'data.c.z'] }],
      namespaces: { data: ['/data.json'], 'data.a.b': ['/src/a.rego'], 'data.c': ['/src/c.rego'] },
    })
    expect(spawnSync(opaBinary as string, ['check', '-b', 'bundle.tar.gz'], { cwd, timeout: 20_000 }).status).toBe(0)
  })

  test.skipIf(opaBinary === undefined)('without WebAssembly evaluates in OPA (skipped where there is no opa)', async () => {
    await runCli(['build', 'src', '-t', 'rego', '-o', 'rego.tar.gz', '--revision', 'r1'], { cwd })
    const query = ['eval', '-b', 'rego.tar.gz', '-f', 'raw', '[data.a.b.q, data.c.z, data.n]']
    expect(spawnSync(opaBinary as string, query, { cwd, encoding: 'utf8', timeout: 20_000 }).stdout).toBe('[[1],[1],1.50]\n')
    expect((await runCli(query, { cwd })).out).toBe('[[1],[1],1.50]\n')
    expect(JSON.parse((await contents('rego.tar.gz'))['/.manifest'] ?? '')).toEqual({
      revision: 'r1',
      roots: [''],
      rego_version: 1,
    })
  })

  test.skipIf(opaBinary === undefined)('of OPA is read here (skipped where there is no opa)', async () => {
    spawnSync(opaBinary as string, ['build', 'src/a.rego', 'src/c.rego', 'src/data.json', '-o', 'theirs.tar.gz'], {
      cwd,
      timeout: 20_000,
    })
    expect((await runCli(['eval', '-b', 'theirs.tar.gz', '-f', 'raw', '[data.a.b.q, data.c.z, data.n]'], { cwd })).out).toBe(
      '[[1],[1],1.50]\n',
    )
  })
})

describe('a file alone', () => {
  test('*.wasm is the module', async () => {
    const { out } = await runCli(['build', 'src', '-o', 'policy.wasm'], { cwd })
    expect(out).toBe(`policy.wasm: ${read('policy.wasm').length} bytes, entrypoints a/b/q, a/b/r, c/z\n`)
    const policy = await loadPolicy(Uint8Array.from(read('policy.wasm')))
    policy.setData({ m: { k: 1 } })
    expect(policy.evaluate({}, 'c/z')).toEqual([{ result: [1] }])
  })

  test('*.json is the plan, which compiles', async () => {
    await runCli(['build', 'src', '-t', 'plan', '-o', 'plan.json'], { cwd })
    const plan = JSON.parse(read('plan.json').toString('utf8')) as IrPolicy
    expect(plan.plans.plans.map(({ name }) => name)).toEqual(['a/b/q', 'a/b/r', 'c/z'])
    expect(compilePlan(plan).entrypoints).toEqual(['a/b/q', 'a/b/r', 'c/z'])
  })

  test('facts are told as JSON', async () => {
    const { out } = await runCli(['build', 'src', '-o', 'policy.wasm', '-f', 'json'], { cwd })
    expect(JSON.parse(out)).toEqual({
      output: 'policy.wasm',
      target: 'wasm',
      bytes: read('policy.wasm').length,
      entrypoints: ['a/b/q', 'a/b/r', 'c/z'],
      builtins: [],
    })
  })
})

describe('what cannot be built', () => {
  test.each<[argv: string[], code: number, err: string]>([
    [[], 2, 'error: nothing to build: name modules or directories\n'],
    [['src/c.rego'], 2, 'error: -t wasm needs an entrypoint: name one with -e, or annotate a rule with `entrypoint: true`\n'],
    [
      ['src', '-e', 'data.a.b.p'],
      3,
      'error: entrypoint `data.a.b.p`: there is no rule or package of this name; `a/b/p` is how to spell it\n',
    ],
    [['src', '-e', 'a/b/pp'], 3, 'error: entrypoint `a/b/pp`: there is no rule or package of this name; did you mean `a/b/p`?\n'],
    [['src', '-e', 'nope'], 3, 'error: entrypoint `nope`: there is no rule or package of this name\n'],
    [
      ['src', '-o', 'no/such/place.wasm'],
      3,
      `error: ${join(cwd, 'no/such/place.wasm')}: cannot be written: there is no such file or directory\n`,
    ],
    [['nope'], 3, 'error: nope: there is no such file or directory\n'],
  ])('%j', async (argv, code, err) => {
    expect(await runCli(['build', ...argv], { cwd })).toEqual({ code, out: '', err })
  })

  test('errors of modules are shown, and nothing is written', async () => {
    const { code, err } = await runCli(['build', 'wrong.rego', '-e', 'a/p', '-o', 'wrong.wasm'], { cwd })
    expect([code, err]).toEqual([1, expect.stringContaining('var x is unsafe')])
    expect(readdirSync(cwd)).not.toContain('wrong.wasm')
  })
})
