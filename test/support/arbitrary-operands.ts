/** Operands of builtins by their signatures: what the types say, and now and then something else. */
import fc from 'fast-check'
import type { TypeDecl } from '../../src/builtins/signature.js'
import { RegoObject, RegoSet, type RegoValue, num } from '../../src/value/value.js'
import { arbitraryNumber, arbitraryText, arbitraryValue } from './arbitrary-value.js'

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
const SIZED = new Set(['numbers.range', 'numbers.range_step', 'bits.lsh', 'net.cidr_expand'])

/** Operands for a builtin of a signature. */
export function arbitraryOperands(name: string, args: readonly TypeDecl[]): fc.Arbitrary<readonly RegoValue[]> {
  return fc.tuple(...args.map((type) => (SIZED.has(name) ? smallNumber : arbitraryOf(type))))
}
