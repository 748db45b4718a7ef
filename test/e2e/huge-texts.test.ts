/**
 * Texts that are huge: each compiles, in time and memory that grow as it does, or is refused with its place. Sizes are such
 * that what grows faster than the text, or recurses over it, does not come through.
 */
import { expect, test } from 'vitest'
import { type CompiledRego, tryCompileRego } from '../../src/compile.js'
import { allStatements } from '../../src/ir/walk.js'
import { loadRegoSync } from '../../src/load/load.js'

/** More than a call may have arguments: lists of this length must not be spread into one. */
const MANY = 130_000
const SOME = 20_000

function repeat(times: number, make: (at: number) => string, separator = ''): string {
  return Array.from({ length: times }, (_, at) => make(at)).join(separator)
}

function compile(rule: string, data?: unknown): CompiledRego | string {
  const modules = { 'p.rego': `package p\n\n${rule}\n` }
  const result = tryCompileRego({ modules, entrypoints: ['p/x'], ...(data === undefined ? {} : { data }) })
  if (result.ok) return result.compiled
  const { location, message } = result.diagnostics[0] ?? {}
  return `${location?.file ?? ''}:${location?.row ?? 0}: ${message ?? ''}`
}

/** The result of `p.x`, or what is wrong. */
function evaluate(rule: string, data?: unknown): unknown {
  const compiled = compile(rule, data)
  if (typeof compiled === 'string') return compiled
  return loadRegoSync(compiled).evaluate('p/x', { a: 1 })
}

/** As many as are followed one by one where a variable may have any of them. */
const LONG_KEYS = repeat(64, (at) => `"${'k'.repeat(100_000)}${at}"`, ', ')

const RESULTS: readonly (readonly [title: string, rule: string, expected: unknown, data?: unknown])[] = [
  ['an array of numbers', `x := count([${repeat(SOME, String, ', ')}])`, SOME],
  ['a million numbers', `x := count([${'7, '.repeat(1_000_000)}7])`, 1_000_001],
  ['a set', `x := count({${repeat(SOME, (at) => `"s${at}"`, ', ')}})`, SOME],
  ['an object of arrays', `x := count({${repeat(SOME, (at) => `"k${at}": [${at}, {"a": null}]`, ', ')}})`, SOME],
  ['a string', `x := count("${'abcd'.repeat(2_500_000)}")`, 10_000_000],
  ['escapes', `x := count("${String.raw`\u00e9`.repeat(1_000_000)}")`, 1_000_000],
  ['a raw string', `x := count(\`${'abc\n'.repeat(2_500_000)}\`)`, 10_000_000],
  ['the text of a template', `x := count($"${'abcd'.repeat(1_000_000)}{input.a}")`, 4_000_001],
  ['a comment', `# ${'abcd'.repeat(2_500_000)}\nx := 1`, 1],
  ['comments', `${'# abcd\n'.repeat(MANY)}x := 1`, 1],
  ['empty lines', `${'\n'.repeat(1_000_000)}x := 1`, 1],
  ['names of rules', `${repeat(MANY, (at) => `r${at} := 1`, '\n')}\nx := r5 + ${'y'.repeat(100_000)}\n${'y'.repeat(100_000)} := 1`, 2],
  ['a pattern', `x := v7 if [${repeat(MANY, (at) => `v${at}`, ', ')}] := [${repeat(MANY, (at) => `${at % 9}`, ', ')}]`, 7],
  ['imports', `${repeat(10_000, (at) => `import data.a${at} as b${at}`, '\n')}\nx := 1`, 1],
  ['look-ups under any of many long constants', `q.a := [1]\nx := 1 if {\n  some k in [${LONG_KEYS}]\n  ${repeat(300, (at) => `count([1 | data.p.q[k][${at}]]) == 0`, '\n  ')}\n}`, 1],
  ['look-ups in a large table', `q.a := [1]\nx := 1 if {\n  t := {${repeat(SOME, (at) => `"k${at}": "v${at}"`, ', ')}}\n  ${repeat(300, (at) => `count([1 | data.p.q[t[_]][${at}]]) == 0`, '\n  ')}\n}`, 1],
  ['bodies', repeat(10_000, (at) => `x if input.a == ${at}`, '\n'), true],
  ['branches', `x := 0 if input.b\n${repeat(10_000, (at) => `else := ${at} if input.a == ${at}`, ' ')}`, 1],
  ['functions that call each other', `x := f0(input.a)\n${repeat(3_000, (at) => `f${at}(a) := f${at + 1}(a + 1)`, '\n')}\nf3000(a) := a`, 3001],
  ['entries of an object, some of them computed', `x := count({${repeat(5_000, (at) => `"k${at}": [input.a, ${at}]`, ', ')}})`, 5000],
  ['documents', 'x := count(data.d)', MANY, { d: Array.from({ length: MANY }, (_, at) => ({ [at]: [at] })) }],
]

test.each(RESULTS.map(([title, rule, expected, data]) => ({ title, rule, expected, data })))('$title', ({ rule, expected, data }) => {
  expect(evaluate(rule, data)).toEqual(expected)
})

const REFUSALS: readonly (readonly [title: string, rule: string, message: string])[] = [
  ['brackets', `x := ${'['.repeat(100_000)}1${']'.repeat(100_000)}`, 'p.rego:3: nested too deeply: more than 512 levels'],
  ['brackets that stay open', `x := ${'[{'.repeat(100_000)}`, 'p.rego:3: nested too deeply: more than 512 levels'],
  ['comprehensions', `x := ${'[y | y := '.repeat(5_000)}1${']'.repeat(5_000)}`, 'p.rego:3: nested too deeply: more than 512 levels'],
  ['operators', `x := ${'1 + '.repeat(100_000)}input.a`, 'p.rego:3: nested too deeply: more than 512 levels'],
  [
    'replacements',
    `x if r ${repeat(10_000, (at) => `with input.a${at} as ${at}`, ' ')}\n\nr if input.a1`,
    'p.rego:3: iterations, comprehensions and the like are nested more than 300 deep',
  ],
  ['digits', `x := ${'1'.repeat(1_000_000)}`, 'p.rego:3: number too big'],
  [
    'members of members',
    `x := [${repeat(60_000, () => '[[[[[[[[input.a]]]]]]]]', ', ')}]`,
    'p.rego:3: the policy grows beyond 1000000 statements here',
  ],
  [
    'arguments',
    `x := f(${repeat(999, () => 'input', ', ')})\n\nf(${repeat(999, (at) => `a${at}`, ', ')}) := [a0, input.b]`,
    'p.rego:5: `g0.data.p.f` has more arguments than WebAssembly engines allow: give them as one object',
  ],
  [
    'arguments of a call',
    `x := f(${repeat(130_000, () => 'input', ', ')})\n\nf(${repeat(130_000, (at) => `a${at}`, ', ')}) := [a0, input.b]`,
    'p.rego:3: `g0.data.p.x` is larger than WebAssembly engines allow: divide it into rules of their own',
  ],
  ['computed members', `x := [${repeat(51_000, (at) => `input[${at}]`, ', ')}]`, 'p.rego:3: `g0.data.p.x` is larger than WebAssembly engines allow: divide it into rules of their own'],
]

test.each(REFUSALS)('too many %s are refused', (_title, rule, message) => {
  expect(compile(rule)).toBe(message)
})

// What a compiler writes is a measure of what it does. Each of these is a text of so many equal parts.
const PARTS: readonly (readonly [title: string, text: (count: number) => string])[] = [
  ['bodies', (count) => repeat(count, (at) => `x if input.a > ${at}`, '\n')],
  ['conditions', (count) => `x if {\n${repeat(count, (at) => `\tinput.a != ${at + 1000}`, '\n')}\n}`],
  ['names', (count) => `x := [${repeat(count, (at) => `r${at}`, ', ')}]\n${repeat(count, (at) => `r${at} := input.a${at}`, '\n')}`],
  ['replacements', (count) => `x if {\n${repeat(count, (at) => `\tr with input.a as ${at}`, '\n')}\n}\n\nr if input.a`],
  ['embedded terms', (count) => `x := $"${repeat(count, (at) => `{input.a${at}}`)}"`],
]

test.each(PARTS)('of twice as many %s, a plan of twice the size is made, and a module', (_title, text) => {
  const sizes = (count: number): readonly [statements: number, bytes: number] => {
    const compiled = compile(text(count))
    if (typeof compiled === 'string') throw new Error(compiled)
    const { plans, funcs } = compiled.plan
    const bodies = [...plans.plans, ...funcs.funcs]
    return [bodies.flatMap(({ blocks }) => [...allStatements(blocks)]).length, compiled.wasm.length]
  }
  const [none, few, many] = [sizes(1), sizes(500), sizes(1000)] as const
  expect((many[0] - none[0]) / (few[0] - none[0])).toBeLessThan(2.1)
  expect((many[1] - none[1]) / (few[1] - none[1])).toBeLessThan(2.3)
})
