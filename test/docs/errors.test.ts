/**
 * `docs/errors.md`: every code has an example that causes it and nothing else, the example put right is right, and the page
 * says so.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { POLICY_MESSAGES } from '../../src/diagnostics/catalogue/policy.js'
import { WARNING_MESSAGES } from '../../src/diagnostics/catalogue/warnings.js'
import { DENIALS } from './code-entries.js'
import { type RegoExample, compileExample, modulesOf, readExamples } from './error-examples.js'
import { type AnyExample, REGO_SECTIONS, errorsPage } from './errors.js'
import { TEST_ENTRIES, testsOf } from './test-entries.js'
import { type PolicyExample, type WarningExample, decisionOf, faultsOf, warningsOf } from './policy-examples.js'

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort()

describe.each(REGO_SECTIONS)('$name', ({ name, catalogue }) => {
  const examples = readExamples<AnyExample>(name)
  const regoExamples = [...examples].filter((one): one is [string, RegoExample] => 'bad' in one[1])

  test('every code has an example', () => {
    expect(sorted(examples.keys())).toEqual(sorted(Object.keys(catalogue)))
  })

  test.each(regoExamples)('%s', (rule, { at, bad, fixed, with: options, fixedWith, repeat }) => {
    const found = compileExample(modulesOf(bad, repeat), options).diagnostics
    const file = Object.keys(modulesOf(bad)).at(-1)
    expect(found.map((one) => [one.rule, one.location && `${one.location.file} ${one.location.row}:${one.location.col}`])).toEqual([
      [rule, at === undefined ? undefined : `${file} ${at}`],
    ])
    expect(found[0]?.hint).toMatch(/./)
    expect(compileExample(modulesOf(fixed), fixedWith ?? options)).toEqual({ ok: true, diagnostics: [] })
  })
})

describe('policies', () => {
  const examples = readExamples<PolicyExample>('policy')

  test('every fault has an example', () => {
    expect(sorted(examples.keys())).toEqual(sorted(Object.keys(POLICY_MESSAGES)))
  })

  test.each([...examples])('%s', (rule, { bad, fixed }) => {
    expect(faultsOf(bad).map((one) => one.rule)).toEqual([rule])
    expect(faultsOf(fixed)).toEqual([])
  })
})

describe('warnings', () => {
  const examples = readExamples<WarningExample>('warnings')

  test('every warning has an example', () => {
    expect(sorted(examples.keys())).toEqual(sorted(Object.keys(WARNING_MESSAGES)))
  })

  test.each([...examples])('%s', (code, { at, bad, fixed, without }) => {
    expect(warningsOf(bad, without).map((one) => [one.code, one.where])).toEqual([[code, at]])
    expect(warningsOf(fixed)).toEqual([])
  })
})

test.each(Object.entries(TEST_ENTRIES))('of tests: %s', async (code, { options, bad, fixed }) => {
  const refused = await testsOf(bad, options)
  expect(refused.code).not.toBe(0)
  // The code of a diagnostic is not in its text, only that of its class.
  expect(refused.text).toContain(code === 'data-conflict' ? 'conflicting rule for data path' : code)
  expect((await testsOf(fixed, options)).code).toBe(0)
})

test.each(Object.entries(DENIALS))('a denial: %s', async (code, entry) => {
  if ('guard' in entry) return
  const { policy, ask, fixedPolicy = policy, fixedAsk = ask } = entry
  const decision = await decisionOf(policy, ask)
  expect(decision.allowed || decision.reason.code).toBe(code)
  const better = await decisionOf(fixedPolicy, fixedAsk)
  expect(better.allowed || better.reason.message).toBe(true)
})

test('the page is up to date; `npm run docs:errors` writes it', async () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/errors.md', import.meta.url)), 'utf8')
  expect(page).toBe(await errorsPage())
})
