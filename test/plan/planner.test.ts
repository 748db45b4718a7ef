/** What the planner refuses, and what all its plans have in common. */
import { describe, expect, test } from 'vitest'
import type { IrPolicy, IrStmt } from '../../src/ir/plan.js'
import { allStatements } from '../../src/ir/walk.js'
import { MAX_NESTING } from '../../src/plan/cursor.js'
import { MAX_VARIANTS } from '../../src/plan/program.js'
import { planOf, tryPlan } from '../support/compile-plan.js'

const RULES = 'package test\n\np := 1\n\nf(x) := x\n'

function reported(modules: string, entrypoints: readonly string[]): readonly string[] {
  const plan = tryPlan({ modules: { 'a.rego': modules }, entrypoints })
  return 'plans' in plan ? [] : plan.map(({ rule, message }) => `${rule}: ${message}`)
}

describe('entrypoints', () => {
  test.each(['', '/test/p', 'test/p/', 'test//p'])('%j is no path', (name) => {
    expect(reported(RULES, [name])).toEqual([`malformed-entrypoint: entrypoint \`${name}\` is not a path`])
  })

  test('a function cannot be one', () => {
    expect(reported(RULES, ['test/f'])).toEqual(['function-as-entrypoint: entrypoint `test/f` is a function: data.test.f'])
  })

  test('each is given once', () => {
    expect(reported(RULES, ['test/p', 'test', 'test/p'])).toEqual([
      'repeated-entrypoint: entrypoint `test/p` is given more than once',
    ])
  })

  test('all faults are told at once', () => {
    expect(reported(RULES, ['test/f', 'x//y'])).toHaveLength(2)
  })

  test('a rule, a package and a path without rules are fine, and name the plans', () => {
    const plan = planOf({ modules: { 'a.rego': RULES }, entrypoints: ['test/p', 'test', 'other'] })
    expect(plan.plans.plans.map(({ name }) => name)).toEqual(['test/p', 'test', 'other'])
  })
})

describe('limits', () => {
  test('iterations nested too deep are refused', () => {
    const scans = (count: number): string => Array.from({ length: count }, (_, place) => `  input.xs[_] == ${place}`).join('\n')
    const policy = (count: number): string => `package test\n\np if {\n${scans(count)}\n}\n`
    expect(reported(policy(MAX_NESTING - 1), ['test/p'])).toEqual([])
    expect(reported(policy(MAX_NESTING), ['test/p'])).toEqual([
      `nesting-too-deep: iterations, comprehensions and the like are nested more than ${MAX_NESTING} deep`,
    ])
  })

  test('replacements that multiply are refused', () => {
    const levels = Array.from({ length: 16 }, (_, place) => place)
    const policy = levels.flatMap((place) => [
      `r${place} if r${place + 1} with f${place} as a`,
      `r${place} if r${place + 1} with f${place} as b`,
      `f${place}(x) := x`,
    ])
    const all = levels.map((place) => `f${place}(1)`).join('; ')
    const text = ['package test', ...policy, `r16 if { ${all} }`, 'a(x) := x', 'b(x) := x'].join('\n\n')
    expect(reported(text, ['test/r0'])).toEqual([
      `too-many-replacements: more than ${MAX_VARIANTS} combinations of rules and \`with\` replacements`,
    ])
  })
})

describe('functions', () => {
  const names = (plan: IrPolicy): readonly string[] => plan.funcs.funcs.map(({ name }) => name)

  test('only what can be reached is planned, once', () => {
    const text = 'package test\n\np if { q; not q; f(1) }\n\nq := 1\n\nf(x) := q\n\nunused := q\n'
    expect(names(planOf({ modules: { 'a.rego': text }, entrypoints: ['test/p', 'test/q'] }))).toEqual([
      'g0.data.test.p',
      'g0.data.test.q',
      'g0.data.test.f',
    ])
  })

  test('rules are planned again only where a replacement can reach them, and once for equal replacements', () => {
    const tests = Array.from({ length: 50 }, (_, place) => `t${place} if { p with f as ${place} }`)
    const text = ['package test', ...tests, 'p if { f(1); q }', 'q := 1', 'f(x) := x'].join('\n\n')
    expect(names(planOf({ modules: { 'a.rego': text }, entrypoints: ['test/t0', 'test/t1', 'test/t2'] }))).toEqual([
      'g0.data.test.t0',
      'g0.data.test.t1',
      'g0.data.test.t2',
      'g1.data.test.p',
      'g0.data.test.q',
    ])
  })

  test('they carry the path of their rule', () => {
    const text = 'package test["a b"]\n\np := q\n\nq := 1\n'
    const plan = planOf({ modules: { 'a.rego': text }, entrypoints: ['test/a b/p'] })
    expect(plan.funcs.funcs.map(({ name, path }) => [name, path])).toEqual([
      ['g0.data.test["a b"].p', ['g0', 'test', 'a b', 'p']],
      ['g0.data.test["a b"].q', ['g0', 'test', 'a b', 'q']],
    ])
  })
})

describe('plans', () => {
  const modules = {
    'b.rego': 'package b\n\nimport data.a\n\nq contains x if some x in a.xs\n\nr := walk(input)\n',
    'a.rego': 'package a\n\nxs := [1, 2.50, "x"]\n\np if count(data.b.q) > 1\n',
  }

  test('are the same whatever the order of the modules', () => {
    const reversed = Object.fromEntries(Object.entries(modules).reverse())
    const [one, other] = [modules, reversed].map((texts) => JSON.stringify(planOf({ modules: texts, entrypoints: ['a', 'b'] })))
    expect(one).toBe(other)
  })

  test('declare the builtins they call, by name, and the files they are made from', () => {
    const { static: tables } = planOf({ modules, entrypoints: ['a/p'] })
    expect(tables.builtin_funcs?.map(({ name }) => name)).toEqual(['count', 'gt'])
    expect(tables.builtin_funcs?.[1]?.decl).toEqual({
      args: [{ type: 'any' }, { type: 'any' }],
      result: { type: 'boolean' },
      type: 'function',
    })
    expect(tables.files).toEqual([{ value: 'a.rego' }, { value: 'b.rego' }])
  })

  test('say where their statements come from, in code points', () => {
    const text = 'package a\n\np if { "😀" != input.x; input.y == 1 }\n'
    const plan = planOf({ modules: { 'a.rego': text }, entrypoints: ['a/p'] })
    const stmts = plan.funcs.funcs.flatMap(({ blocks }) => [...allStatements(blocks)])
    const place = ({ type, stmt }: IrStmt): string => `${type} ${stmt.row}:${stmt.col}-${stmt.end_row}:${stmt.end_col}`
    expect(stmts.map(place)).toEqual([
      'DotStmt 3:8-3:22',
      'NotEqualStmt 3:8-3:22',
      'DotStmt 3:24-3:36',
      'MakeNumberIntStmt 3:24-3:36',
      'EqualStmt 3:24-3:36',
      'AssignVarStmt 3:1-3:38',
      'ReturnLocalStmt 3:1-3:38',
      'ReturnLocalStmt 3:1-3:38',
    ])
  })

  test('of a query give its variables by name', () => {
    const plan = planOf({ modules, query: 'data.a.xs[i] = x; _ = x' })
    expect(plan.plans.plans.map(({ name }) => name)).toEqual(['query'])
  })
})
