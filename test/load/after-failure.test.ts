/** What a failure in the middle of something leaves behind: nothing that a later question would answer wrongly. */
import { describe, expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import { loadRego } from '../../src/load/load.js'

const compiled = compileRego({
  modules: {
    'p.rego': `package p

names := [name | some name, _ in data.m]

entry := data.m[input.name]

junk := count([text | some i in numbers.range(1, 2000); text := sprintf("%d %v", [i, input.name])])
`,
  },
  entrypoints: ['p/names', 'p/entry', 'p/junk'],
})

/** The answer, or the code of the error. */
function answerOf(ask: () => unknown): unknown {
  try {
    return ask()
  } catch (error) {
    if (error instanceof RegoEvalError) return error.code
    throw error
  }
}

test('a budget that ends an evaluation while it puts data in order takes nothing from the data', async () => {
  const policy = await loadRego(compiled)
  policy.setDataText('{"m": {}}')
  // Comparing texts as long as these takes work, so that a budget can end in the middle of it.
  const names = Array.from({ length: 20 }, (_, at) => `${'n'.repeat(4000)}${String((at * 7) % 20).padStart(2, '0')}`)
  const sorted = [...names].sort()
  for (let work = 30; work < 400; work += 3) {
    policy.removeDataPath(['m'])
    for (const [at, name] of names.entries()) policy.addDataPath(['m', name], String(at))
    const answer = answerOf(() => policy.evaluateValueText('p/names', '{}', work))
    if (work === 30) expect(answer).toBe('eval_budget_error')
    expect(policy.evaluate('p/entry', { name: names[7] })).toBe(7)
    expect(policy.evaluate('p/names')).toEqual(sorted)
  }
})

test('the limit of one evaluation is not that of the next', async () => {
  const policy = await loadRego(compiled)
  policy.setData({ m: { a: 1 } })
  expect(answerOf(() => policy.evaluateValueText('p/junk', '{"name": 1}', 10))).toBe('eval_budget_error')
  expect(policy.evaluate('p/junk', { name: 1 })).toBe(2000)
})

describe('a change for which there is not enough memory', () => {
  // Just before the index of the object has to grow.
  const entries = Object.fromEntries(Array.from({ length: 16_380 }, (_, at) => [`name${at}`, at]))
  const limits = Array.from({ length: 24 }, (_, at) => (1 << 20) + (at << 16))

  test('is made, or leaves the data as they were, or ends in errors until the data are set anew', async () => {
    const outcomes = new Set<string>()
    for (const memoryBytes of limits) {
      const policy = await loadRego(compiled, { budget: { memoryBytes } })
      if (answerOf(() => policy.setData({ m: entries })) !== undefined) continue
      let fault: unknown
      let added = 0
      for (; added < 8 && fault === undefined; added++) fault = answerOf(() => policy.addDataPath(['m', `new${added}`], '"new"'))
      answerOf(() => policy.evaluate('p/junk', { name: 'x' }))
      const names = ['name0', 'name77', 'name16379', 'new0']
      const answers = names.map((name) => answerOf(() => policy.evaluate('p/entry', { name })))
      if (answers.includes('eval_internal_error')) {
        expect(answers).toEqual(names.map(() => 'eval_internal_error'))
        expect(answerOf(() => policy.addDataPath(['m', 'new'], '1'))).toBe('eval_internal_error')
        expect(answerOf(() => policy.dataText())).toBe('eval_internal_error')
        policy.setData({ m: { name0: 'anew' } })
        expect(policy.evaluate('p/entry', { name: 'name0' })).toBe('anew')
        outcomes.add('ends in errors')
      } else {
        expect(answers).toEqual([0, 77, 16_379, fault === undefined || added > 1 ? 'new' : undefined])
        outcomes.add(fault === undefined ? 'is made' : 'leaves the data')
      }
    }
    expect([...outcomes]).toEqual(expect.arrayContaining(['ends in errors', 'is made']))
  })
})
