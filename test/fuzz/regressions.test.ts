/** What fuzzing has found, each in small. What explodes is in `test/load/budget.test.ts`. */
import { describe, expect, test } from 'vitest'
import { type CompileRegoOptions, tryCompileRego } from '../../src/compile.js'
import { RegoLoadError } from '../../src/errors.js'
import { decodeDenial, encodeDenial } from '../../src/enforce/denial-text.js'
import { deny } from '../../src/enforce/decision.js'
import { hostBuiltins, loadRegoSync } from '../../src/load/load.js'
import { callHost } from '../support/host-call.js'

const MODULE = '# METADATA\n# scope: package\n# schemas:\n#   - input: schema.input\npackage p\n\nallow if input.x == 1\n'

function messagesOf(options: Partial<CompileRegoOptions>): readonly string[] {
  const result = tryCompileRego({ modules: { 'p.rego': MODULE }, entrypoints: ['p/allow'], ...options })
  return result.ok ? [] : result.diagnostics.map(({ message }) => message)
}

test('bytes that are no module are no module to hostBuiltins either', () => {
  for (const bytes of [new Uint8Array(), Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), Uint8Array.of(1, 2, 3)])
    expect(() => hostBuiltins(bytes)).toThrow(RegoLoadError)
})

describe('documents among the options that are not what they have to be are told', () => {
  test.each([
    ['capabilities', { builtins: 'count' }, 'option `capabilities`: `builtins` must be an array'],
    ['capabilities', { builtins: [null] }, 'option `capabilities`: `builtins` must be a list of names'],
    ['capabilities', { features: {} }, 'option `capabilities`: `features` must be an array'],
    ['schemas', { 'schema.a{b': {} }, 'option `schemas`: not the name of a schema: schema.a{b'],
    ['dataText', '{"a": ', 'option `dataText`: expected a value, found the end'],
  ])('%s %j', (option, value, message) => {
    expect(messagesOf({ [option]: value })).toEqual([message])
  })

  test('null, as OPA writes an empty list, is one', () => {
    expect(messagesOf({ capabilities: { builtins: null, features: null } as never })).toContain('undefined function equal')
  })
})

test('schemas that lead to each other over and over are refused', () => {
  const both = (name: string): object => ({ type: 'object', properties: { x: { allOf: [{ $ref: name }, { $ref: name }] } } })
  const definitions = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`d${at}`, both(`#/definitions/d${at + 1}`)]))
  const schema = { ...both('#/definitions/d0'), definitions: { ...definitions, d40: { type: 'string' } } }
  expect(messagesOf({ schemas: { 'schema.input': schema } })).toEqual([expect.stringContaining('schemas are inside of it')])
})

describe('metadata', () => {
  const messages = (field: string): readonly string[] => messagesOf({ modules: { 'p.rego': `# METADATA\n${field}\npackage p\n\nx := rego.metadata.rule()\n` }, schemas: {}, entrypoints: [] })

  test('names of schemas with escapes that there are not', () => {
    expect(messages('# schemas:\n#   - input: schema["\\x"]')).toEqual([expect.stringContaining('invalid schema reference')])
  })

  test.each([300, 20_000])('values that are nested %d deep', (depth) => {
    expect(messages(`# custom: {a: ${'['.repeat(depth)}${']'.repeat(depth)}}`)).toHaveLength(1)
  })
})

test('references of a schema that are no text of an address', async () => {
  expect(await callHost('json.match_schema({}, {"$ref": "#%"})')).toBe('builtin error')
})

test('a denial of a deeply nested input', () => {
  const input = JSON.parse(`${'{"a":['.repeat(10_000)}1${']}'.repeat(10_000)}`) as { a: [] }
  const text = encodeDenial(deny('create_container', 'denied', 'no'), input)
  expect(decodeDenial(text)).toMatchObject({ decision: 'deny', truncated: ['input'] })
})

test('a range to a number of many digits', () => {
  const compiled = tryCompileRego({
    modules: { 'p.rego': 'package p\n\nx := count(numbers.range(1, input))\n\nsteady := input + 1\n' },
    entrypoints: ['p/x', 'p/steady'],
  })
  if (!compiled.ok) throw new Error('does not compile')
  const policy = loadRegoSync(compiled.compiled, { budget: { work: 1_000_000 } })
  expect(() => policy.evaluateText('p/x', '9'.repeat(14_000))).toThrow(expect.objectContaining({ code: 'eval_budget_error' }))
  expect(policy.evaluateText('p/steady', '1')).toBe('2')
})
