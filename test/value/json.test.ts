import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareValues } from '../../src/value/compare.js'
import { isJson, parseJson, writeHtmlSafeJson, writeJson } from '../../src/value/json.js'
import { numberOf } from '../../src/value/number.js'
import { MAX_NESTING, ValueSyntaxError } from '../../src/value/reader.js'
import { RegoObject, RegoSet, num } from '../../src/value/value.js'
import { arbitraryJsonText } from './arbitrary.js'

function faultOf(text: string): string {
  try {
    parseJson(text)
    return 'none'
  } catch (error) {
    if (error instanceof ValueSyntaxError) return `${error.offset}: ${error.message}`
    throw error
  }
}

test('numbers keep their digits and their spelling', () => {
  const text = '[1,1.0,1e2,1.50,-0,123456789012345678901234567890,0.1234567890123456789]'
  expect(writeJson(parseJson(text))).toBe(text)
})

test('sets become arrays in ascending order and keys become their JSON text', () => {
  const value = RegoObject.of([
    [num(2), RegoSet.of(['b', 'a', num(1)])],
    ['1', RegoSet.of([])],
    [[num(1), 'x'], null],
    [true, false],
  ])
  expect(writeJson(value)).toBe('{"1":[],"2":[1,"a","b"],"[1,\\"x\\"]":null,"true":false}')
})

test('of repeated keys the last value counts', () => {
  expect(writeJson(parseJson('{"a":1,"b":2,"a":3}'))).toBe('{"a":3,"b":2}')
})

test('__proto__ is a key like any other', () => {
  const text = '{"__proto__":{"constructor":1},"toString":2}'
  expect(writeJson(parseJson(text))).toBe(text)
})

test('half a surrogate pair is read and written as U+FFFD', () => {
  expect(parseJson('"a\\ud800b\\udc00"')).toBe('a\ufffdb\ufffd')
  expect(parseJson('"\\ud83d\\ude00"')).toBe('😀')
  expect(writeJson('\udcff')).toBe('"\\ufffd"')
})

test('strings are escaped as Go escapes them', () => {
  const text = '"\\/\b\f\n\r\t\u0001\u007f\u2028\u2029<&>é😀'
  expect(writeJson(text)).toBe('"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\\u2028\\u2029<&>é😀"')
  expect(writeHtmlSafeJson('<&>')).toBe('"\\u003c\\u0026\\u003e"')
})

test.each([
  ['', '0: expected a value, found the end'],
  ['[1,]', '3: expected a value, found "]"'],
  ['[1 2]', '3: expected `,` or `]`, found "2"'],
  ['{"a" 1}', '5: expected `:`, found "1"'],
  ['{1:2}', '1: expected a key string, found "1"'],
  ['{"a":1,}', '7: expected a key string, found "}"'],
  ['01', '1: expected the end, found "1"'],
  ['.5', '0: expected a value, found "."'],
  ['1.', '1: expected the end, found "."'],
  ['"a\nb"', '2: expected the rest of a string, found "\\n"'],
  ['"\\x41"', '1: expected an escape, found "\\\\"'],
  ['nul', '0: expected a value, found "n"'],
  ['set()', '0: expected a value, found "s"'],
  ['{1}', '1: expected a key string, found "1"'],
  ['[', '1: expected a value, found the end'],
  ['1e100001', '0: number too big'],
  ['[1e-100000000]', '1: number too big'],
])('%j is refused', (text, fault) => {
  expect(faultOf(text)).toBe(fault)
})

test('a number of any size is still JSON', () => {
  expect(isJson('[1e100001]')).toBe(true)
  expect(isJson('[1e]')).toBe(false)
})

test.each([
  ['9.99e30102', true],
  ['9.9901e30102', false],
  ['5.01e-30104', true],
  ['5.004e-30104', false],
  ['0e999999999', true],
])('the limit of numbers lies at binary exponents of 100000: %s', (text, isRead) => {
  expect(faultOf(text)).toBe(isRead ? 'none' : '0: number too big')
})

test('nesting is limited, not the stack', () => {
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
  expect(writeJson(parseJson(deep(MAX_NESTING)))).toBe(deep(MAX_NESTING))
  expect(faultOf(deep(MAX_NESTING + 2))).toBe(`${MAX_NESTING + 1}: nested deeper than ${MAX_NESTING} levels`)
  expect(faultOf('['.repeat(1_000_000))).toBe(`${MAX_NESTING + 1}: nested deeper than ${MAX_NESTING} levels`)
  expect(compareValues(parseJson(deep(MAX_NESTING)), parseJson(deep(MAX_NESTING)))).toBe(0)
})

test('what JSON.stringify writes is read and written back unchanged', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      expect(JSON.parse(writeJson(parseJson(text)))).toEqual(JSON.parse(text))
    }),
  )
})

test('reading what was written gives the same value', () => {
  fc.assert(
    fc.property(arbitraryJsonText(), (text) => {
      const once = writeJson(parseJson(text))
      expect(writeJson(parseJson(once))).toBe(once)
    }),
  )
})

test('hostile text gives a value or a ValueSyntaxError, as JSON.parse does', () => {
  const pieces = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    '"',
    '\\',
    '\\u12',
    '1',
    '-',
    'e',
    '.',
    'true',
    ' ',
    'a',
    '\u0000',
    '"k"',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      let isValid = true
      try {
        JSON.parse(text)
      } catch {
        isValid = false
      }
      expect(isJson(text)).toBe(isValid)
    }),
    { numRuns: 2000 },
  )
})

test('a number is compared by value and keeps its first spelling in a set', () => {
  expect(writeJson(RegoSet.of([numberOf('1.0'), numberOf('1'), numberOf('0.5e1')]))).toBe('[1.0,0.5e1]')
})
