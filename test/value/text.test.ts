import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareValues } from '../../src/value/compare.js'
import { numberOf } from '../../src/value/number.js'
import { ValueSyntaxError } from '../../src/value/reader.js'
import { displayValue, parseValueText, quoteAsciiText, quoteText, writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet, num } from '../../src/value/value.js'
import { arbitraryValue } from './arbitrary.js'

test('values are written as OPA prints terms', () => {
  const value = RegoObject.of([
    ['a', [num(1), numberOf('1.50'), null, true]],
    [num(1), RegoSet.of(['y', 'x'])],
    [RegoSet.of([]), RegoObject.of([])],
  ])
  expect(writeValueText(value)).toBe('{1: {"x", "y"}, "a": [1, 1.50, null, true], set(): {}}')
})

test('a string on its own is displayed bare, inside collections quoted', () => {
  expect(displayValue('a "b"')).toBe('a "b"')
  expect(displayValue(['a "b"'])).toBe('["a \\"b\\""]')
})

test('strings are quoted as Go quotes them', () => {
  expect(quoteText('é😀<&>\x07\b\f\n\r\t\v\x01\x7f\u00a0\u2028\u0378\ue000\udcff')).toBe(
    '"é😀<&>\\a\\b\\f\\n\\r\\t\\v\\x01\\x7f\\u00a0\\u2028\\u0378\\ue000\\xff"',
  )
  expect(quoteAsciiText('é😀')).toBe('"\\u00e9\\U0001f600"')
})

test('sets, keys of any type and loose numbers are read', () => {
  expect(writeValueText(parseValueText(' { 2 , {"a" : .5} , {1, 1.0} , set(), {} } '))).toBe('{2, {}, {"a": .5}, set(), {1}}')
  expect(writeValueText(parseValueText('{[1]: {2}, null: set()}'))).toBe('{null: set(), [1]: {2}}')
})

test.each([
  '{1, 2: 3}',
  '{1: 2, 3}',
  '{,}',
  'set(',
  'set',
  '[1',
  '{1',
  '"\\q"',
  '"\\x4"',
  '"\\U00110000"',
  '1 2',
  '.',
  '-',
  '{1:}',
])('%s is refused', (text) => {
  expect(() => parseValueText(text)).toThrow(ValueSyntaxError)
})

test('every value survives being written and read', () => {
  fc.assert(
    fc.property(arbitraryValue(), (value) => {
      const text = writeValueText(value)
      expect(compareValues(parseValueText(text), value)).toBe(0)
      expect(writeValueText(parseValueText(text))).toBe(text)
    }),
  )
})

test('hostile text gives a value or a ValueSyntaxError', () => {
  const pieces = fc.constantFrom('[', ']', '{', '}', ':', ',', '"', '\\x', '\\', '1', '-', 'set()', 'null', ' ', '"k"', '\udc80')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      try {
        parseValueText(parts.join(''))
      } catch (error) {
        expect(error).toBeInstanceOf(ValueSyntaxError)
      }
    }),
    { numRuns: 2000 },
  )
})
