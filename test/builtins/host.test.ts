/** Finding implementations, loading them, and what one evaluation holds still. */
import { describe, expect, test } from 'vitest'
import { BuiltinError, BuiltinLimitError, createBuiltinContext } from '../../src/builtins/context.js'
import { hostFunction, isPrepared, prepareBuiltins } from '../../src/builtins/host.js'
import { BUILTINS } from '../../src/builtins/table.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { RegoSet, type RegoValue, num } from '../../src/value/value.js'
import { hostResult } from '../support/host-call.js'

/** The compiler resolves the first, the others reach beyond the evaluation. */
const WITHOUT_IMPLEMENTATION = [
  ['assign', 'eq', 'print', 'rego.metadata.chain', 'rego.metadata.rule'],
  ['http.send', 'net.lookup_ip_addr', 'opa.runtime'],
].flat()

describe('loading', () => {
  test('light families are at hand, heavy ones when they are asked for', async () => {
    expect(isPrepared('count')).toBe(true)
    expect(isPrepared('yaml.marshal')).toBe(false)
    const early = hostFunction('yaml.marshal')
    expect(() => early?.(createBuiltinContext(), 'x')).toThrow(
      "builtin yaml.marshal has not been loaded: await prepareBuiltins(['yaml.marshal']) first",
    )
    await prepareBuiltins(['yaml.marshal', 'no.such', 'count'])
    expect(isPrepared('yaml.marshal')).toBe(true)
    expect(isPrepared('graphql.parse')).toBe(false)
    expect(hostFunction('yaml.marshal')?.(createBuiltinContext(), 'x')).toBe('x\n')
  })

  test('every builtin has an implementation, except for those that cannot', async () => {
    await prepareBuiltins(BUILTINS.keys())
    const missing = [...BUILTINS.keys()].filter((name) => hostFunction(name) === undefined)
    expect(missing.sort()).toEqual([...WITHOUT_IMPLEMENTATION].sort())
    expect([...BUILTINS.keys()].filter((name) => hostFunction(name) !== undefined && !isPrepared(name))).toEqual([])
  })

  test('names from outside the language have none', () => {
    for (const name of ['no.such', 'constructor', '__proto__', 'toString']) expect(hostFunction(name)).toBeUndefined()
  })
})

describe('failing', () => {
  test('a failure names the builtin', async () => {
    await expect(hostResult('array.concat', ['x', []])).rejects.toThrow(/^array\.concat: operand 1 must be array but got string$/)
  })

  test.each([
    ['walk', 0],
    ['array.flatten', 0],
    ['json.marshal', 0],
    ['yaml.marshal', 0],
    ['object.subset', 1],
    ['json.remove', 1],
    ['json.match_schema', 1],
    ['strings.render_template', 2],
    ['sprintf', 3],
  ] as const)('the deepest documents are taken by %s, or a failure of it', async (name, shape) => {
    const array: RegoValue = parseJson('['.repeat(9000) + ']'.repeat(9000))
    const object: RegoValue = parseJson('{"a":'.repeat(9000) + '1' + '}'.repeat(9000))
    const operands = [[array], [object, name === 'json.remove' ? ['a/a/a'] : object], ['{{.}}', object], ['%v', [array]]][shape]
    const outcome = await hostResult(name, operands as RegoValue[]).then(
      () => 'taken',
      (error: unknown) => (error instanceof BuiltinError || error instanceof BuiltinLimitError ? 'taken' : error),
    )
    expect(outcome).toBe('taken')
  })
})

describe('patterns that are read in vain', () => {
  test.each([50_000, 400_000])('%i unfinished names of classes', async (count) => {
    const outcome = hostResult('regex.is_valid', ['[[:'.repeat(count)])
    await expect(outcome).rejects.toThrow('a pattern with so many unfinished names of classes is not compiled')
  })

  test('a few of them are a pattern like others', async () => {
    expect(await hostResult('regex.match', [`${'[[:'.repeat(100)}a]`, ':'])).toBe(true)
  })
})

describe('one evaluation', () => {
  const context = createBuiltinContext({ nowNs: 5n, seed: new Uint8Array(32).fill(7) })
  const other = createBuiltinContext({ nowNs: 6n, seed: new Uint8Array(32).fill(8) })

  test('has one time', async () => {
    expect(await hostResult('time.now_ns', [], context)).toEqual(num(5))
  })

  test('gives the same number for the same key and the same limit', async () => {
    const draw = (key: string, limit: number, from = context): Promise<RegoValue | undefined> =>
      hostResult('rand.intn', [key, num(limit)], from)
    const numbers = await Promise.all(Array.from({ length: 50 }, (_, key) => draw(`k${key}`, 1000)))
    expect(await Promise.all(Array.from({ length: 50 }, (_, key) => draw(`k${key}`, 1000)))).toEqual(numbers)
    expect(new Set(numbers.map((one) => writeJson(one as RegoValue))).size).toBeGreaterThan(30)
    expect(await Promise.all(Array.from({ length: 50 }, (_, key) => draw(`k${key}`, 1000, other)))).not.toEqual(numbers)
    expect(await draw('k', 0)).toEqual(num(0))
    expect(await draw('k', -1)).toEqual(await draw('k', 1))
  })

  test('gives the same identifier for the same key', async () => {
    const first = await hostResult('uuid.rfc4122', ['a'], context)
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(await hostResult('uuid.rfc4122', ['a'], context)).toBe(first)
    expect(await hostResult('uuid.rfc4122', ['b'], context)).not.toBe(first)
    expect(await hostResult('uuid.rfc4122', ['a'], other)).not.toBe(first)
  })

  test('prints where it is told to', async () => {
    const lines: string[] = []
    const printing = createBuiltinContext({ print: (line) => lines.push(line) })
    const print = await hostResult('internal.print', [[RegoSet.of(['a']), RegoSet.of([]), RegoSet.of([num(1)])]], printing)
    expect([print, lines]).toEqual([true, ['a <undefined> 1']])
  })
})
