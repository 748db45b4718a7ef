/** Schemas given by name and written in annotations: where they apply, and which of them wins. */
import { describe, expect, test } from 'vitest'
import { readSchemas } from '../../../src/check/check.js'
import { typeErrors, typeOf } from './inferred.js'

const INPUT = {
  type: 'object',
  properties: { a: { type: 'string' }, b: { type: 'object', properties: { c: { type: 'integer' } } } },
}
const schemas = readSchemas({ 'schema.input': INPUT, 'kubernetes/pod.json': { type: 'string' } })

const metadata = (scope: string, ...lines: readonly string[]): string =>
  ['# METADATA', `# scope: ${scope}`, '# schemas:', ...lines.map((line) => `#   - ${line}`), ''].join('\n')

/** The type of `term` in a rule with these annotations. */
function annotated(term: string, ...lines: readonly string[]): string {
  return typeOf(term, '', '', { schemas }) === 'any' ? typeOfShown(term, lines) : 'known without annotations'
}

function typeOfShown(term: string, lines: readonly string[]): string {
  const errors = typeErrors(`${metadata('rule', ...lines)}shown if abs({${term}})`, { schemas })
  return errors.map((error) => /\(have \(set\[(.*)\]\), want \(number\)\)$/.exec(error)?.[1] ?? error).join('; ')
}

describe('annotations of a rule', () => {
  test.each<[string, string[], string]>([
    ['input', ['input: schema.input'], 'object<a: string, b: object<c: number>>'],
    ['input.b.c', ['input: schema.input'], 'number'],
    ['input', ['input: schema.kubernetes.pod'], 'string'],
    ['input', ['input: schema["kubernetes"]["pod"]'], 'string'],
    ['input.zz', ['input: schema.input'], 'any; 6:15 undefined ref: input.zz (no key "zz": there is "a", "b")'],
    ['input', ['input: {"type": "boolean"}'], 'boolean'],
    ['input', ['input.x.y: {"type": "string"}'], 'object<x: object<y: string>[any: any]>[any: any]'],
    ['input', ['input: schema.input', 'input.b.d: {"type": "null"}'], 'object<a: string, b: object<c: number, d: any>>'],
    [
      'input',
      ['input: schema.input', 'input.a.x: {"type": "number"}'],
      'object<a: object<x: number>[any: any], b: object<c: number>>',
    ],
    ['input', ['input.b: {"type": "string"}', 'input: schema.input'], 'object<a: string, b: object<c: number>>'],
    ['data.x', ['data.x: {"properties": {"y": {"type": "number"}}}'], 'object<y: number>'],
    ['data.x', ['data.x.y: {"type": "number"}', 'data.x.z: {"type": "string"}'], 'object<y: number, z: string>[string: any]'],
    [
      'data.x',
      ['data.x: {"properties": {"y": {"type": "number"}}}', 'data.x.z: {"type": "string"}'],
      'object<y: number, z: string>',
    ],
  ])('%s with %j', (term, lines, expected) => {
    expect(annotated(term, ...lines)).toBe(expected)
  })
})

test('a schema takes the place of what is known of a rule', () => {
  const rules = `q := 1\n${metadata('rule', 'data.t.q: {"type": "string"}')}p if q == 2\nr if q == "a"`
  expect(typeErrors(rules, { schemas })).toEqual([
    '7:6 match error (the sides can never be equal: left is string, right is number)',
    '8:6 match error (the sides can never be equal: left is number, right is string)',
  ])
})

describe('scopes', () => {
  const text = `${metadata('subpackages', 'input: {"type": "number"}')}package t

${metadata('rule', 'input: {"type": "string"}')}p if abs({input}) else := x if { x := input; abs({x}) }

${metadata('document', 'input: {"type": "boolean"}')}p if abs({input})

q if abs({input})`

  test('the narrower scope wins', () => {
    expect(typeErrors(text, { schemas })).toEqual([
      '11:6 abs: invalid argument(s) (have (set[string]), want (number))',
      '11:46 abs: invalid argument(s) (have (set[boolean]), want (number))',
      '17:6 abs: invalid argument(s) (have (set[boolean]), want (number))',
      '19:6 abs: invalid argument(s) (have (set[number]), want (number))',
    ])
  })

  test('subpackages are included, other packages are not', () => {
    expect(
      typeErrors(
        [
          text.slice(0, text.indexOf('# METADATA\n# scope: rule')),
          'package t.u\np if abs({input})',
          'package v\np if abs({input})',
        ],
        { schemas },
      ),
    ).toEqual([
      'b.rego:2:6 abs: invalid argument(s) (have (set[number]), want (number))',
      'c.rego:2:6 abs: invalid argument(s) (have (set[any]), want (number))',
    ])
  })
})

describe('the schema called schema', () => {
  const everywhere = readSchemas({ schema: { properties: { g: { type: 'number' } } } })

  test('describes the input of all rules and of the query', () => {
    expect(typeOf('input', '', '', { schemas: everywhere })).toBe('object<g: number>')
    expect(typeErrors('p := 1', { schemas: everywhere, query: 'input.h == 1' })).toEqual([
      '1:1 undefined ref: input.h (no key "h": there is "g")',
    ])
  })

  test('is overridden by annotations', () => {
    expect(typeErrors(`${metadata('rule', 'input.q: {"type": "string"}')}p if abs({input})`, { schemas: everywhere })).toEqual([
      '6:6 abs: invalid argument(s) (have (set[object<g: number, q: string>]), want (number))',
    ])
  })
})

describe('with', () => {
  test.each<[string, string]>([
    ['p if abs({input}) with input as 1', 'any<number, object<a: string, b: object<c: number>>>'],
    ['p if abs({input.a}) with input.a as 1', 'any<number, string>'],
    ['p if abs({input.b.c}) with input.a as 1', 'number'],
  ])('%s', (rule, expected) => {
    expect(typeErrors(`${metadata('rule', 'input: schema.input')}${rule}`, { schemas })).toEqual([
      `6:6 abs: invalid argument(s) (have (set[${expected}]), want (number))`,
    ])
  })
})

describe('what is wrong with schemas', () => {
  test('a name that nobody knows', () => {
    expect(typeErrors(`${metadata('rule', 'input: schema.nope')}p if input.x`, { schemas })).toEqual([
      '6:1 undefined schema: schema.nope (pass a schema of this name, or correct the annotation)',
    ])
  })

  test('a malformed schema says nothing', () => {
    expect(typeErrors(`${metadata('rule', 'input: {"type": "text"}')}p if input.x\nq if p == 1`, { schemas })).toEqual([
      '6:1 unable to compile the schema: unknown type text (correct the schema: nothing is checked against it)',
      '7:6 match error (the sides can never be equal: left is boolean, right is number)',
    ])
  })
})

test('annotations are comments where no schemas are given', () => {
  expect(typeErrors(`${metadata('rule', 'input: {"type": "text"}')}p if input.x == 1`)).toEqual([])
})

test('with annotations asked for, those written in place apply', () => {
  const text = `${metadata('rule', 'input: {"type": "string"}')}p if input == 1\n${metadata('rule', 'input: schema.input')}q if input == 1`
  expect(typeErrors(text, { annotations: true })).toEqual([
    '6:6 match error (the sides can never be equal: left is string, right is number)',
  ])
})
