/** The Rego unit tests beside the framework, one by one, through our own compiler. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compileRego, loadRego } from '../../src/index.js'

const root = fileURLToPath(new URL('../../rego', import.meta.url))

const modules = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.rego'))
    .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
)

const suites = Object.entries(modules)
  .filter(([name]) => name.endsWith('_test.rego'))
  .map(([name, text]) => {
    const [, path] = /^package (\S+)/m.exec(text) ?? []
    const rules = [...text.matchAll(/^test_\w+/gm)].map(([rule]) => rule)
    return { name, path: path as string, rules }
  })

const entrypoints = suites.flatMap(({ path, rules }) => rules.map((rule) => `${path}/${rule}`))
const policy = await loadRego(compileRego({ modules, entrypoints, regoVersion: 'v1' }))

describe.each(suites.filter(({ rules }) => rules.length > 0))('$name', ({ path, rules }) => {
  test.each(rules)('%s', (rule) => {
    expect(policy.evaluate(`${path}/${rule}`)).toBe(true)
  })
})
