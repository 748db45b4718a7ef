/** Warnings that need no decision beside them; `docs/semantics.md` has an example of each, which `test/docs` runs. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { PolicyError, compileRego, loadRego, policyWarnings } from '../../src/index.js'
import { API_POINTS, API_VERSION, FRAMEWORK_VERSION } from '../../src/cce/warnings/api-table.js'
import { FRAMEWORK_SOURCES } from '../../src/cce/framework-sources.generated.js'
import { compareVersions, isVersion } from '../../src/cce/version.js'
import { patternWarnings } from '../../src/cce/warnings/patterns.js'
import { POINTS } from '../../src/enforce/points.js'
import { CONTAINER, policyOf } from '../support/containers.js'
import { findFiles } from './shared-files.js'

test('the table of enforcement points is that of the API', async () => {
  const modules = { ...FRAMEWORK_SOURCES, 'policy.rego': 'package policy' }
  const rego = await loadRego(
    compileRego({ modules, entrypoints: ['api/enforcement_points', 'api/version', 'framework/version'] }),
  )
  rego.setData({ metadata: {} })
  const points = rego.evaluate('api/enforcement_points') as Record<
    string,
    { introducedVersion: string; use_framework: boolean; default_results: { allowed?: boolean } }
  >
  const rows = Object.entries(points).map(([point, { introducedVersion, use_framework, default_results }]) => [
    point,
    {
      introduced: introducedVersion,
      byDefault: use_framework ? 'framework' : default_results.allowed === true ? 'allowed' : 'denied',
    },
  ])
  expect(Object.fromEntries(rows)).toEqual(API_POINTS)
  expect(Object.fromEntries(Object.values(POINTS).map(({ wire, since }) => [wire, since]))).toEqual(
    Object.fromEntries(Object.entries(API_POINTS).map(([point, { introduced }]) => [point, introduced])),
  )
  expect(rego.evaluate('api/version')).toBe(API_VERSION)
  expect(rego.evaluate('framework/version')).toBe(FRAMEWORK_VERSION)
})

describe('patterns', () => {
  const codesOf = (pattern: string): readonly string[] => [...patternWarnings(pattern, 'here')].map(({ code }) => code)

  test.each([
    ['A|B', ['pattern-alternation']],
    ['^A|B$', ['pattern-alternation']],
    ['(A)|(B)', ['pattern-alternation']],
    ['[]|]|x', ['pattern-alternation']],
    ['(A|B)', []],
    ['(?:A|(B|C))', []],
    ['[|]', []],
    ['[^]|]', []],
    ['[[:alpha:]|]', []],
    ['A\\|B', []],
    ['\\QA|B\\E', []],
    ['\\QA|B', []],
    ['A\\\\|B', ['pattern-alternation']],
    ['\\(A|B', ['pattern-alternation']],
    ['A\\$', ['pattern-open-end']],
    ['A\\\\$', []],
    ['A\\\\\\$', ['pattern-open-end']],
    ['\\QA$', ['pattern-open-end']],
    ['A$', []],
    ['(?m)A', ['pattern-multiline']],
    ['(?im:A)', ['pattern-multiline']],
    ['(?i)A', []],
    ['(?!A)', ['pattern-invalid']],
    ['A{1001}', ['pattern-invalid']],
    ['(?P<a>A)(?P<a>B)', []],
  ])('%s', (pattern, codes) => {
    expect(codesOf(pattern)).toEqual(codes)
  })
})

describe('versions', () => {
  test.each([
    ['0.5.0', '0.5.0', 0],
    ['v0.05.0+x', '0.5.0', 0],
    ['0.5.0-rc1', '0.5.0', -1],
    ['0.10.0', '0.9.0', 1],
    ['99999999999999999999.0.0', '99999999999999999998.0.0', 1],
    ['0.5', '0.5.0', undefined],
    [5, '0.5.0', undefined],
  ])('%s and %s', (one, other, order) => {
    expect(compareVersions(one, other)).toBe(order)
    expect(isVersion(one)).toBe(order !== undefined)
  })
})

test('a well-made policy has no warnings, and an open door says that it is one', () => {
  expect(policyWarnings(policyOf([CONTAINER]))).toEqual([])
  expect(policyWarnings({ kind: 'open_door' }).map(({ code, where }) => [code, where])).toEqual([
    ['reason-missing', 'reason'],
    ['open-door', 'create_container'],
  ])
})

test('a warning has a code, a line and a place', () => {
  expect(
    policyWarnings(
      policyOf([{ ...CONTAINER, env_rules: [{ name: 'A', name_strategy: 'string', value: 'on|off', value_strategy: 're2' }] }]),
    ),
  ).toEqual([
    {
      code: 'pattern-alternation',
      where: 'containers[0].env_rules[0].value',
      message: 'the alternatives are anchored on one side only: `^on|off$`',
    },
  ])
})

test('only what is written as a constant is judged', () => {
  const text = `package policy
api_version := "0.12.0"
framework_version := data.versions.framework
containers := [c | c := data.somewhere.containers[_]]
allow_dump_stacks if input.debug
reason := data.framework.reason
`
  expect(policyWarnings(text).filter(({ code }) => code !== 'rule-missing')).toEqual([])
})

test('what is no policy is an error', () => {
  expect(() => policyWarnings('package policy\n\nx := ')).toThrow(PolicyError)
})

const published = findFiles('samples', /\.rego$/).filter((file) => readFileSync(file, 'utf8').startsWith('package policy'))

test.skipIf(published.length === 0)('published policies have these warnings and no others', () => {
  const codes = new Set<string>()
  for (const file of published) {
    if (/multi_container_groups/.test(file)) continue
    for (const { code } of policyWarnings(readFileSync(file, 'utf8'))) codes.add(code)
  }
  expect([...codes].sort()).toEqual([
    'api-version-invalid',
    'flag-ignored',
    'framework-decides',
    'framework-version-invalid',
    'layer-not-a-hash',
    'minimum-svn-zero',
    'open-door',
    'privileged-mounts-unlocked',
    'reason-missing',
    'signals-added',
  ])
})
