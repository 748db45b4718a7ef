import { expect, test } from 'vitest'
import { keepAnswers } from '../../src/load/answer-cache.js'

function counting(name: string): { readonly ask: (args: string) => string | undefined; readonly asked: string[] } {
  const asked: string[] = []
  const ask = keepAnswers(name, (args) => {
    asked.push(args)
    return args === 'undefined' ? undefined : `answer to ${args}`
  })
  return { ask, asked }
}

test('an answer is asked for once, also where it is undefined', () => {
  const { ask, asked } = counting('regex.match')
  for (const args of ['a', 'undefined', 'a', 'undefined']) expect(ask(args)).toBe(args === 'a' ? 'answer to a' : undefined)
  expect(asked).toEqual(['a', 'undefined'])
})

test('builtins that depend on more than their arguments are asked each time', () => {
  const { ask, asked } = counting('time.now_ns')
  ask('[]')
  ask('[]')
  expect(asked).toEqual(['[]', '[]'])
})

test('memory is bounded: long arguments are not kept, and old answers make room', () => {
  const { ask, asked } = counting('glob.match')
  const long = 'x'.repeat(2001)
  ask(long)
  ask(long)
  for (let at = 0; at <= 1000; at++) ask(String(at))
  ask('0')
  expect(asked.filter((args) => args === long)).toHaveLength(2)
  expect(asked.filter((args) => args === '0')).toHaveLength(2)
})
