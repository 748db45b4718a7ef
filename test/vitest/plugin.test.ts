/** `regoTests`: which files become test files, and what their modules import. How vitest runs them is in `test/e2e`. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RegoTestsOptions, regoTests } from '../../src/vitest/index.js'

let root: string

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'cce-plugin-')))
  const files = {
    'package.json': '{}',
    'policies/a.rego': 'package a',
    'policies/a_test.rego': 'package a_test',
    'policies/data.json': '{}',
    'policies/users/list.yaml': '{}',
    'node_modules/x/x.rego': 'package x',
    '.cache/y.rego': 'package y',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Patterns of test files, when those of the user are `include`. */
async function patterns(options: RegoTestsOptions, include?: string[]): Promise<unknown> {
  const { config } = regoTests(options)
  if (typeof config !== 'function') throw new Error('the plugin has no config')
  const given = include === undefined ? {} : { test: { include } }
  const changed = await config.call({} as never, given, { command: 'serve', mode: 'test' })
  return changed?.test?.include
}

/** The module that a file becomes, by its lines. */
async function moduleOf(name: string, options: RegoTestsOptions): Promise<readonly string[] | undefined> {
  const { configResolved, load } = regoTests(options)
  if (typeof configResolved !== 'function' || typeof load !== 'function') throw new Error('the plugin lacks hooks')
  await configResolved.call({} as never, { root } as never)
  const loaded = await load.call({} as never, join(root, name))
  return typeof loaded === 'object' && loaded !== null ? loaded.code?.toString().split('\n') : undefined
}

test('what vitest looks for by itself stays, and what the user looks for', async () => {
  expect(await patterns({})).toEqual(['**/*.{test,spec}.?(c|m)[jt]s?(x)', '**/*_test.rego'])
  expect(await patterns({ paths: ['policies', './more/'] }, ['test/**'])).toEqual(['policies/**/*_test.rego', 'more/**/*_test.rego'])
  expect(await patterns({ paths: ['a.b:policies/x_test.rego'] }, [])).toEqual(['policies/x_test.rego'])
})

test('a test file imports all that is below the paths, and defines its tests', async () => {
  expect(await moduleOf('policies/a_test.rego', { paths: ['policies'], strict: true })).toEqual([
    "import { defineRegoTests } from 'cce-policy/vitest'",
    ...['a.rego', 'a_test.rego', 'data.json', 'users/list.yaml'].map((name) => `import "${join(root, 'policies', name)}?raw"`),
    `await defineRegoTests(["policies"], ${JSON.stringify({
      strict: true,
      bundles: [],
      ignore: ['node_modules', '.*'],
      root,
      files: [join(root, 'policies/a_test.rego')],
    })})`,
  ])
})

test('without paths, the root is taken for a bundle: documents are called `data`', async () => {
  expect((await moduleOf('policies/a_test.rego', {}))?.slice(1, -1)).toEqual(
    ['a.rego', 'a_test.rego', 'data.json'].map((name) => `import "${join(root, 'policies', name)}?raw"`),
  )
})

test('other files are left alone', async () => {
  expect(await moduleOf('policies/a.rego', {})).toBeUndefined()
  expect(await moduleOf('policies/a_test.rego?raw', {})).toBeUndefined()
})
