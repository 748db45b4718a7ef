/** `cce inspect`: bundles, modules, WebAssembly and CCE policies. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFolder, runCli } from '../support/run-cli.js'

const folder = createFolder({
  'src/a.rego': `# METADATA
# title: the package
package a.b

# METADATA
# entrypoint: true
# authors:
# - A <a@b.c>
p if sprintf("%v", [input.x]) == "1"

f(x) := x
`,
  'src/data.json': '{"m": 1}',
  'src/deep/data.json': '{"n": 1}',
  'wrong.rego': 'package a\n\np := x\n',
  'policy.rego': 'package policy\n\napi_version := "0.10.0"\n\nframework_version := "0.2.3"\n\ncontainers := []\n',
  'text.txt': 'nothing of ours',
  'other.wasm': Buffer.from('0061736d01000000', 'hex'),
  'cut.wasm': Buffer.from('0061736d0100000001ff', 'hex'),
})
const cwd = folder.path
beforeAll(async () => {
  await runCli(['build', 'src', '-r', 'r1'], { cwd })
  await runCli(['build', 'src', '-o', 'policy.wasm', '--host-calls', 'exact'], { cwd })
})
afterAll(folder.remove)

async function inspect(...argv: readonly string[]): Promise<unknown> {
  const { code, out, err } = await runCli(['inspect', ...argv, '--format', 'json'], { cwd })
  expect([code, err]).toEqual([0, ''])
  return JSON.parse(out)
}

test('a bundle', async () => {
  expect(await inspect('bundle.tar.gz')).toEqual({
    manifest: {
      revision: 'r1',
      roots: [''],
      rego_version: 1,
      wasm: [
        {
          entrypoint: 'a/b/p',
          module: '/policy.wasm',
          annotations: [{ scope: 'document', entrypoint: true, authors: [{ name: 'A', email: 'a@b.c' }] }],
        },
      ],
    },
    wasm_modules: [{ path: '/policy.wasm', entrypoints: ['data.a.b.p'] }],
    namespaces: { data: ['/data.json'], 'data.a.b': ['/src/a.rego'], 'data.a.b.p': ['/policy.wasm'] },
    packages: { 'data.a.b': ['f'] },
    builtins: [],
  })
})

test('modules, with annotations', async () => {
  expect(await inspect('src', '-a')).toEqual({
    namespaces: { 'data.a.b': ['src/a.rego'] },
    annotations: [
      {
        annotations: { scope: 'package', title: 'the package' },
        location: { file: 'src/a.rego', row: 3, col: 1 },
        path: [
          { type: 'var', value: 'data' },
          { type: 'string', value: 'a' },
          { type: 'string', value: 'b' },
        ],
      },
      {
        annotations: { authors: [{ name: 'A', email: 'a@b.c' }], entrypoint: true, scope: 'document' },
        location: { file: 'src/a.rego', row: 9, col: 1 },
        path: [
          { type: 'var', value: 'data' },
          { type: 'string', value: 'a' },
          { type: 'string', value: 'b' },
          { type: 'string', value: 'p' },
        ],
      },
    ],
    packages: { 'data.a.b': ['f', 'p'] },
    builtins: ['equal', 'sprintf'],
  })
})

test('modules with errors still tell what they hold', async () => {
  expect(await inspect('wrong.rego')).toEqual({
    namespaces: { 'data.a': ['wrong.rego'] },
    packages: { 'data.a': ['p'] },
    errors: ['var x is unsafe'],
  })
})

test('a WebAssembly policy', async () => {
  expect(await inspect('policy.wasm')).toEqual({
    wasm: {
      abi: '1.3',
      entrypoints: { 'a/b/p': 0 },
      builtins: expect.any(Array),
      imports: expect.arrayContaining(['env.memory: memory', 'env.opa_abort: function', 'env.opa_builtin0: function']),
      memoryPages: expect.any(Number),
      isOurs: true,
      bytes: expect.any(Number),
      sections: expect.arrayContaining([{ name: 'code', bytes: expect.any(Number) }]),
    },
  })
  expect((await runCli(['inspect', 'policy.wasm'], { cwd })).out).toMatch(
    /^WebAssembly policy, ABI 1\.3, \d+ bytes, made by this compiler/,
  )
})

test('a CCE policy', async () => {
  expect(await inspect('policy.rego')).toEqual({
    policies: [
      {
        kind: 'rego',
        package: 'policy',
        api_version: '0.10.0',
        framework_version: '0.2.3',
        containers: 0,
        external_processes: 0,
        fragments: 0,
        bytes: 88,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        open: expect.any(Number),
      },
    ],
  })
})

describe('for a person', () => {
  test('a bundle is tables', async () => {
    const { out } = await runCli(['inspect', '-a', 'bundle.tar.gz'], { cwd })
    expect(out).toBe(`MANIFEST:
┌──────────────┬───────┐
│    FIELD     │ VALUE │
├──────────────┼───────┤
│ rego_version │ 1     │
│ revision     │ r1    │
│ roots        │ [""]  │
└──────────────┴───────┘
NAMESPACES:
┌────────────┬──────────────┐
│ NAMESPACE  │     FILE     │
├────────────┼──────────────┤
│ data       │ /data.json   │
│ data.a.b   │ /src/a.rego  │
│ data.a.b.p │ /policy.wasm │
└────────────┴──────────────┘
RULES:
┌──────────┬───────┐
│ PACKAGE  │ RULES │
├──────────┼───────┤
│ data.a.b │ f     │
└──────────┴───────┘
BUILTINS: none
ANNOTATIONS:
the package
===========
Path:     data.a.b
Location: /src/a.rego:3
Scope:    package
`)
  })

  test.each([
    ['text.txt', 'error: text.txt: is neither a bundle nor a module nor a CCE policy\n'],
    ['nope', 'error: nope: there is no such file or directory\n'],
    ['other.wasm', 'error: other.wasm: is no policy module: it does not import its memory\n'],
    ['cut.wasm', expect.stringMatching(/^error: cut\.wasm: is no WebAssembly module: /)],
  ])('%s is refused', async (name, err) => {
    expect(await runCli(['inspect', name], { cwd })).toEqual({ code: 3, out: '', err })
  })
})
