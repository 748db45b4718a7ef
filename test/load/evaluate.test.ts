/** What goes into an evaluation and what comes out of it. */
import { describe, expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { RegoEvalError, RegoLoadError } from '../../src/errors.js'
import { loadRego, loadRegoSync } from '../../src/load/load.js'
import type { RegoPolicy } from '../../src/load/rego-policy.js'
import { num } from '../../src/value/value.js'

const ECHO = compileRego({
  modules: {
    'p.rego': 'package p\necho := input\nhas_input if input\nnone := 1 if false\nsets := {3, 1, "x"}\nkeys := {1: "a", [2]: "b"}',
  },
  entrypoints: ['p/echo', 'p/has_input', 'p/none', 'p/sets', 'p/keys'],
})

function failureOf(act: () => unknown): { code: string; message: string; location?: unknown } {
  try {
    act()
  } catch (error) {
    if (error instanceof RegoEvalError) {
      const { code, message, location } = error
      return location === undefined ? { code, message } : { code, message, location }
    }
    throw error
  }
  throw new Error('nothing failed')
}

describe('input and result', () => {
  const policy = loadRegoSync(ECHO)

  test.each([null, false, true, 0, -0.5, '', 'grüße 🎉', [], {}, [[[]]], { a: { b: [1, null] } }])(
    '%j is what it was',
    (value) => {
      expect(policy.evaluate('p/echo', value)).toEqual(value)
    },
  )

  test('a key named __proto__ is an ordinary key', () => {
    const input = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as object
    const result = policy.evaluate('p/echo', input) as object
    expect(Object.entries(result)).toEqual(Object.entries(input))
  })

  test('no input is undefined, and not null', () => {
    expect(policy.evaluate('p/echo')).toBe(undefined)
    expect(policy.evaluate('p/has_input')).toBe(undefined)
    expect(policy.evaluate('p/has_input', null)).toBe(true)
  })

  test('an undefined document', () => {
    expect(policy.evaluate('p/none', {})).toBe(undefined)
    expect(policy.evaluateText('p/none', '{}')).toBe(undefined)
  })

  test('numbers lose no digit as text', () => {
    const text = '[12345678901234567890,1.0,1e400,0.1000,-0]'
    expect(policy.evaluateText('p/echo', text)).toBe(text)
  })

  test('sets are ascending arrays, keys texts', () => {
    expect(policy.evaluateText('p/sets')).toBe('[1,3,"x"]')
    expect(policy.evaluateText('p/keys')).toBe('{"1":"a","[2]":"b"}')
    expect(policy.evaluateValueText('p/sets')).toBe('{{"result": {1, 3, "x"}}}')
  })

  test('a result that looks like the end of a result set', () => {
    const input = '["},{\\"result\\":1}]"]'
    expect(policy.evaluateText('p/echo', input)).toBe(input)
    const nested = '[{"result":1},{"result":2}]'
    expect(policy.evaluateText('p/echo', nested)).toBe(nested)
  })

  test('documents larger than the memory at hand', () => {
    const large = Array.from({ length: 50_000 }, (_, at) => `grüße ${at}`)
    expect(policy.evaluate('p/echo', large)).toEqual(large)
    expect(policy.evaluate('p/echo', 1)).toBe(1)
  })

  test('lone surrogates become the replacement character', () => {
    expect(policy.evaluate('p/echo', 'a\ud800b')).toBe('a\ufffdb')
  })

  test.each(['', ' ', '{', '{"a":}', 'nul', '[1,]', '"\\x"'])('input text %j is no JSON', (text) => {
    expect(failureOf(() => policy.evaluateText('p/echo', text))).toEqual({
      code: 'eval_input_error',
      message: 'invalid input: malformed JSON',
    })
    expect(policy.evaluate('p/echo', 'still usable')).toBe('still usable')
  })

  test('values without JSON form', () => {
    const circular: unknown[] = []
    circular.push(circular)
    expect(failureOf(() => policy.evaluate('p/echo', () => 1))).toEqual({
      code: 'eval_input_error',
      message: 'invalid input: a function has no JSON form',
    })
    expect(failureOf(() => policy.evaluate('p/echo', circular)).code).toBe('eval_input_error')
    expect(failureOf(() => policy.evaluate('p/echo', { n: 1n })).code).toBe('eval_input_error')
  })

  test('an entrypoint that does not exist', () => {
    for (const name of ['p/nothing', '', 'toString', '__proto__'])
      expect(failureOf(() => policy.evaluate(name))).toEqual({
        code: 'eval_entrypoint_error',
        message: `there is no entrypoint \`${name}\``,
      })
  })

  test.each([['data.p.echo'], ['p.echo'], ['p/ehco'], ['q/echo']])('the entrypoint that was meant by %s', (name) => {
    expect(failureOf(() => policy.evaluate(name)).message).toBe(`there is no entrypoint \`${name}\`; did you mean \`p/echo\`?`)
  })

  test('input nested deeper than is allowed', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(failureOf(() => policy.evaluateText('p/echo', deep)).code).toBe('eval_input_error')
    expect(policy.evaluate('p/echo', 1)).toBe(1)
  })
})

test('entrypoints keep the order in which they were asked for', () => {
  expect([...loadRegoSync(ECHO).entrypoints].sort()).toEqual(['p/echo', 'p/has_input', 'p/keys', 'p/none', 'p/sets'])
})

describe('data', () => {
  const compiled = compileRego({
    modules: { 'p.rego': 'package p\nall := data.d\ncount_of := count(data.d.items)' },
    entrypoints: ['p/all', 'p/count_of'],
  })
  const load = (text = '{"d":{"items":{"a":1}}}'): RegoPolicy => {
    const policy = loadRegoSync(compiled)
    policy.setDataText(text)
    return policy
  }

  test('is an empty document at first', () => {
    const policy = loadRegoSync(compiled)
    expect(policy.dataText()).toBe('{}')
    expect(policy.evaluate('p/all')).toBe(undefined)
  })

  test('any JSON value', () => {
    const policy = load()
    for (const value of [null, false, 0, '', [1], { d: false }]) {
      policy.setData(value)
      expect(policy.dataText()).toBe(JSON.stringify(value))
    }
    expect(policy.evaluate('p/all')).toBe(false)
  })

  test('malformed text leaves what was there', () => {
    const policy = load()
    expect(failureOf(() => policy.setDataText('{"d":'))).toEqual({
      code: 'eval_input_error',
      message: 'invalid data: malformed JSON',
    })
    expect(policy.evaluate('p/all')).toEqual({ items: { a: 1 } })
    const fresh = loadRegoSync(compiled)
    expect(() => fresh.setDataText('?')).toThrow(RegoEvalError)
    expect(fresh.dataText()).toBe('{}')
  })

  test('setData of what has no JSON form leaves what was there', () => {
    const policy = load()
    expect(failureOf(() => policy.setData(undefined)).code).toBe('eval_input_error')
    expect(policy.evaluate('p/all')).toEqual({ items: { a: 1 } })
  })

  test('paths are set and removed in place', () => {
    const policy = load()
    policy.addDataPath(['d', 'items', 'b'], '12345678901234567890')
    policy.addDataPath(['x', 'y "z"', 'grüße'], '[true]')
    policy.addDataPath(['d', 'items', 'a'], '{"__proto__":1}')
    expect(policy.dataText()).toBe(
      '{"d":{"items":{"a":{"__proto__":1},"b":12345678901234567890}},"x":{"y \\"z\\"":{"grüße":[true]}}}',
    )
    expect(policy.evaluate('p/count_of')).toBe(2)
    policy.removeDataPath(['d', 'items', 'a'])
    policy.removeDataPath(['d', 'nowhere', 'a'])
    policy.removeDataPath(['x'])
    expect(policy.dataText()).toBe('{"d":{"items":{"b":12345678901234567890}}}')
    policy.addDataPath([], '{"d":1}')
    expect(policy.dataText()).toBe('{"d":1}')
    policy.removeDataPath([])
    expect(policy.dataText()).toBe('{}')
  })

  test('paths work on a policy whose data were never set', () => {
    const policy = loadRegoSync(compiled)
    policy.addDataPath(['d'], '5')
    expect(policy.evaluate('p/all')).toBe(5)
  })

  test('faults of a change leave what was there', () => {
    const policy = load()
    const before = policy.dataText()
    expect(failureOf(() => policy.addDataPath(['d', 'items', 'a', 'b'], '1'))).toEqual({
      code: 'eval_input_error',
      message: '`data.d.items.a.b`: a parent on the path is no object',
    })
    expect(failureOf(() => policy.addDataPath(['d', 'c'], '{'))).toEqual({
      code: 'eval_input_error',
      message: '`data.d.c`: malformed JSON',
    })
    expect(policy.dataText()).toBe(before)
  })

  test('memory does not grow with the number of changes', () => {
    const policy = load('{"d":{"items":{}}}')
    const cycle = (at: number): void => {
      policy.addDataPath(['d', 'items', `key-${at % 10}`], JSON.stringify({ id: at, list: ['some', 'text', at] }))
      policy.evaluate('p/count_of')
      policy.removeDataPath(['d', 'items', `key-${at % 10}`])
      if (at % 7 === 0) expect(() => policy.addDataPath(['d', 'items', 'bad'], '[1,')).toThrow(RegoEvalError)
    }
    for (let at = 0; at < 500; at++) cycle(at)
    const size = policy.memoryBytes
    for (let at = 0; at < 5_000; at++) cycle(at)
    expect(policy.memoryBytes).toBe(size)
    expect(policy.dataText()).toBe('{"d":{"items":{}}}')
  })

  test('policies side by side share nothing', () => {
    const [one, two] = [load('{"d":1}'), load('{"d":2}')]
    one.addDataPath(['d'], '"changed"')
    expect([one.evaluate('p/all'), two.evaluate('p/all')]).toEqual(['changed', 2])
  })
})

describe('failures', () => {
  const location = (row: number, col: number): object => ({ file: 'pölicy.rego', row, col })
  const compiled = compileRego({
    modules: {
      'pölicy.rego': [
        'package p',
        'twice := 1 if input.a',
        'twice := 2 if input.b',
        'object[k] := v if some v, k in input.entries',
        'loop := count([1 | some x in numbers.range(1, 3000); some y in numbers.range(1, 3000); x == y])',
        'large := [x | some i in numbers.range(1, 200000); x := sprintf("%d", [i])]',
      ].join('\n'),
    },
    entrypoints: ['p/twice', 'p/object', 'p/loop', 'p/large'],
  })

  test('a rule with two values', () => {
    const policy = loadRegoSync(compiled)
    expect(policy.evaluate('p/twice', { a: 1 })).toBe(1)
    const failure = failureOf(() => policy.evaluate('p/twice', { a: 1, b: 1 }))
    expect(failure).toMatchObject({
      code: 'eval_conflict_error',
      message: 'var assignment conflict',
      location: { file: 'pölicy.rego' },
    })
    expect(policy.evaluate('p/twice', { b: 1 })).toBe(2)
  })

  test('a key with two values', () => {
    const policy = loadRegoSync(compiled)
    expect(failureOf(() => policy.evaluate('p/object', { entries: { a: 'k', b: 'k' } }))).toMatchObject({
      code: 'eval_conflict_error',
      message: 'object insert conflict',
      location: location(4, 1),
    })
    expect(policy.evaluate('p/object', { entries: { a: 'k' } })).toEqual({ k: 'a' })
  })

  test('too much work', () => {
    const policy = loadRegoSync(compiled, { budget: { work: 100_000 } })
    expect(failureOf(() => policy.evaluate('p/loop', { any: 'input' }))).toEqual({
      code: 'eval_budget_error',
      message: 'budget exceeded: work',
    })
    expect(policy.evaluate('p/twice', { a: 1 })).toBe(1)
  })

  test('too much memory', () => {
    const policy = loadRegoSync(compiled, { budget: { memoryBytes: 1 << 20 } })
    expect(failureOf(() => policy.evaluate('p/large'))).toEqual({ code: 'eval_budget_error', message: 'budget exceeded: memory' })
    expect(failureOf(() => policy.evaluateText('p/twice', JSON.stringify('x'.repeat(1 << 20)))).code).toBe('eval_budget_error')
    policy.setData({ small: 1 })
    expect(failureOf(() => policy.setData('x'.repeat(1 << 20))).code).toBe('eval_budget_error')
    expect(policy.dataText()).toBe('{"small":1}')
    expect(policy.evaluate('p/twice', { a: 1 })).toBe(1)
  })

  test('bytes that are no policy', async () => {
    const invalid = { code: 'load_invalid_module' }
    await expect(loadRego(Uint8Array.of(1, 2, 3))).rejects.toMatchObject(invalid)
    await expect(loadRego(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))).rejects.toMatchObject(invalid)
    expect(() => loadRegoSync(new Uint8Array())).toThrow(RegoLoadError)
  })
})

describe('host builtins', () => {
  const declared = { args: [{ kind: 'any', of: [] }], result: { kind: 'any', of: [] } } as const
  const compiled = compileRego({
    modules: { 'p.rego': 'package p\nx := my.own(input)\ny := my.own({{1, 2}: 12345678901234567890})' },
    entrypoints: ['p/x', 'p/y'],
    builtins: { 'my.own': declared },
  })

  test("the user's own, over plain JSON", async () => {
    const policy = await loadRego(compiled, { builtins: { 'my.own': (value) => ({ got: value }) } })
    expect(policy.evaluate('p/x', [1, 'a'])).toEqual({ got: [1, 'a'] })
    expect(policy.evaluateText('p/y')).toBe('{"got":{"[1,2]":12345678901234567000}}')
  })

  test("the user's own, exact", async () => {
    const policy = await loadRego(compiled, { builtins: { 'my.own': { exact: (_, value) => [value, num(1)] } } })
    expect(policy.evaluateValueText('p/y')).toBe('{{"result": [{{1, 2}: 12345678901234567890}, 1]}}')
  })

  test('undefined is undefined, in a policy loaded from bytes too', async () => {
    const policy = await loadRego(compiled.wasm, { builtins: { 'my.own': () => undefined } })
    expect(policy.evaluate('p/x', 1)).toBe(undefined)
  })

  test('one that nobody supplies', async () => {
    await expect(loadRego(compiled)).rejects.toMatchObject({
      code: 'load_missing_builtin',
      message: 'the policy calls `my.own`, which nobody supplies: pass an implementation in `builtins`',
    })
  })

  test('one that throws', async () => {
    const cause = new Error('no luck')
    const policy = await loadRego(compiled, {
      builtins: {
        'my.own': (value) => {
          if (value === 'bad') throw cause
          return value
        },
      },
    })
    expect(() => policy.evaluate('p/x', 'bad')).toThrow(
      expect.objectContaining({ code: 'eval_internal_error', message: 'no luck', cause }),
    )
    expect(policy.evaluate('p/x', 'good')).toBe('good')
  })

  test('one that enters the policy again', async () => {
    let policy: RegoPolicy | undefined
    policy = await loadRego(compiled, { builtins: { 'my.own': () => policy?.evaluate('p/x', 1) } })
    expect(() => policy.evaluate('p/x', 1)).toThrow(RegoEvalError)
  })

  test('equal calls within one evaluation are one call', async () => {
    const calls: unknown[] = []
    const twice = compileRego({
      modules: { 'p.rego': 'package p\nx := [my.own(y) | some y in [1, 2, 1, 1]]' },
      entrypoints: ['p/x'],
      builtins: { 'my.own': declared },
    })
    const policy = await loadRego(twice, { builtins: { 'my.own': (value) => calls.push(value) } })
    expect(policy.evaluate('p/x')).toEqual([1, 2, 1, 1])
    expect(calls).toEqual([1, 2])
  })

  test('the clock stands still during an evaluation, and goes on between them', async () => {
    let now = 0n
    const clocked = compileRego({ modules: { 'p.rego': 'package p\nx := [time.now_ns(), time.now_ns()]' }, entrypoints: ['p/x'] })
    const policy = await loadRego(clocked, { clock: () => ++now })
    expect(policy.evaluate('p/x')).toEqual([1, 1])
    expect(policy.evaluate('p/x')).toEqual([2, 2])
  })

  test('print tells lines and places', async () => {
    const lines: unknown[] = []
    const printing = compileRego({
      modules: { 'p.rego': 'package p\nx if {\n\tprint("a", input.b, input.none)\n}' },
      entrypoints: ['p/x'],
      print: true,
    })
    const policy = await loadRego(printing, { print: (line, place) => lines.push([line, place]) })
    policy.evaluate('p/x', { b: [1] })
    expect(lines).toEqual([['a [1] <undefined>', expect.objectContaining({ file: 'p.rego', row: 3 })]])
  })
})

describe('strict builtin errors', () => {
  const modules = { 'p.rego': 'package p\nx := input.a / input.b\ny := regex.match("(", input.s)' }
  const entrypoints = ['p/x', 'p/y']

  test('by default an error of a builtin makes the call undefined', async () => {
    const policy = await loadRego(compileRego({ modules, entrypoints }))
    expect(policy.evaluate('p/x', { a: 1, b: 0 })).toBe(undefined)
    expect(policy.evaluate('p/y', { s: '' })).toBe(undefined)
  })

  test('where they are fatal, they tell their place', async () => {
    const policy = await loadRego(compileRego({ modules, entrypoints, strictBuiltinErrors: true }))
    expect(failureOf(() => policy.evaluate('p/x', { a: 1, b: 0 }))).toMatchObject({
      code: 'eval_builtin_error',
      location: { file: 'p.rego', row: 2, col: 6 },
    })
    expect(failureOf(() => policy.evaluate('p/x', { a: 1, b: 'b' }))).toMatchObject({
      code: 'eval_type_error',
      location: { file: 'p.rego', row: 2, col: 6 },
    })
    expect(failureOf(() => policy.evaluate('p/y', { s: '' }))).toMatchObject({
      code: 'eval_builtin_error',
      location: { file: 'p.rego', row: 3, col: 6 },
    })
    expect(policy.evaluate('p/x', { a: 1, b: 2 })).toBe(0.5)
  })
})
