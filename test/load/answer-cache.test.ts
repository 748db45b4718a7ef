import { expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import { keepAnswers } from '../../src/load/answer-cache.js'
import { loadRego } from '../../src/load/load.js'

function counting(name: string): { readonly ask: (args: string) => string | undefined; readonly asked: string[] } {
  const asked: string[] = []
  const ask = keepAnswers(name, (args) => {
    asked.push(args)
    return { text: args === 'undefined' ? undefined : args.replace('long answer to', 'a'.repeat(2000)), work: 1 }
  })
  return { ask: (args) => ask(args).text, asked }
}

test('an answer is asked for once, also where it is undefined', () => {
  const { ask, asked } = counting('regex.match')
  for (const args of ['a', 'undefined', 'a', 'undefined']) expect(ask(args)).toBe(args === 'a' ? 'a' : undefined)
  expect(asked).toEqual(['a', 'undefined'])
})

test('builtins that depend on more than their arguments are asked each time', () => {
  const { ask, asked } = counting('time.now_ns')
  ask('[]')
  ask('[]')
  expect(asked).toEqual(['[]', '[]'])
})

test('memory is bounded: long arguments and answers are not kept, and old answers make room', () => {
  const { ask, asked } = counting('glob.match')
  const long = 'x'.repeat(2001)
  ask(long)
  ask(long)
  ask('long answer to this')
  ask('long answer to this')
  for (let at = 0; at <= 1000; at++) ask(String(at))
  ask('0')
  expect(asked.filter((args) => args === long)).toHaveLength(2)
  expect(asked.filter((args) => args === 'long answer to this')).toHaveLength(2)
  expect(asked.filter((args) => args === '0')).toHaveLength(2)
})

test('an evaluation takes the same work whether answers were kept or not', async () => {
  const rule = 'p := glob.match(concat("", [pattern, "b"]), [], input)\n\npattern := replace("****************", "*", "*a")'
  const compiled = compileRego({ modules: { 'p.rego': `package p\n\n${rule}\n` }, entrypoints: ['p/p'] })
  const input = JSON.stringify('a'.repeat(1000))
  const policy = await loadRego(compiled)
  const isEnough = (work: number): boolean => {
    try {
      return policy.evaluateValueText('p/p', input, work) !== ''
    } catch (error) {
      if (error instanceof RegoEvalError && error.code === 'eval_budget_error') return false
      throw error
    }
  }
  let least = 1
  while (!isEnough(least)) least += 1
  expect(least).toBeGreaterThan(50)
  expect([isEnough(least - 1), isEnough(least)]).toEqual([false, true])
})
