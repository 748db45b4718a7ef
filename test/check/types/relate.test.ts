/** Which types can have a value in common. */
import { describe, expect, test } from 'vitest'
import { canEqual } from '../../../src/check/types/relate.js'
import { type MaybeType, TypeTable } from '../../../src/check/types/type.js'

const types = new TypeTable()
const { any, boolean, null: nothing, number, string } = types
const map = (key: MaybeType, value: MaybeType): MaybeType => types.object([], { key, value })
const record = (fields: Readonly<Record<string, MaybeType>>, rest?: { key: MaybeType; value: MaybeType }): MaybeType =>
  types.object(
    Object.entries(fields).map(([key, value]) => ({ key, value })),
    rest,
  )

/** Objects by a short name; `*` is the rest. */
const OBJECTS = {
  'str→num': map(string, number),
  'num→num': map(number, number),
  'str→str': map(string, string),
  '{}': record({}),
  '{a: num}': record({ a: number }),
  '{a: str}': record({ a: string }),
  '{b: num}': record({ b: number }),
  '{a, b: num}': record({ a: number, b: number }),
  '{null: num}': types.object([{ key: null, value: number }], undefined),
  '{a: any}': record({ a: any }),
  '{p: num, *}': record({ p: number }, { key: string, value: any }),
  '{p: str, *}': record({ p: string }, { key: string, value: any }),
  '{q: num, *}': record({ q: number }, { key: string, value: any }),
} satisfies Record<string, MaybeType>

test('objects: keys have to agree unless there may be others; what both may have has to agree', () => {
  const clashes = Object.entries(OBJECTS).map(([name, one]) => {
    const others = Object.entries(OBJECTS).filter(([, other]) => !canEqual(one, other, types))
    return `${name}: ${others.map(([other]) => other).join(' | ')}`
  })
  expect(clashes).toEqual([
    'str→num: str→str | {a: str} | {p: str, *}',
    'num→num: str→str',
    'str→str: str→num | num→num | {a: num} | {b: num} | {a, b: num} | {p: num, *} | {q: num, *}',
    '{}: {a: num} | {a: str} | {b: num} | {a, b: num} | {null: num} | {a: any}',
    '{a: num}: str→str | {} | {a: str} | {b: num} | {a, b: num} | {null: num}',
    '{a: str}: str→num | {} | {a: num} | {b: num} | {a, b: num} | {null: num}',
    '{b: num}: str→str | {} | {a: num} | {a: str} | {a, b: num} | {null: num} | {a: any}',
    '{a, b: num}: str→str | {} | {a: num} | {a: str} | {b: num} | {null: num} | {a: any}',
    '{null: num}: {} | {a: num} | {a: str} | {b: num} | {a, b: num} | {a: any}',
    '{a: any}: {} | {b: num} | {a, b: num} | {null: num}',
    '{p: num, *}: str→str | {p: str, *}',
    '{p: str, *}: str→num | {p: num, *}',
    '{q: num, *}: str→str',
  ])
})

describe('other types', () => {
  test.each<[string, MaybeType, MaybeType, boolean]>([
    ['scalars of one kind', number, number, true],
    ['scalars of two kinds', number, string, false],
    ['anything and a scalar', any, string, true],
    ['something unknown', undefined, string, true],
    ['choices with a common member', types.union([number, string]), types.union([string, boolean]), true],
    ['choices without', types.union([number, string]), types.union([nothing, boolean]), false],
    ['a choice and a member', types.union([number, string]), string, true],
    ['arrays of one length', types.array([number, any], undefined), types.array([any, string], undefined), true],
    ['arrays of two lengths', types.array([number], undefined), types.array([number, number], undefined), false],
    ['an array of any length', types.array([], number), types.array([number, number], undefined), true],
    ['an array of any length, other items', types.array([], number), types.array([number, string], undefined), false],
    ['arrays of any length that both may be empty', types.array([], number), types.array([], string), false],
    ['sets', types.set(number), types.set(types.union([number, string])), true],
    ['sets of other types', types.set(number), types.set(string), false],
    ['the empty set', types.set(undefined), types.set(string), true],
    ['an array and a set', types.array([], number), types.set(number), false],
  ])('%s', (_title, a, b, expected) => {
    expect(canEqual(a, b, types)).toBe(expected)
    expect(canEqual(b, a, types)).toBe(expected)
  })
})

test('types of one part repeated are compared in linear time', () => {
  let left: MaybeType = number
  let right: MaybeType = string
  for (let depth = 0; depth < 200; depth++) {
    left = types.array([left, left], undefined)
    right = types.array([right, right], undefined)
  }
  expect(canEqual(left, right, types)).toBe(false)
})
