/** Blocks that one value tells apart: the jump leads to those that comparing one by one would find. */
import { describe, expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { loadRegoSync } from '../../src/load/load.js'
import { parseJson } from '../../src/value/json.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoSet } from '../../src/value/value.js'
import { resultsOf } from '../support/evaluate-plan.js'

const many = (count: number, text: (place: number) => string): string => Array.from({ length: count }, (_none, place) => text(place)).join('\n')

interface Row {
  readonly title: string
  readonly rules: string
  readonly inputs: readonly string[]
  readonly data?: string
}

const KINDS = ['"a"', '"b"', '1', '1.0', 'null', 'false', '{}', '[]', '"z"', '98765432109876543210'].map((kind) => `{"kind": ${kind}}`)

const ROWS: readonly Row[] = [
  {
    title: 'scalars of all kinds, several blocks for one',
    rules: ['"a"', '"b"', '1', '"a"', '1.0', 'null', 'false', '98765432109876543210', '"a"', '10e-1']
      .map((kind, place) => `p contains ${place} if input.kind == ${kind}`)
      .join('\n'),
    inputs: [...KINDS, '{}', '[]', '7'],
  },
  {
    title: 'the first of several blocks that succeeds',
    rules: `${many(6, (place) => `p := ${place % 3} if { input.kind == "k${place % 3}"; input.on }`)}\ndefault p := "none"`,
    inputs: ['{"kind": "k1", "on": true}', '{"kind": "k1"}', '{"kind": "k2", "on": false}', '{"kind": "x", "on": true}', '{}'],
  },
  {
    title: 'blocks that must agree',
    rules: many(8, (place) => `p := ${place} if input.kind == "k${place % 4}"`),
    inputs: ['{"kind": "k0"}', '{"kind": "k9"}'],
  },
  {
    title: 'other blocks before, between and after',
    rules: `p contains "first" if input.first\n${many(5, (place) => `p contains ${place} if input.kind == "k${place}"`)}
p contains "middle" if input.kind != "k0"
${many(5, (place) => `p contains ${place + 10} if "k${place}" == input.kind`)}\np contains "last" if true`,
    inputs: ['{"kind": "k0", "first": 1}', '{"kind": "k4"}', '{"kind": 4}', '{}'],
  },
  {
    title: 'the document that tells most apart, deep below',
    rules: many(8, (place) => `p contains ${place} if { input.method == "GET"; input.a.b == ${place}; input.method in ["GET", "PUT"] }`),
    inputs: ['{"method": "GET", "a": {"b": 3}}', '{"method": "PUT", "a": {"b": 3}}', '{"method": "GET", "a": 3}', '{"method": "GET"}'],
  },
  {
    title: 'arguments of a function, with chains of else',
    rules: `${many(6, (place) => `f("k${place}", x) := x + ${place} if x > 1\nelse := "small"`)}\np := [f(k, x) | some k, x in input]`,
    inputs: ['{"k1": 1, "k2": 2, "k5": 5, "k6": 6}'],
  },
  {
    title: 'arguments of a function, by pattern',
    rules: `${many(6, (place) => `f("k${place}", [x, _]) := x * ${place}`)}\np := [f(k, [x, 0]) | some k, x in input]`,
    inputs: ['{"k1": 1, "k2": 2, "k5": 5, "k6": 6}'],
  },
  {
    title: 'base data',
    rules: many(6, (place) => `p[x] := ${place} if { data.mode == "m${place}"; some x in input }`),
    inputs: ['["a", "b"]'],
    data: '{"mode": "m4"}',
  },
  {
    title: 'input that is replaced',
    rules: `${many(6, (place) => `q := ${place} if input.kind == "k${place}"`)}\np := [x | some y in input; x := q with input.kind as y]`,
    inputs: ['["k5", "k0", "k7", "k3"]'],
  },
  {
    title: 'blocks that scan, and leave early',
    rules: many(6, (place) => `p if { input.kind == "k${place}"; some x in input.xs; x > ${place} }`),
    inputs: ['{"kind": "k4", "xs": [1, 5, 9]}', '{"kind": "k4", "xs": [1]}', '{"kind": "k0"}'],
  },
]

describe('the same as comparing one by one', () => {
  test.each(ROWS)('$title', async ({ rules, inputs, data = '{}' }) => {
    const compiled = compileRego({ modules: { 'p.rego': `package t\n${rules}` }, entrypoints: ['t/p'] })
    const policy = loadRegoSync(compiled)
    policy.setDataText(data)
    for (const input of inputs) {
      const answer = await orCode(() => policy.evaluateValueText('t/p', input))
      const documents = { input: parseJson(input), data: parseJson(data) }
      const expected = await orCode(async () => writeValueText(RegoSet.of(await resultsOf(compiled.plan, 't/p', documents))))
      expect(answer, input).toBe(expected)
    }
  })
})

test('a thousand blocks cost no more than ten', () => {
  const work = (count: number): number => {
    const modules = { 'p.rego': `package t\n${many(count, (place) => `p if { input.kind == "k${place}"; input.on }`)}` }
    const policy = loadRegoSync(compileRego({ modules, entrypoints: ['t/p'] }))
    const input = JSON.stringify({ kind: `k${count - 1}`, on: true })
    for (let warm = 0; warm < 200; warm++) policy.evaluateText('t/p', input)
    const rounds = Array.from({ length: 9 }, () => {
      const start = performance.now()
      for (let call = 0; call < 40; call++) policy.evaluateText('t/p', input)
      return performance.now() - start
    })
    return Math.min(...rounds)
  }
  expect(work(1000)).toBeLessThan(work(10) * 5)
})

async function orCode(act: () => string | Promise<string>): Promise<string> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof RegoEvalError || error instanceof PlanEvalError) return error.code
    throw error
  }
}
