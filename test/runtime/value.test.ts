import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareValues, equalValues } from '../../src/value/compare.js'
import { numberOf } from '../../src/value/number.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import { NUMBER_TEXTS, arbitraryNumber, arbitraryValue } from '../support/arbitrary-value.js'
import { type Runtime, createRuntime } from '../support/runtime-harness.js'

const runtime = createRuntime()

/** Sets the heap back afterwards. */
function scratch<Result>(body: (runtime: Runtime) => Result): Result {
  const top = runtime.call('opa_heap_ptr_get')
  try {
    return body(runtime)
  } finally {
    runtime.call('opa_heap_ptr_set', top)
  }
}

test('values that exist once are where the layout says', () => {
  const { call, dumpValue } = runtime
  expect([call('rt_null'), call('rt_boolean', 0), call('rt_boolean', 1)]).toEqual([16, 24, 32])
  expect([call('rt_number_int', -1n), call('rt_number_int', 0n), call('rt_number_int', 255n)]).toEqual([64, 80, 64 + 16 * 256])
  expect([16, 24, 32, 40, 64, 64 + 16 * 256].map(dumpValue)).toEqual(['null', 'false', 'true', '""', '-1', '255'])
})

test('type ids are those of the ABI, and 0 for undefined', () => {
  const texts = ['null', 'true', '1', '"a"', '[]', '{}', 'set()']
  expect(scratch(({ call, parseValue }) => texts.map((text) => call('rt_type', parseValue(text))))).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(runtime.call('rt_type', 0)).toBe(0)
})

test('only false is false', () => {
  const isFalse = (text: string): number => scratch(({ call, parseValue }) => call('rt_is_false', parseValue(text)))
  expect(['false', 'true', 'null', '0', '""', '[]'].map(isFalse)).toEqual([1, 0, 0, 0, 0, 0])
})

describe('numbers', () => {
  test('plain integers of 64 bits are held as such, all others as text', () => {
    const kindOf = (text: string): number | undefined =>
      scratch(({ memory, parseJson }) => new Uint8Array(memory.buffer)[parseJson(text) + 1])
    const held = ['0', '-1', '12', '255', '256', '9223372036854775807', '-9223372036854775808']
    const spelt = ['-0', '1.0', '1e2', '0.5', '9223372036854775808', '-9223372036854775809', '1e400']
    expect(held.map(kindOf)).toEqual(held.map(() => 0))
    expect(spelt.map(kindOf)).toEqual(spelt.map(() => 1))
  })

  test('every pair of spellings compares by exact value', () => {
    for (const a of NUMBER_TEXTS) {
      for (const b of NUMBER_TEXTS) {
        const order = scratch(({ call, parseJson }) => call('rt_compare', parseJson(a), parseJson(b)))
        expect(`${a} ${order} ${b}`).toBe(`${a} ${Math.sign(compareValues(numberOf(a), numberOf(b)))} ${b}`)
      }
    }
  })

  test('exponents are compared without being expanded', () => {
    const order = scratch(({ call, parseJson }) => call('rt_compare', parseJson('1e30000'), parseJson('2e29999')))
    expect(order).toBe(1)
  })

  test('an integer value comes back in decimal, at either end too', () => {
    const spell = (value: bigint): string => scratch(({ call, dumpJson }) => dumpJson(call('rt_number_int', value)))
    const ends = [-(2n ** 63n), -(2n ** 63n) + 1n, -256n, -2n, -1n, 0n, 255n, 256n, 4294967295n, 4294967296n, 2n ** 63n - 1n]
    expect(ends.map(spell)).toEqual(ends.map(String))
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => spell(value) === String(value)))
  })
})

describe('order and equality', () => {
  test('agree with the other side on any two values', () => {
    fc.assert(
      fc.property(arbitraryValue, arbitraryValue, (a, b) =>
        scratch(({ call, toRuntime }) => {
          const [left, right] = [toRuntime(a), toRuntime(b)]
          expect(call('rt_compare', left, right)).toBe(Math.sign(compareValues(a, b)))
          expect(call('rt_compare', right, left)).toBe(Math.sign(compareValues(b, a)))
          expect(call('rt_equal', left, right)).toBe(Number(equalValues(a, b)))
        }),
      ),
      { numRuns: 500 },
    )
  })

  test('a value equals its copy', () => {
    fc.assert(
      fc.property(arbitraryValue, (value) =>
        scratch(({ call, toRuntime }) => {
          const [left, right] = [toRuntime(value), toRuntime(value)]
          return call('rt_equal', left, right) === 1 && call('rt_compare', left, right) === 0
        }),
      ),
    )
  })

  test('collections built in any order are equal', () => {
    const order = fc.array(arbitraryValue, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(order, (items) =>
        scratch(({ call, toRuntime }) => {
          const build = (list: readonly RegoValue[]): number => {
            const set = call('rt_set_new')
            for (const item of list) call('rt_set_add', set, toRuntime(item))
            return set
          }
          expect(call('rt_equal', build(items), build([...items].reverse()))).toBe(1)
        }),
      ),
    )
  })
})

describe('look-up', () => {
  const get = (source: string, key: string): string | undefined =>
    scratch(({ call, parseValue, dumpValue }) => {
      const found = call('rt_get', parseValue(source), parseValue(key))
      return found === 0 ? undefined : dumpValue(found)
    })

  test.each([
    ['[10, 20]', '1', '20'],
    ['[10, 20]', '1.0', '20'],
    ['[10, 20]', '1e0', undefined],
    ['[10, 20]', '2', undefined],
    ['[10, 20]', '-1', undefined],
    ['[10, 20]', '0.5', undefined],
    ['[10, 20]', '-0', '10'],
    ['[10, 20]', '4294967296', undefined],
    ['[10, 20]', '18446744073709551617', undefined],
    ['[10, 20]', '1e30000', undefined],
    ['[10, 20]', '"0"', undefined],
    ['{"a": 1}', '"a"', '1'],
    ['{"a": 1}', '"b"', undefined],
    ['{1: "one"}', '1.0', '"one"'],
    ['{[1, {2}]: 3}', '[1.0, {2e0}]', '3'],
    ['{1.0, 2}', '1', '1'],
    ['{1.0, 2}', '3', undefined],
    ['"abc"', '0', undefined],
    ['7', '0', undefined],
    ['null', 'null', undefined],
  ])('%s at %s is %s', (source, key, expected) => {
    expect(get(source, key)).toBe(expected)
  })

  test('length counts elements, of collections only', () => {
    const lengthOf = (text: string): string | undefined =>
      scratch(({ call, parseValue, dumpValue }) => {
        const length = call('rt_length', parseValue(text))
        return length === 0 ? undefined : dumpValue(length)
      })
    expect(['[1, 2]', '{"a": 1}', '{1, 2, 3}', '[]'].map(lengthOf)).toEqual(['2', '1', '3', '0'])
    expect(['"abc"', '1', 'null'].map(lengthOf)).toEqual([undefined, undefined, undefined])
  })

  test('finds every member and nothing else, whatever the size', () => {
    const members = fc.array(fc.oneof(arbitraryNumber, arbitraryValue), { maxLength: 60 })
    fc.assert(
      fc.property(members, members, (inside, probes) =>
        scratch(({ call, toRuntime }) => {
          const expected = RegoObject.of(inside.map((key, at) => [key, numberOf(String(at))]))
          const object = call('rt_object_new')
          inside.forEach((key, at) => call('rt_object_insert', object, toRuntime(key), toRuntime(numberOf(String(at)))))
          for (const key of [...inside, ...probes]) {
            const found = call('rt_get', object, toRuntime(key))
            expect(found === 0 ? undefined : runtime.fromRuntime(found)).toEqual(expected.get(key))
          }
        }),
      ),
      { numRuns: 60 },
    )
  })
})

describe('building', () => {
  test('an object keeps the first spelling of a key and its last value, a set the first of equal items', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(arbitraryValue, arbitraryValue), { maxLength: 30 }), (entries) =>
        scratch(({ call, toRuntime, dumpValue }) => {
          const object = call('rt_object_new')
          const set = call('rt_set_new')
          for (const [key, value] of entries) {
            call('rt_object_insert', object, toRuntime(key), toRuntime(value))
            call('rt_set_add', set, toRuntime(key))
          }
          expect(dumpValue(object)).toBe(dumpValue(toRuntime(RegoObject.of(entries))))
          expect(dumpValue(set)).toBe(dumpValue(toRuntime(RegoSet.of(entries.map(([key]) => key)))))
        }),
      ),
      { numRuns: 60 },
    )
  })

  test('insert once refuses another value and takes an equal one', () => {
    scratch(({ call, parseValue, dumpValue }) => {
      const object = call('rt_object_new')
      const insert = (key: string, value: string): number =>
        call('rt_object_insert_once', object, parseValue(key), parseValue(value))
      expect([insert('"a"', '1'), insert('"a"', '1.0'), insert('"a"', '2'), insert('"b"', '[2]')]).toEqual([0, 0, 1, 0])
      expect(dumpValue(object)).toBe('{"a": 1, "b": [2]}')
    })
  })

  test('an array grows as far as it is appended to', () => {
    scratch(({ call, dumpValue }) => {
      const array = call('rt_array_new', 0)
      for (let at = 0n; at < 100n; at++) call('rt_array_append', array, call('rt_number_int', at))
      expect(dumpValue(array)).toBe(`[${Array.from({ length: 100 }, (_, at) => at).join(', ')}]`)
    })
  })

  test('merging is recursive and the left side wins', () => {
    const merge = (a: string, b: string): string =>
      scratch(({ call, parseValue, dumpValue }) => dumpValue(call('rt_object_merge', parseValue(a), parseValue(b))))
    expect(merge('{"a": 1, "b": {"x": 1}}', '{"b": {"x": 2, "y": 3}, "c": 4}')).toBe('{"a": 1, "b": {"x": 1, "y": 3}, "c": 4}')
    expect(merge('{"a": {"b": 1}}', '{"a": 2}')).toBe('{"a": {"b": 1}}')
    expect(merge('{}', '{"a": 2}')).toBe('{"a": 2}')
    expect(merge('[1]', '{"a": 2}')).toBe('[1]')
  })

  test('with replaces one entry in a copy and makes what is missing', () => {
    const replace = (base: string | undefined, path: string, value: string): string =>
      scratch(({ call, parseValue, dumpValue }) => {
        const original = base === undefined ? 0 : parseValue(base)
        const before = original === 0 ? '' : dumpValue(original)
        const result = dumpValue(call('rt_with', original, parseValue(path), parseValue(value)))
        expect(original === 0 ? '' : dumpValue(original)).toBe(before)
        return result
      })
    expect(replace('{"a": {"b": 1, "c": 2}}', '["a", "b"]', '9')).toBe('{"a": {"b": 9, "c": 2}}')
    expect(replace('{"a": 1}', '["a", "b"]', '9')).toBe('{"a": {"b": 9}}')
    expect(replace(undefined, '["a", "b"]', '9')).toBe('{"a": {"b": 9}}')
    expect(replace('{"a": 1}', '[]', '9')).toBe('9')
  })
})

test('a scan visits ascending order, whatever the order of building', () => {
  const scan = (value: number): string[] => {
    const count = runtime.call('rt_scan_open', value)
    return Array.from({ length: count }, (_, at) => {
      const [key, element] = [runtime.call('rt_scan_key', value, at), runtime.call('rt_scan_value', value, at)]
      return `${runtime.dumpValue(key)}=${runtime.dumpValue(element)}`
    })
  }
  scratch(({ call, parseValue }) => {
    expect(scan(parseValue('["x", "y"]'))).toEqual(['0="x"', '1="y"'])
    const set = call('rt_set_new')
    for (const item of ['3', '"a"', '1', 'null', '[0]', '2']) call('rt_set_add', set, parseValue(item))
    expect(scan(set)).toEqual(['null=null', '1=1', '2=2', '3=3', '"a"="a"', '[0]=[0]'])
    const object = call('rt_object_new')
    for (let at = 0n; at < 20n; at++) {
      call('rt_object_insert', object, call('rt_number_int', (at * 7n) % 20n), call('rt_number_int', at))
    }
    expect(scan(object).map((entry) => entry.split('=')[0])).toEqual(Array.from({ length: 20 }, (_, at) => String(at)))
    expect([scan(0), scan(parseValue('"abc"')), scan(parseValue('5'))]).toEqual([[], [], []])
  })
})
