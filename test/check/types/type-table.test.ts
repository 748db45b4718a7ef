/** The lattice: equal types are one object, unions, open types, and how types print. */
import { describe, expect, test } from 'vitest'
import { typeOfValue } from '../../../src/check/types/constant.js'
import { typeText } from '../../../src/check/types/print-type.js'
import { type RegoType, TypeTable } from '../../../src/check/types/type.js'
import { parseValueText } from '../../../src/value/text.js'

const types = new TypeTable()
const { any, number, string } = types
const of = (text: string): RegoType => typeOfValue(parseValueText(text), types)

test('equal types are one object, however they come about', () => {
  expect(of('{"b": [1], "a": "x"}')).toBe(
    types.object(
      [
        { key: 'b', value: types.array([number], undefined) },
        { key: 'a', value: string },
      ],
      undefined,
    ),
  )
  expect(of('[1, 2]')).not.toBe(of('[1]'))
  expect(of('{1: 2}')).toBe(of('{1.0: 2}'))
  expect(of('{1: 2}')).not.toBe(of('{"1": 2}'))
  expect(of('{["a", "b"]: 2}')).not.toBe(of('{["a,b"]: 2}'))
  expect(of('{"a": 1, "b": 2}')).not.toBe(of('{"a 1:\\"b=3": 1}'))
})

test('a union has each type once and takes others in', () => {
  expect(types.union([])).toBeUndefined()
  expect(types.union([undefined, number])).toBe(number)
  expect(types.union([number, number])).toBe(number)
  expect(types.union([number, string])).toBe(types.union([string, types.union([number, string])]))
  expect(types.union([number, any, string])).toBe(any)
})

test('a type with unknown parts is open, but a choice is not', () => {
  expect(of('set()').isOpen).toBe(true)
  expect(of('[1, {"a": [set()]}]').isOpen).toBe(true)
  expect(of('[[], {}, {1}]').isOpen).toBe(false)
  expect(types.union([of('set()'), number])?.isOpen).toBe(false)
})

describe('types as text', () => {
  test.each<[string, string]>([
    ['null', 'null'],
    ['[1, "a", [true]]', 'array<number, string, array<boolean>>'],
    ['[]', 'array'],
    ['{"a": 1, "b c": {}, 1: null}', 'object<a: number, "b c": object, 1: null>'],
    ['{1, "a", null}', 'set[any<null, number, string>]'],
    ['set()', 'set[???]'],
  ])('%s is %s', (value, expected) => {
    expect(typeText(of(value))).toBe(expected)
  })

  test('variable parts are in brackets', () => {
    expect(typeText(types.array([number], any))).toBe('array<number>[any]')
    expect(typeText(types.object([{ key: 'a', value: number }], { key: string, value: any }))).toBe(
      'object<a: number>[string: any]',
    )
    expect(typeText(types.function([number], string))).toBe('function')
    expect(typeText(undefined)).toBe('???')
  })

  test('what grows too long is cut', () => {
    const text = typeText(of(`[${'[1, "a"], '.repeat(1000)}1]`))
    expect(text.length).toBeLessThan(300)
    expect(text.startsWith('array<array<number, string>, ')).toBe(true)
    expect(text.endsWith('…')).toBe(true)
  })
})

test('types that grow without end end as any', () => {
  let type: RegoType = number
  for (let depth = 0; depth < 5000; depth++) type = types.array([type, type], undefined)
  expect(type.depth).toBeLessThanOrEqual(1024)
})
