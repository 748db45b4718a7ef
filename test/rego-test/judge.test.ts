/** From documents of tables to verdicts; the samples beside hold them against OPA's, but it loses the names of `null` rows. */
import { expect, test } from 'vitest'
import { judgeTable } from '../../src/rego-test/judge.js'
import { parseValueText } from '../../src/value/text.js'
import type { RegoValue } from '../../src/value/value.js'

const judge = (document: string, ...tried: readonly string[]) =>
  judgeTable(parseValueText(document), tried.map((keys) => parseValueText(keys) as readonly RegoValue[]))

test('a row of `null` keeps its name', () => {
  expect(judge('{"a": null, "b": {"c": null}}', '["a"]', '["b"]')).toEqual({
    outcome: 'pass',
    subtests: [
      { name: 'a', outcome: 'pass', subtests: [] },
      { name: 'b', outcome: 'pass', subtests: [{ name: 'c', outcome: 'pass', subtests: [] }] },
    ],
  })
})

test('a row that fails tells its value, if it has one', () => {
  expect(judge('{"a": 5, "b": {1: [], "c": true}}', '["a"]', '["b"]', '["z"]')).toEqual({
    outcome: 'fail',
    subtests: [
      { name: 'a', outcome: 'fail', subtests: [], document: parseValueText('5') },
      {
        name: 'b',
        outcome: 'fail',
        subtests: [
          { name: '1', outcome: 'fail', subtests: [], document: [] },
          { name: 'c', outcome: 'pass', subtests: [] },
        ],
      },
      { name: 'z', outcome: 'fail', subtests: [] },
    ],
  })
})

test('of rows that are called alike one is enough', () => {
  for (const document of ['{1: false, "1": true}', '{1: true, "1": false}'])
    expect(judge(document, '[1]', '["1"]')).toEqual({ outcome: 'pass', subtests: [{ name: '1', outcome: 'pass', subtests: [] }] })
})
