/**
 * Hostile texts: a module or diagnostics come out, within the stack and in linear time.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_DEPTH } from '../../src/syntax/parse/module.js'
import { readCases } from '../conformance/read-cases.js'
import { faultsOf, tryParseModule } from '../support/parse.js'

/** Texts that are nested `depth` deep, or have a chain that long. */
const NESTED: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `p := ${'('.repeat(depth)}1${')'.repeat(depth)}`,
  arrays: (depth) => `p := ${'['.repeat(depth)}1${']'.repeat(depth)}`,
  objects: (depth) => `p := ${'{"a": '.repeat(depth)}1${'}'.repeat(depth)}`,
  comprehensions: (depth) => `p := ${'[x | x := '.repeat(depth)}1${']'.repeat(depth)}`,
  calls: (depth) => `p := ${'f('.repeat(depth)}1${')'.repeat(depth)}`,
  references: (depth) => `p := ${'a['.repeat(depth)}1${']'.repeat(depth)}`,
  templates: (depth) => `p := ${'$"{'.repeat(depth)}1${'}"'.repeat(depth)}`,
  operations: (depth) => `p := ${'(1 + '.repeat(depth / 2)}1${')'.repeat(depth / 2)}`,
  bodies: (depth) => `p if { ${'every x in y {'.repeat(depth)}1${'}'.repeat(depth)}}`,
  negations: (depth) => `import future.keywords.not\np if { ${'not {'.repeat(depth)}1${'}'.repeat(depth)}}`,
  groups: (depth) => `import future.keywords.and\np if ${'(1 and '.repeat(depth)}1${')'.repeat(depth)}`,
  sums: (depth) => `p := 1${' + 1'.repeat(depth)}`,
  memberships: (depth) => `p := 1${' in x'.repeat(depth)}`,
  postfixes: (depth) => `p := f${'(1)[1]'.repeat(depth / 2)}`,
  conjunctions: (depth) => `import future.keywords.and\np if 1${' and 1'.repeat(depth)}`,
  'unary minus': (depth) => `p := ${'-f('.repeat(depth / 2)}1${')'.repeat(depth / 2)}`,
}

describe.each(Object.entries(NESTED))('%s', (_name, make) => {
  const parse = (depth: number): readonly string[] =>
    faultsOf(`package a\n${make(depth)}\nq := 1`, { version: 'v1', experimentalKeywords: true }).map((fault) =>
      fault.replace(/^\S+ /, ''),
    )

  test('may be nested to the limit', () => {
    expect(parse(MAX_DEPTH - 4)).toEqual([])
  })

  test.each([2 * MAX_DEPTH, 100_000])('are refused when %d deep', (depth) => {
    expect(parse(depth)).toEqual([`nested too deeply: more than ${MAX_DEPTH} levels`])
  })
})

test.each([
  ['opening brackets', '['],
  ['opening braces', '{'],
  ['template openings', '$"{'],
  ['calls', 'f('],
  ['minus signs', '-'],
  ['negations', 'not '],
])('%s that are never closed are few diagnostics', (_name, text) => {
  expect(faultsOf(`package a\np := ${text.repeat(50_000)}`, { version: 'v1' }).length).toBeLessThan(3)
})

test('long lists of everything parse', () => {
  const many = (text: string, count = 20_000): string => text.repeat(count)
  const text = [
    'package a',
    `p := [${many('1,')}]`,
    `q[x]${many('[x]')} := 1`,
    `r if x${many(' else := 1 if x')}`,
    `s if x${many(' with input as 1')}`,
    `t if { ${many('x;')} x }`,
    `u := f(${many('x,')})`,
    `v := $"${many('{x}')}"`,
    many('w := 1\n'),
    many('# METADATA\n# x\n'),
  ].join('\n')
  expect(faultsOf(text, { version: 'v1' })).toEqual([])
})

test('names of JavaScript objects are ordinary names', () => {
  const text =
    'package constructor.__proto__\n__proto__ := {"__proto__": toString.valueOf}\nhasOwnProperty[constructor] if __proto__.x'
  expect(faultsOf(text)).toEqual([])
})

/** Steps that turn a text into another one. */
const arbitraryEdits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(6),
    insert: fc.constantFrom(
      ...' \n{}[]().,;:="`$#-|&@\\\u0000\ud800é'.split(''),
      'if ',
      'else ',
      'not ',
      ':=',
      '$"',
      '{x',
      '# METADATA\n',
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

const CORPUS = join(import.meta.dirname, '../../../shared/conformance')
const isThere = existsSync(CORPUS)

describe.skipIf(!isThere)(
  isThere ? 'mutated public cases' : 'mutated public cases (skipped: ../shared/conformance is absent)',
  () => {
    test('never throw', () => {
      const texts = [...new Set(readCases(CORPUS).flatMap(({ modules }) => modules))].filter((text) => text.length < 4000)
      fc.assert(
        fc.property(fc.nat(texts.length - 1), arbitraryEdits, (index, edits) => {
          const mutated = edits.reduce((text, { at, cut, insert }) => {
            const place = Math.floor(at * text.length)
            return text.slice(0, place) + insert + text.slice(place + cut)
          }, texts[index] as string)
          tryParseModule(mutated, { experimentalKeywords: true })
        }),
        { numRuns: 3000, seed: 20240501 },
      )
    })
  },
)
