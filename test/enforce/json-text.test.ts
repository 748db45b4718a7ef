import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutItems, cutMembers, joinMembers, kindOfText } from '../../src/enforce/json-text.js'

describe('cutting JSON text', () => {
  test('members keep their exact texts, numbers included', () => {
    const text = '{"a":1.50,"b":{"c":[1e400,"}"]},"d":"x\\"},","e":null}'
    expect([...cutMembers(text)]).toEqual([
      ['a', '1.50'],
      ['b', '{"c":[1e400,"}"]}'],
      ['d', '"x\\"},"'],
      ['e', 'null'],
    ])
  })

  test('a member given twice keeps its last value', () => {
    expect([...cutMembers('{"a":1,"a":2}')]).toEqual([['a', '2']])
  })

  test('`__proto__` is a member like any other', () => {
    expect([...cutMembers('{"__proto__":{"x":1}}')]).toEqual([['__proto__', '{"x":1}']])
  })

  test('empty collections have no parts', () => {
    expect(cutMembers(' { } ').size).toBe(0)
    expect(cutItems(' [ ] ')).toEqual([])
  })

  test('a backslash before a closing quote does not escape it if it is itself escaped', () => {
    expect(cutItems('["a\\\\","b"]')).toEqual(['"a\\\\"', '"b"'])
  })

  test('the kind of a text is that of its first character', () => {
    expect([' {', '[', '"', 'true', 'false', 'null', '-1', '0'].map(kindOfText)).toEqual([
      'object',
      'array',
      'string',
      'boolean',
      'boolean',
      'null',
      'number',
      'number',
    ])
  })

  test('any array, pretty-printed or not, is cut where its items end', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2, '\t'), (items, indent) => {
        const texts = cutItems(JSON.stringify(items, null, indent))
        expect(texts.map((text) => JSON.parse(text) as unknown)).toEqual(JSON.parse(JSON.stringify(items)))
      }),
    )
  })

  test('any object is put together again from its members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object)
        expect(JSON.parse(joinMembers(cutMembers(text)))).toEqual(JSON.parse(text))
      }),
    )
  })
})
