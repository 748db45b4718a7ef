/** Tests are found in texts, and named as `opa test` names them. */
import { describe, expect, test } from 'vitest'
import { number } from '../../src/builtins/signature.js'
import { discoverTests } from '../../src/rego-test/discover.js'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'

describe('discoverTests', () => {
  test('tells tests, tests to be done and tables, with their places', () => {
    const text = 'package a\n\ntest_x if true\n\ntodo_test_y if true\n\ntest_z[note] if some note in []\n\ntest_x if false\n\nnot_a_test := 1\n'
    const { tests, diagnostics } = discoverTests([new Source('b_test.rego', text), new Source('a.rego', 'package x["y z"]\n\ntest_x := true\n')])
    expect(diagnostics).toEqual([])
    expect(tests.map(({ id, kind, isTable, location: { file, row } }) => [id, kind, isTable, `${file}:${row}`])).toEqual([
      ['data.x["y z"].test_x', 'test', false, 'a.rego:3'],
      ['data.a.test_x', 'test', false, 'b_test.rego:3'],
      ['data.a.todo_test_y', 'todo', false, 'b_test.rego:5'],
      ['data.a.test_z', 'test', true, 'b_test.rego:7'],
      ['data.a["test_x#01"]', 'test', false, 'b_test.rego:9'],
    ])
  })

  test('finds the tests of other modules where one does not parse', () => {
    const { tests, diagnostics } = discoverTests([new Source('a.rego', 'package a\n\ntest_x if {\n'), new Source('b.rego', 'package b\n\ntest_y if true\n')])
    expect(tests.map(({ id }) => id)).toEqual(['data.b.test_y'])
    expect(diagnostics.length).toBeGreaterThan(0)
  })
})

describe('prepareTests', () => {
  test('runs the tests that are asked for, with builtins of the user and a clock that is set', async () => {
    const text = 'package a\n\ntest_own if double(2) == 4\n\ntest_time if time.now_ns() == 5\n\ntest_other if false\n'
    const declaration = { args: [number], result: number }
    const prepared = await prepareTests([new Source('a.rego', text)], undefined, {
      compile: { builtins: { double: declaration } },
      builtins: { double: (x) => Number(x) * 2 },
      host: { clock: () => 5n },
      filter: ({ name }) => name !== 'test_other',
    })
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
    const { suite } = prepared
    expect(suite.tests.map((one) => [one.name, suite.run(one).outcome])).toEqual([
      ['test_own', 'pass'],
      ['test_time', 'pass'],
    ])
    expect((await suite.cover()).expressions).toEqual({ covered: 6, all: 8 })
  })

  test('explains what fails inside every, and keeps values of the iteration that failed', async () => {
    const text = 'package a\n\ntest_e if {\n\txs := [1, 2, 3]\n\tevery x in xs {\n\t\tx < 3\n\t}\n}\n'
    const prepared = await prepareTests([new Source('a.rego', text)])
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
    const [one] = prepared.suite.tests
    const { failure } = await prepared.suite.explain(prepared.suite.run(one as NonNullable<typeof one>))
    expect(failure).toMatchObject({ expression: 'x < 3', location: { row: 6, col: 3 }, values: [{ text: 'x', value: { text: '3' } }] })
  })
})
