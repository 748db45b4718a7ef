/** Constants in data segments: the same values that the runtime builds. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConstantPool } from '../../src/codegen/constants.js'
import { MAX_CONSTANT_DEPTH } from '../../src/ir/publish.js'
import * as layout from '../../src/codegen/layout.js'
import { murmur3, murmur3Integer } from '../../src/codegen/murmur.js'
import { StaticData } from '../../src/codegen/static-data.js'
import { num } from '../../src/value/value.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import { writeValueText } from '../../src/value/text.js'
import { numberOf } from '../../src/value/number.js'
import { arbitraryValue } from '../support/arbitrary-value.js'
import { HEAP_BASE, type Runtime, createRuntime } from '../support/runtime-harness.js'

/** A runtime with a constant in its memory, where a module's start function would have put it. */
function withConstant(value: RegoValue): { readonly runtime: Runtime; readonly address: number } {
  const pool = new ConstantPool()
  const data = new StaticData(pool, HEAP_BASE)
  const id = pool.value(value)
  if (id === undefined) throw new Error('nested too deeply')
  const address = data.addressOf(id)
  const bytes = data.bytes()
  const runtime = createRuntime(Math.ceil((HEAP_BASE + bytes.length) / layout.PAGE_SIZE) + 4)
  new Uint8Array(runtime.memory.buffer).set(bytes, HEAP_BASE)
  runtime.call('rt_init', HEAP_BASE + bytes.length)
  return { runtime, address }
}

function expectSame(value: RegoValue): void {
  const { runtime, address } = withConstant(value)
  const built = runtime.toRuntime(value)
  expect(runtime.dumpValue(address)).toBe(runtime.dumpValue(built))
  expect(runtime.call('rt_equal', address, built)).toBe(1)
  expect(runtime.call('rt_equal', built, address)).toBe(1)
  expect(runtime.call('rt_compare', address, built)).toBe(0)
}

test.each<[string, RegoValue]>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['the empty string', ''],
  ['a string', 'grüße 🎉'],
  ['a string with a NUL', 'a\u0000b'],
  ['a small integer', num(255)],
  ['the next integer', num(256)],
  ['the smallest integer', numberOf('-9223372036854775808')],
  ['an integer beyond 64 bits', numberOf('9223372036854775808')],
  ['another spelling', numberOf('1.0')],
  ['minus zero', numberOf('-0')],
  ['the empty array', []],
  ['the empty object', RegoObject.of([])],
  ['the empty set', RegoSet.of([])],
  [
    'an object with keys of all types',
    RegoObject.of([
      [null, num(1)],
      [true, num(2)],
      [num(1), num(3)],
      ['1', num(4)],
      [[], num(5)],
      [RegoSet.of(['x']), []],
    ]),
  ],
])('%s', (_, value) => expectSame(value))

test('any value', () => {
  fc.assert(fc.property(arbitraryValue, expectSame), { numRuns: 200 })
})

describe('look-up in large tables', () => {
  const MANY = 300
  const strings = Array.from({ length: MANY }, (_, at) => `key-${at * 7919}`)
  const integers = Array.from({ length: MANY }, (_, at) => num((at - 100) * 1_000_003))
  const mixed = [...strings.slice(0, 50), ...integers.slice(0, 50), ...strings.slice(50, 80).map((text) => [text])]

  test.each<[string, readonly RegoValue[]]>([
    ['strings', strings],
    ['integers', integers],
    ['keys that have no hash here', mixed],
  ])('%s: every key is found, others are not', (_, keys) => {
    const { runtime, address } = withConstant(RegoObject.of(keys.map((key, at) => [key, num(at)])))
    keys.forEach((key, at) => {
      expect(runtime.dumpValue(runtime.call('rt_get', address, runtime.toRuntime(key)))).toBe(String(at))
    })
    for (const absent of ['key', num(7), null, ['key-0', 'x']])
      expect(runtime.call('rt_get', address, runtime.toRuntime(absent))).toBe(0)
  })

  test('members of a set, under another spelling too', () => {
    const { runtime, address } = withConstant(RegoSet.of(integers))
    for (const member of integers) {
      const other = runtime.parseValue(`${member.text}.0`)
      expect(runtime.dumpValue(runtime.call('rt_get', address, other))).toBe(`${member.text}.0`)
    }
  })
})

test('equal contents are laid out once', () => {
  const pool = new ConstantPool()
  const data = new StaticData(pool, HEAP_BASE)
  const rule = (): RegoValue =>
    RegoObject.of([
      ['pattern', 'A=1'],
      ['strategy', 'string'],
    ])
  const one = pool.value([rule(), rule(), 'A=1']) as number
  data.addressOf(one)
  const size = data.bytes().length
  expect(data.addressOf(pool.value(rule()) as number)).toBeLessThan(HEAP_BASE + size)
  expect(data.bytes().length).toBe(size)
})

test('constants are not nested without limit', () => {
  const pool = new ConstantPool()
  let value: RegoValue = []
  for (let depth = 1; depth < MAX_CONSTANT_DEPTH; depth++) value = [value]
  expect(pool.value(value)).toBeTypeOf('number')
  expect(pool.value([value])).toBe(undefined)
})

describe('look-up at compile time agrees with the runtime', () => {
  test('any key in any value', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (source, key) => {
        const pool = new ConstantPool()
        const found = pool.lookUp(pool.value(source) as number, pool.value(key) as number)
        const runtime = createRuntime()
        const there = runtime.call('rt_get', runtime.toRuntime(source), runtime.toRuntime(key))
        expect(found === undefined ? undefined : writeValueText(pool.valueOf(found))).toBe(
          there === 0 ? undefined : writeValueText(runtime.fromRuntime(there)),
        )
      }),
      { numRuns: 200 },
    )
  })
})

describe('numbers known on both sides', () => {
  const runtime = createRuntime()

  test('values that exist once are where they are said to be', () => {
    expect(runtime.call('rt_null')).toBe(layout.NULL_ADDRESS)
    expect(runtime.call('rt_boolean', 0)).toBe(layout.FALSE_ADDRESS)
    expect(runtime.call('rt_boolean', 1)).toBe(layout.TRUE_ADDRESS)
    expect(runtime.parseJson('""')).toBe(layout.EMPTY_STRING_ADDRESS)
    for (const value of [-1, 0, 1, 255])
      expect(runtime.call('rt_number_int', BigInt(value))).toBe(layout.smallIntegerAddress(value))
    for (const value of [-2, 256]) expect(layout.smallIntegerAddress(value)).toBe(undefined)
  })

  test('type ids', () => {
    const samples = { null: 'null', boolean: 'true', number: '1', string: '""', array: '[]', object: '{}', set: 'set()' }
    for (const [type, text] of Object.entries(samples))
      expect(runtime.call('rt_type', runtime.parseValue(text))).toBe(layout.TYPE_ID[type as keyof typeof layout.TYPE_ID])
  })

  test('the hash of strings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const value = runtime.toRuntime(text)
        // Looking it up in a table makes the runtime note its hash.
        const table = runtime.toRuntime(RegoSet.of(Array.from({ length: 20 }, (_, at) => `filler ${at}`)))
        runtime.call('rt_get', table, value)
        const noted = new DataView(runtime.memory.buffer).getUint32(value + 8, true)
        expect(noted).toBe(murmur3(new TextEncoder().encode(text), 0) || 1)
      }),
    )
  })

  test('murmur3 of known texts', () => {
    const hash = (text: string): number => murmur3(new TextEncoder().encode(text), 0)
    expect(hash('')).toBe(0)
    expect(hash('a')).toBe(0x3c2569b2)
    expect(hash('hello')).toBe(0x248bfa47)
    expect(hash('The quick brown fox jumps over the lazy dog')).toBe(0x2e4ff723)
    expect(murmur3Integer(1n, 3)).toBe(murmur3(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0), 3))
  })
})
