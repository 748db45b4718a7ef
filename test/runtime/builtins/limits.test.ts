import { describe, expect, test } from 'vitest'
import { callBuiltin, callWithin } from '../../support/builtin-call.js'

const LONG = `"${'a'.repeat(50_000)}"`
const LONGER_NEEDLE = `"${'a'.repeat(25_000)}b"`
const COMPLETE_GRAPH = `{${range(30).map((node) => `${node}: [${range(30).join(', ')}]`).join(', ')}}`

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => place)
}

describe('a builtin with much to do', () => {
  test.each([
    ['a long range', 'numbers.range(1, 1000000000000)'],
    ['a long range of large numbers', 'numbers.range(1e30, 2e30)'],
    ['the paths of a complete graph', `graph.reachable_paths(${COMPLETE_GRAPH}, [0])`],
    ['a product of long numbers', `mul(${'9'.repeat(30_000)}, ${'9'.repeat(30_000)})`],
    ['a long number of another base', `format_int(${'9'.repeat(30_000)}, 2)`],
  ])('%s runs out of work', (_, call) => {
    expect(() => callWithin(call, { work: 300_000n })).toThrow('budget exceeded: work')
  })

  test.each([
    ['a string that grows', `replace(${LONG}, "", "${'x'.repeat(2_000)}")`],
    ['a shift by half the memory', 'bits.lsh(1, 4000000000)'],
    ['a shift by more than any memory', 'bits.lsh(1, 18446744073709551615)'],
    ['a separator repeated', `concat("${'x'.repeat(100_000)}", ${JSON.stringify(range(1_000).map(String))})`],
  ])('%s runs out of memory', (_, call) => {
    expect(() => callWithin(call, { memory: 16 << 20 })).toThrow('budget exceeded: memory')
  })

  test('a search for what almost repeats takes linear time', () => {
    expect(callWithin(`contains(${LONG}, ${LONGER_NEEDLE})`, { work: 100_000n })).toBe('false')
    expect(callWithin(`indexof(${LONG}, ${LONGER_NEEDLE})`, { work: 100_000n })).toBe('-1')
  })

  test('many patches of a long array take linear work', () => {
    const operations = range(5_000).map((place) => `{"op": "add", "path": "/-", "value": ${place}}`)
    const patched = callWithin(`json.patch([], [${operations.join(', ')}])`, { work: 1_000_000n, memory: 16 << 20 })
    expect(patched).toBe(`[${range(5_000).join(', ')}]`)
  })

  test('the union of many objects takes linear work', () => {
    const objects = range(5_000).map((place) => `{"k": {${place}: 1}}`)
    const merged = callWithin(`object.union_n([${objects.join(', ')}])`, { work: 200_000n, memory: 16 << 20 })
    expect(merged).toBe(`{"k": {${range(5_000).map((place) => `${place}: 1`).join(', ')}}}`)
  })
})

test('numbers of tens of thousands of digits are exact', () => {
  const nines = '9'.repeat(30_000)
  expect(callBuiltin(`plus(${nines}, 1)`)).toBe(`1${'0'.repeat(30_000)}`)
  expect(callBuiltin('mul(1e30000, 1e30000)')).toBe(`1${'0'.repeat(60_000)}`)
  expect(callBuiltin(`rem(${nines}, 1e29999)`)).toBe('9'.repeat(29_999))
})

test('a deep value is walked, and too deep a one refused', () => {
  const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  expect(callBuiltin(`walk(${deep(500)})`)?.match(/\[\]/g)?.length).toBeGreaterThan(500)
  expect(() => callBuiltin(`json.unmarshal("${deep(5_000)}")`)).toThrow('value nested too deeply')
  expect(() => callBuiltin(`json.is_valid("${deep(5_000)}")`)).toThrow('value nested too deeply')
})
