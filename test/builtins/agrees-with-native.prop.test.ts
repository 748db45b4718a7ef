/** The builtins of the runtime and those in TypeScript were written apart; each is the judge of the other. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TypeDecl } from '../../src/builtins/signature.js'
import { BUILTINS } from '../../src/builtins/table.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet, type RegoValue, num } from '../../src/value/value.js'
import { arbitraryNumber, arbitraryText, arbitraryValue } from '../support/arbitrary-value.js'
import { callBuiltin } from '../support/builtin-call.js'
import { callHost } from '../support/host-call.js'
import { createRuntime } from '../support/runtime-harness.js'

const { natives } = createRuntime()
/** The compiler calls it with no other sets than those of one value at most. */
const KEPT_BY_COMPILER = 'internal.template_string'
const both = [...BUILTINS.values()].filter(
  ({ name }) => name !== KEPT_BY_COMPILER && natives.has(`rt_builtin_${name.replaceAll('.', '_')}`),
)

const smallNumber = fc.integer({ min: -12, max: 70 }).map((value) => num(value))
const telling = fc.constantFrom(
  'a',
  'b',
  '.',
  'a/b',
  'abab',
  ' x ',
  '12',
  '0x1F',
  '1e3',
  'YWI=',
  '616',
  '["a",1]',
  'é.ü',
  '%41+b',
  'true',
)

/** Values of a type, and now and then others. */
function arbitraryOf(type: TypeDecl): fc.Arbitrary<RegoValue> {
  return fc.oneof({ weight: 20, arbitrary: wellTyped(type) }, { weight: 1, arbitrary: arbitraryValue })
}

function wellTyped(type: TypeDecl): fc.Arbitrary<RegoValue> {
  switch (type.kind) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'number':
      return fc.oneof(smallNumber, arbitraryNumber)
    case 'string':
      return fc.oneof(telling, arbitraryText)
    case 'any':
      return type.of.length === 0 ? arbitraryValue : fc.oneof(...type.of.map(arbitraryOf))
    case 'array': {
      const rest = type.dynamic === undefined ? fc.constant([]) : fc.array(arbitraryOf(type.dynamic), { maxLength: 6 })
      return fc.tuple(fc.tuple(...type.static.map(arbitraryOf)), rest).map(([first, more]) => [...first, ...more])
    }
    case 'set':
      return fc.array(arbitraryOf(type.of), { maxLength: 6 }).map((items) => RegoSet.of(items))
    case 'object': {
      const fixed = type.static.map(({ key, value }) => fc.tuple(fc.constant(key), arbitraryOf(value)))
      const rest =
        type.dynamic === undefined
          ? fc.constant([])
          : fc.array(fc.tuple(arbitraryOf(type.dynamic.key), arbitraryOf(type.dynamic.value)), { maxLength: 6 })
      return fc.tuple(fc.tuple(...fixed), rest).map(([first, more]) => RegoObject.of([...first, ...more]))
    }
  }
}

/** Where the size of the result is an operand, it has to be small. */
const SIZED = new Set(['numbers.range', 'numbers.range_step', 'bits.lsh'])

function arbitraryCall(name: string, args: readonly TypeDecl[]): fc.Arbitrary<string> {
  const operands = args.map((type) => (SIZED.has(name) ? smallNumber : arbitraryOf(type)))
  return fc.tuple(...operands).map((values) => `${name}(${values.map(writeValueText).join(', ')})`)
}

describe('runtime and host agree', () => {
  test.each(both)('on $name', async ({ name, args }) => {
    await fc.assert(
      fc.asyncProperty(arbitraryCall(name, args), async (call) => {
        const outcome = await callHost(call)
        const native = callBuiltin(call)
        const isNothing = /^(?:undefined|type error|builtin error)$/.test(outcome)
        expect(native === undefined ? undefined : writeValueText(parseValueText(native))).toBe(isNothing ? undefined : outcome)
      }),
      { numRuns: 40 },
    )
  })
})
