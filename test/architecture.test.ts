/**
 * Who may look at whom: rooms see the rooms before them and nothing else, and nothing on the path from text to decision
 * needs Node.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** The rooms each room may import, beside itself and those open to all. A file of `src/` itself is a room of its own. */
const MAY_SEE: Readonly<Record<string, readonly string[]>> = {
  source: [],
  value: [],
  diagnostics: [],
  syntax: [],
  builtins: ['syntax', 'options'],
  ir: [],
  encoding: [],
  errors: ['ir'],
  options: ['errors'],
  format: ['syntax', 'errors', 'options'],
  cce: ['syntax', 'options'],
  check: ['syntax', 'builtins'],
  plan: ['check', 'syntax', 'builtins', 'ir'],
  optimize: ['ir'],
  codegen: ['ir', 'builtins', 'encoding', 'optimize', 'errors'],
  load: ['errors', 'options', 'builtins', 'encoding'],
  enforce: ['load', 'errors', 'options', 'cce'],
  'compile-options': ['options', 'check'],
  'ground-results': ['builtins', 'ir', 'optimize'],
  'plan-report': ['builtins', 'codegen', 'ir'],
  compile: ['compile-options', 'ground-results', 'plan-report', 'syntax', 'builtins', 'check', 'plan', 'ir', 'codegen', 'errors', 'options'],
  trace: ['compile', 'plan', 'ir', 'check', 'syntax', 'builtins', 'errors'],
  'rego-test': ['compile', 'load', 'plan', 'check', 'syntax', 'trace', 'ir', 'builtins', 'errors'],
  review: ['cce', 'enforce', 'create-enforcer', 'compile', 'load', 'syntax', 'check', 'errors', 'options'],
  cli: ['compile', 'create-enforcer', 'cce', 'enforce', 'load', 'errors', 'syntax', 'check', 'ir', 'plan', 'builtins', 'encoding', 'format', 'review', 'rego-test', 'trace'],
  vitest: ['rego-test', 'cli', 'enforce', 'errors', 'options'],
  'compile-plan': ['compile', 'compile-options', 'plan-report', 'options', 'errors', 'ir'],
  printing: ['ir', 'options', 'errors'],
  'create-enforcer': ['compile', 'cce', 'enforce', 'load', 'errors', 'syntax', 'check', 'options'],
}
const NEEDS_NODE = new Set(['cli', 'vitest'])
const OPEN_TO_ALL = new Set(['source', 'value', 'diagnostics'])

const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
const imports = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => ({ file, specifier: match[1] as string }))
})

function roomOf(file: string): string {
  return (file.split('/')[0] as string).replace(/\.ts$/, '')
}

function targetOf({ file, specifier }: { file: string; specifier: string }): string {
  return relative(src, resolve(dirname(join(src, file)), specifier)).replace(/\.js$/, '.ts')
}

describe('the rooms', () => {
  test('look only at the rooms before them', () => {
    const strays = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map((one) => ({ ...one, from: roomOf(one.file), to: roomOf(targetOf(one)) }))
      .filter(({ from, to }) => from !== 'index' && from !== to && !OPEN_TO_ALL.has(to) && !(MAY_SEE[from] ?? []).includes(to))
      .map(({ file, specifier }) => `${file} imports ${specifier}`)
    expect(strays).toEqual([])
  })

  test('need no Node, but for the command line and the test runner', () => {
    const strays = imports.filter(({ file, specifier }) => specifier.startsWith('node:') && !NEEDS_NODE.has(roomOf(file)))
    expect(strays).toEqual([])
  })

  test('know vitest in its own room only', () => {
    const strays = imports.filter(({ file, specifier }) => /^vitest(?:\/|$)/.test(specifier) && roomOf(file) !== 'vitest')
    expect(strays).toEqual([])
  })

  test('meet the SDK in one place', () => {
    expect([...new Set(imports.filter(({ specifier }) => specifier === '@open-policy-agent/opa-wasm').map(({ file }) => file))]).toEqual(['load/sdk.ts'])
  })
})
