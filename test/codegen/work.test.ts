/** How much an evaluation does, measured by the work that it takes from its budget. */
import { expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { loadRegoSync } from '../../src/load/load.js'

/** Evaluates a rule `p.x` under a budget of work, with an input of as many numbers as told. */
function run(rego: string, work: number, numbers = 10_000): unknown {
  const policy = loadRegoSync(compileRego({ modules: { 'p.rego': `package p\n${rego}` }, entrypoints: ['p/x'] }), {
    budget: { work },
  })
  return policy.evaluate(
    'p/x',
    Array.from({ length: numbers }, (_, at) => at),
  )
}

const EXCEEDED = 'budget exceeded: work'

test('the search for one solution ends with it', () => {
  expect(run('x if {\n\tsome n in input\n\tn > 2\n}', 100)).toBe(true)
  expect(run('x if {\n\tsome a in input\n\tsome b in input\n\tb > a\n}', 100)).toBe(true)
  expect(run('x if {\n\tsome a in input\n\tq with input as a\n}\nq if input > 1', 100)).toBe(true)
})

test('a search whose rest nobody notices ends with its first solution', () => {
  expect(run('x contains "a" if {\n\tsome n in input\n\tn > 2\n}', 100)).toEqual(['a'])
  expect(run('x := t if {\n\tsome n in input\n\tf(n)\n}\nt := true\nf(n) if n > 2', 100)).toBe(true)
  expect(run('x := "many" if {\n\tsome n in input\n\tn > 2\n} else := "few"', 100)).toBe('many')
})

test('a search goes on where the rest may end in a conflict', () => {
  const f = 'f(n) := true if n > 2\nf(n) := 1 if n > 9990'
  expect(() => run(`x contains "a" if {\n\tsome n in input\n\tf(n)\n}\n${f}`, 100_000)).toThrow('conflict')
  expect(() => run(`x := t if {\n\tsome n in input\n\tf(n)\n}\nt := true\n${f}`, 100_000)).toThrow('conflict')
  expect(run(`x if {\n\tsome n in input\n\tf(n)\n}\n${f}`, 100_000)).toBe(true)
})

test('a search for a value looks at all solutions, for they may differ', () => {
  expect(() => run('x := n if {\n\tsome n in input\n\tn == 2\n}', 100)).toThrow(EXCEEDED)
})

test('a search that also gathers looks at all entries', () => {
  expect(() => run('x contains n if some n in input', 100)).toThrow(EXCEEDED)
})

test('a rule is evaluated once', () => {
  const slow = 'slow := count([n | some n in input; n > 0])'
  expect(run(`x := [slow, slow, slow, y, z]\ny := slow\nz := slow\n${slow}`, 15_000)).toEqual([9999, 9999, 9999, 9999, 9999])
})

test('calls that double at each step do not double the work', () => {
  const steps = Array.from({ length: 40 }, (_, at) => `f${at}(n) := f${at + 1}(n) + f${at + 1}(n)`)
  expect(run(`x := f0(input[1])\n${steps.join('\n')}\nf40(n) := count([m | some m in input; m == n])`, 20_000, 100)).toBe(2 ** 40)
})

test('literals cost nothing', () => {
  const literal = JSON.stringify(Array.from({ length: 2_000 }, (_, at) => ({ id: at, tags: ['a', 'b', String(at)] })))
  expect(run(`x := count(all)\nall := ${literal}`, 10)).toBe(2_000)
})

test('what is large is left for run time, and is right there', () => {
  expect(run('x := count(numbers.range(1, 500000))', 10_000_000)).toBe(500_000)
})
