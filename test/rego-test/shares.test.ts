/** Suites in shares: every test in one of them, and the same outcome as in one. */
import { expect, test } from 'vitest'
import type { Share } from '../../src/rego-test/shares.js'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'

const POLICY = 'package policy\n\nallow if input.user == "a"\n'

/** Names of the tests of a share with their outcomes, or what is wrong. */
async function outcomes(modules: Readonly<Record<string, string>>, share?: Share): Promise<readonly string[]> {
  const sources = Object.entries(modules).map(([name, text]) => new Source(name, text))
  const prepared = await prepareTests(sources, undefined, share === undefined ? {} : { share })
  if (!prepared.ok) return prepared.diagnostics.map(({ message }) => message)
  const { suite } = prepared
  return suite.ownTests.map((one) => `${one.name} ${suite.run(one).outcome}`)
}

async function inShares(modules: Readonly<Record<string, string>>, of: number): Promise<readonly (readonly string[])[]> {
  return await Promise.all(Array.from({ length: of }, (_, index) => outcomes(modules, { index, of })))
}

test('every test is in one share, next to its neighbours', async () => {
  const tests = [
    'package policy_test',
    'import data.policy',
    'test_a if policy.allow with input.user as "a"',
    'test_b if policy.allow',
    'test_c if not policy.allow',
    'test_c if not policy.allow with input.user as "b"',
    'todo_test_d if policy.nothing_yet',
    'helper := 1',
    'test_e if helper == 1',
  ]
  const modules = { 'policy.rego': POLICY, 'policy_test.rego': tests.join('\n') }
  const whole = await outcomes(modules)
  expect(whole).toEqual(['test_a pass', 'test_b fail', 'test_c pass', 'test_c#01 pass', 'todo_test_d skip', 'test_e pass'])
  for (const of of [1, 2, 3, 5, 20]) {
    const shares = await inShares(modules, of)
    expect(shares.flat()).toEqual(whole)
    if (of > 1) expect(shares.filter((one) => one.length > 0).length).toBeGreaterThan(1)
  }
})

test('long tests count for more', async () => {
  const long = `test_long if { ${Array.from({ length: 50 }, (_, n) => `input.x != ${n}`).join('; ')} }`
  const modules = { 'a_test.rego': ['package a_test', long, 'test_b if true', 'test_c if true'].join('\n') }
  expect(await inShares(modules, 2)).toEqual([['test_long fail'], ['test_b pass', 'test_c pass']])
})

test('a suite knows the tests of all shares', async () => {
  const text = 'package a_test\ntest_a if true\ntest_b if { x := 1; x == 2 }'
  const prepared = await prepareTests([new Source('a_test.rego', text)], undefined, { share: { index: 0, of: 2 } })
  if (!prepared.ok) throw new Error('does not compile')
  const { suite } = prepared
  expect([suite.tests, suite.ownTests].map((tests) => tests.map(({ name }) => name))).toEqual([['test_a', 'test_b'], ['test_a']])
  const [, other] = suite.tests
  if (other === undefined) throw new Error('there is no second test')
  const explained = await suite.explain({ test: other, outcome: 'fail', durationMs: 0, subtests: [], prints: [] })
  expect(explained.failure?.expression).toBe('x == 2')
  const { expressions } = await suite.cover()
  expect(expressions.covered).toBe(4)
})

test('metadata stay with their tests', async () => {
  const text = [
    'package a_test',
    'test_a if true',
    '# METADATA',
    '# title: second',
    'test_b if rego.metadata.rule().title == "second"',
    '# METADATA',
    '# title: third',
    'test_c if rego.metadata.rule().title == "third"',
    '# METADATA',
    '# title: helper',
    'helper := rego.metadata.rule().title',
    'test_d if helper == "helper"',
  ]
  const modules = { 'a_test.rego': text.join('\n') }
  for (const of of [1, 2, 3, 4]) {
    expect((await inShares(modules, of)).flat()).toEqual(['test_a pass', 'test_b pass', 'test_c pass', 'test_d pass'])
  }
})

test('what is wrong with a test is wrong in its share', async () => {
  const modules = { 'a_test.rego': 'package a_test\ntest_a if true\ntest_b if true\ntest_c if x\ntodo_test_d if nothing(1)' }
  const shares = await inShares(modules, 3)
  expect(shares.map((one) => one.filter((text) => text.startsWith('var')))).toEqual([[], ['var x is unsafe'], []])
  // Those to be done are part of each: they have to compile, too.
  expect(shares.every((one) => one.includes('undefined function nothing'))).toBe(true)
})

const TESTS = 'package a_test\ntest_a if true\ntest_b if true\nhelper := true'

test.each([
  ['by name', 'a_test', 'both if { test_a; test_b }'],
  ['by name, in a template string', 'a_test', 'both := $"{test_a}"'],
  ['in a call', 'a_test', 'test_f(x) if x\nboth if test_f(1)'],
  ['by path', 'b', 'both if data.a_test.test_a'],
  ['by a path in brackets', 'b', 'both if data["a_test"]["test_a"]'],
  ['by an import', 'b', 'both if t'],
  ['in its package', 'b', 'both if count(data.a_test) > 1'],
  ['by an import of its package', 'b', 'both if count(whole) > 1'],
  ['by a variable behind its package', 'b', 'both if some _, _ in whole'],
  ['by a variable', 'b', 'both if { some x; whole[x] }'],
  ['within a literal', 'b', 'both := {"x": [whole]}'],
  ['in what is replaced', 'b', 'both if input.x with data.a_test as {}'],
  ['in an argument', 'b', 'both if object.get(data.a_test, "test_a", false)'],
])('tests stay together where one may be asked for %s', async (_, name, rule) => {
  const imports = 'import data.a_test.test_a as t\nimport data.a_test as whole'
  const modules = { 'a_test.rego': TESTS, 'b.rego': `package ${name}\n\n${name === 'b' ? imports : ''}\n\n${rule}` }
  const [first, second] = await inShares(modules, 2)
  expect(first?.filter((one) => !one.startsWith('test_f'))).toEqual(['test_a pass', 'test_b pass'])
  expect(second).toEqual([])
})

test.each([
  ['a rule beside them', 'both if data.a_test.helper'],
  ['an import of a package with them', 'both if whole.helper'],
  ['another document', 'both if data.other[_].test'],
  ['a name of a test as text', 'both := "test_a"'],
])('tests need not stay together for %s', async (_, rule) => {
  const modules = { 'a_test.rego': TESTS, 'b.rego': `package b\n\nimport data.a_test as whole\n\n${rule}` }
  expect(await inShares(modules, 2)).toEqual([['test_a pass'], ['test_b pass']])
})
