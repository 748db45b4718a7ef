import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../src/value/json.js'
import { equalValues } from '../../src/value/compare.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { arbitraryValue } from '../support/arbitrary-value.js'
import { type Runtime, createRuntime } from '../support/runtime-harness.js'

const runtime = createRuntime()

function scratch<Result>(body: (runtime: Runtime) => Result): Result {
  const top = runtime.call('opa_heap_ptr_get')
  try {
    return body(runtime)
  } finally {
    runtime.call('opa_heap_ptr_set', top)
  }
}

/** What JSON text becomes when it is read and written; undefined if it is refused. */
const readJson = (text: string | Uint8Array): string | undefined =>
  scratch(({ parseJson: parse, dumpJson }) => {
    const value = parse(text)
    return value === 0 ? undefined : dumpJson(value)
  })

const readValue = (text: string): string | undefined =>
  scratch(({ parseValue, dumpValue }) => {
    const value = parseValue(text)
    return value === 0 ? undefined : dumpValue(value)
  })

const bytes = (...parts: (string | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [part])))

describe('reading JSON', () => {
  test.each([
    ['null', 'null'],
    [' true\n', 'true'],
    ['\t[ 1 , 2 ]\r', '[1,2]'],
    ['{ "b" : 1 , "a" : { } }', '{"a":{},"b":1}'],
    ['{"a":1,"a":2}', '{"a":2}'],
    ['{"__proto__":1}', '{"__proto__":1}'],
    ['-0', '-0'],
    ['1.0', '1.0'],
    ['1E+02', '1E+02'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e30000', '1e30000'],
    ['0.00000000000000000000000001', '0.00000000000000000000000001'],
    ['"\\u0041\\n\\/\\"\\\\"', '"A\\n/\\"\\\\"'],
    ['"\\ud83d\\ude00"', '"\u{1f600}"'],
    ['"\\ud83d"', '"\ufffd"'],
    ['"\\ude00x"', '"\ufffdx"'],
    ['"\\ud83d\\u0041"', '"\ufffdA"'],
    ['"\\ud83d\\ud83d\\ude00"', '"\ufffd\u{1f600}"'],
    ['"\\u0000\\u001f"', '"\\u0000\\u001f"'],
    ['"\\u2028<&>"', '"\u2028<&>"'],
  ])('%s is %s', (text, expected) => {
    expect(readJson(text)).toBe(expected)
  })

  const MALFORMED = [
    ...['', ' ', '[', ']', '[1', '[1,', '[1,]', '[,1]', '[1 2]', '1 1', '\ufeff1', '\u00a01', 'set()', '{1}'],
    ...['{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '{1:2}', '{"a" 1}', '{,}', '{"a":1}}'],
    ...['nul', 'nulll', 'truefalse', 'True', 'NaN', 'Infinity', '+1', '01', '-', '-a', '1.', '.5', '1e', '1e+', '0x10', '1_000'],
    ...['"', '"a', '"\\', '"\\"', '"\\x41"', '"\\u12"', '"\\u12g4"', '"\\a"', "'a'", '"a\nb"', '"\u0001"'],
  ]
  const BEYOND_THE_LIMIT = ['1e30104', '1e99999999999999999999', '-1e30104', '1e-30105']

  test.each([...MALFORMED, ...BEYOND_THE_LIMIT])('%j is refused', (text) => {
    expect(readJson(text)).toBeUndefined()
  })

  test('bytes that are no UTF-8 become U+FFFD, each for itself', () => {
    expect(readJson(bytes('"a', 0xff, 'b"'))).toBe('"a\ufffdb"')
    expect(readJson(bytes('"', 0xed, 0xa0, 0x80, '"'))).toBe('"\ufffd\ufffd\ufffd"')
    expect(readJson(bytes('"', 0xc0, 0x80, 0xf4, 0x90, 0x80, 0x80, '"'))).toBe('"\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"')
    expect(readJson(bytes('"', 0xe2, 0x82, '"'))).toBe('"\ufffd\ufffd"')
    expect(readJson(bytes('"é', 0xf0, 0x9f, 0x98, '"'))).toBe('"é\ufffd\ufffd\ufffd"')
  })

  test('nesting is limited, and what is deep enough to be refused leaves no trace', () => {
    const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + '1' + close.repeat(depth)
    expect(readJson(nested(1500, '[', ']'))).toBe(nested(1500, '[', ']'))
    expect(readJson(nested(1500, '{"a":', '}'))).toBe(nested(1500, '{"a":', '}'))
    expect(readJson(nested(1501, '[', ']'))).toBeUndefined()
    expect(readJson('['.repeat(1_000_000))).toBeUndefined()
    expect(readJson('[[1]]')).toBe('[[1]]')
  })

  test('large documents come through, keys in any order', () => {
    const entries = Array.from({ length: 20_000 }, (_, at) => [`key${(at * 7919) % 20_000}`, at] as const)
    const expected = `{${[...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, at]) => `"${key}":${at}`).join(',')}}`
    expect(readJson(JSON.stringify(Object.fromEntries(entries)))).toBe(expected)
    const list = JSON.stringify(Array.from({ length: 50_000 }, (_, at) => at))
    expect(readJson(list)).toBe(list)
  })

  test('long strings of all kinds of characters come through, as values and inside keys', () => {
    const unit = fc.constantFrom('plain text, ', 'x', '"', '\\', '\n', '\u0001', 'é', '漢', '\u{1f600}', '<', '&', '\u2028')
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 900 }), (units) => {
        const text = units.join('')
        const json = JSON.stringify(text)
        expect(readJson(json)).toBe(json)
        scratch(({ parseValue, dumpJson }) => {
          const key = Object.keys(JSON.parse(dumpJson(parseValue(`{[${json}]: 1}`))) as object)[0] as string
          expect(key).not.toMatch(/[<&\u2028]/)
          expect(JSON.parse(key)).toEqual([text])
        })
      }),
    )
  })

  test('agrees with JSON.parse on what is valid and what it means', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary', maxDepth: 5 }), (text) => {
        const written = readJson(text)
        expect(written).toBeDefined()
        expect(JSON.parse(written as string)).toEqual(JSON.parse(text))
      }),
      { numRuns: 300 },
    )
  })

  test('damaged JSON never traps, and is refused exactly where JSON.parse refuses it', () => {
    const inserted = fc.constantFrom(...'",:[]{}0-e. t\u0000é', '', '\\', '\\u', '\\ud800')
    const damage = fc.tuple(fc.json({ maxDepth: 4 }), fc.nat(), inserted, fc.nat(3))
    fc.assert(
      fc.property(damage, ([text, place, insert, cut]) => {
        const at = place % (text.length + 1)
        const damaged = (text.slice(0, at) + insert + text.slice(at + cut)).replace(/\p{Surrogate}/gu, '')
        fc.pre(!LARGE_EXPONENT.test(damaged))
        expect(readJson(damaged) !== undefined).toBe(isJson(damaged))
      }),
      { numRuns: 2000 },
    )
  })

  test('random bytes never trap', () => {
    const chars = [...'[]{}",:\\u0189aeflnrstux-+.() \n', '\ud83d\ude00', '\u0000']
    const alphabet = fc.constantFrom(...chars).map((char) => [...new TextEncoder().encode(char)])
    const noise = fc.array(fc.oneof({ weight: 9, arbitrary: alphabet }, fc.nat(255).map((byte) => [byte])), { maxLength: 40 })
    fc.assert(
      fc.property(noise, (parts) => {
        const text = Uint8Array.from(parts.flat())
        scratch(({ parseJson: parse, dumpJson, call, place }) => {
          const value = parse(text)
          if (value !== 0) dumpJson(value)
          const { address, length } = place(text)
          const loose = call('opa_value_parse', address, length)
          if (loose !== 0) dumpJson(loose)
          // Whatever is JSON is value text too.
          if (value !== 0) expect(loose).not.toBe(0)
        })
      }),
      { numRuns: 3000 },
    )
  })
})

/** JSON.parse knows no limit. */
const LARGE_EXPONENT = /e[+-]?\d{5}/i

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('value text', () => {
  test.each([
    ['set()', 'set()'],
    ['set( )', 'set()'],
    ['{}', '{}'],
    ['{3, 1, 2, 1.0}', '{1, 2, 3}'],
    ['{1.0, 1}', '{1.0}'],
    ['{1: "a", 1.0: "b"}', '{1: "b"}'],
    ['{{}: 1, {1}: 2, [1]: 3, "a": 4, null: 5}', '{null: 5, "a": 4, [1]: 3, {}: 1, {1}: 2}'],
    ['{{1, set()}, {{1}}}', '{{1, set()}, {{1}}}'],
    ['"\\x41\\xff\\a\\v\\U0001f600"', '"A\\xff\\u0007\\u000b\u{1f600}"'],
    ['"\\xc3\\xa9"', '"é"'],
  ])('%s is %s', (text, expected) => {
    expect(readValue(text)).toBe(expected)
  })

  const REFUSED = ['{1, 2: 3}', '{1: 2, 3}', '{1,}', '{,}', 'set', 'set(', 'set(1)', '{1: }', '{: 1}']

  test.each([...REFUSED, '"\\xg0"', '"\\U00110000"', '"\\q"'])('%s is refused', (text) => {
    expect(readValue(text)).toBeUndefined()
  })

  test('bytes that are no UTF-8 show in value text and are replaced in JSON', () => {
    scratch(({ parseValue, dumpValue, dumpJson }) => {
      const value = parseValue('["\\xffa\\xed\\xa0\\x80", {"\\x80": 1}]')
      expect(dumpValue(value)).toBe('["\\xffa\\xed\\xa0\\x80", {"\\x80": 1}]')
      expect(dumpJson(value)).toBe('["\\ufffda\\ufffd\\ufffd\\ufffd",{"\\ufffd":1}]')
    })
  })

  test('keys that are no strings become JSON text in JSON', () => {
    scratch(({ parseValue, dumpJson }) => {
      expect(dumpJson(parseValue('{1: 2, [1, "a<b"]: 3, {2}: 4, null: 5, "x": 6}'))).toBe(
        '{"1":2,"[1,\\"a\\\\u003cb\\"]":3,"[2]":4,"null":5,"x":6}',
      )
      // As OPA has it, of a key and a string that spells it the string stays.
      expect(dumpJson(parseValue('{1: "number", "1": "string"}'))).toBe('{"1":"string"}')
    })
  })

  test('any value survives the way there and back', () => {
    fc.assert(
      fc.property(arbitraryValue, (value) =>
        scratch(({ toRuntime, dumpValue, fromRuntime, parseValue }) => {
          const there = toRuntime(value)
          expect(there).not.toBe(0)
          expect(equalValues(fromRuntime(there), value)).toBe(true)
          expect(writeValueText(fromRuntime(there))).toBe(writeValueText(value))
          const text = dumpValue(there)
          expect(dumpValue(parseValue(text))).toBe(text)
          expect(parseValueText(text)).toBeDefined()
        }),
      ),
      { numRuns: 300 },
    )
  })

  test('JSON written is JSON that this side reads', () => {
    fc.assert(
      fc.property(arbitraryValue, (value) =>
        scratch(({ toRuntime, dumpJson, parseJson: parse }) => {
          const text = dumpJson(toRuntime(value))
          expect(() => parseJson(text)).not.toThrow()
          expect(dumpJson(parse(text))).toBe(text)
        }),
      ),
      { numRuns: 300 },
    )
  })
})

test('host arguments travel as value text inside a string', () => {
  scratch(({ call, parseValue, dumpJson, dumpValue }) => {
    const packed = call('rt_host_pack', parseValue('[{1, 2}, {3: "a"}, 1.50]'))
    expect(dumpJson(packed)).toBe(JSON.stringify('[{1, 2}, {3: "a"}, 1.50]'))
    expect(dumpValue(call('rt_host_unpack', packed))).toBe('[{1, 2}, {3: "a"}, 1.50]')
    expect(call('rt_host_unpack', 0)).toBe(0)
    expect(() => call('rt_host_unpack', parseValue('1'))).toThrow('internal: result of a host builtin is no text')
    expect(() => call('rt_host_unpack', parseValue('"{"'))).toThrow('internal: result of a host builtin is malformed')
  })
})
