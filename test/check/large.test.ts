/** Large and deep programs: work grows with the size, and nothing overflows. */
import { describe, expect, test } from 'vitest'
import { checkProgram, errorsOf } from '../support/check.js'

function lines(count: number, line: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => line(at)).join('\n')
}

describe('programs of thousands of parts are checked at once', () => {
  test.each<[string, string]>([
    ['a large constant', `p := [${lines(4000, (at) => `{"id": ${at}, "layers": ["a${at}"], "env": {"x": [true]}},`)}]`],
    ['a body in reverse order', `p if {\n${lines(2000, (at) => `x${2000 - at} = x${1999 - at} + 1`)}\nx0 = 1\n}`],
    ['a chain of rules', `${lines(4000, (at) => `r${at} := r${at + 1}`)}\nr4000 := 1`],
    [
      'an equation of long patterns',
      `p if { [${lines(2000, (at) => `x${at},`)}] = [${lines(2000, (at) => `x${at + 1},`)}]; x2000 = 1 }`,
    ],
    ['many keys of one rule', lines(4000, (at) => `p.k${at}[${at}] := ${at}`)],
    ['a long else chain', `p := 0 if input.x == 0\n${lines(4000, (at) => `else := ${at} if input.x == ${at}`)}`],
    ['many references through variables', lines(4000, (at) => `r${at} if data.q[x${at}].y`)],
    ['many functions', lines(4000, (at) => `f${at}(x) := y if { y := x + ${at} }`)],
    ['comprehensions inside each other', `p := ${'[x | x := '.repeat(150)}input.x${']'.repeat(150)}`],
    ['quantifiers inside each other', `p if { ${'every x in input { x > 1; '.repeat(100)}true${'}'.repeat(100)} }`],
    ['calls inside each other', `p := ${'abs('.repeat(250)}input.x${')'.repeat(250)}`],
    [
      'bodies that use an outermost variable',
      `p if { y = 1; ${lines(100, (at) => `x${at} := [1 | y == 1;`)} true ${']'.repeat(100)} }`,
    ],
  ])('%s', (_title, text) => {
    expect(checkProgram(text).rules.length).toBeGreaterThan(0)
  }, 10_000)
})

test('a long cycle is reported in short', () => {
  const errors = errorsOf(lines(3000, (at) => `r${at} := r${(at + 1) % 3000}`))
  expect(errors).toHaveLength(20)
  expect(Math.max(...errors.map((one) => one.length))).toBeLessThan(500)
})

test('every unsafe variable of a large body is reported', () => {
  expect(errorsOf(`p if {\n${lines(3000, (at) => `x${at} > 1`)}\n}`)).toHaveLength(3000)
})
