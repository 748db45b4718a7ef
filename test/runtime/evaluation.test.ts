import { describe, expect, test } from 'vitest'
import { RuntimeAbort, type Runtime, createRuntime } from '../support/runtime-harness.js'

/** Begins an evaluation of `input` as `opa_eval` does; undefined: no input. */
function begin(runtime: Runtime, input: string | undefined, data = 0, functions = 0): number {
  const top = runtime.call('opa_heap_ptr_get')
  if (input === undefined) return runtime.call('rt_eval_begin', data, 0, 0, top, functions)
  const bytes = new TextEncoder().encode(input)
  new Uint8Array(runtime.memory.buffer).set(bytes, top)
  return runtime.call('rt_eval_begin', data, top, bytes.length, top + bytes.length, functions)
}

const UNKNOWN = -1

describe('an evaluation', () => {
  test('reads its input, has its data, and gives the result set as JSON or value text', () => {
    const runtime = createRuntime()
    const { call, parseJson, parseValue, dumpJson, textAt } = runtime
    const data = parseJson('{"base": [1]}')
    const context = begin(runtime, '{"user": "x"}', data)
    expect(dumpJson(call('rt_ctx_input', context))).toBe('{"user":"x"}')
    expect(call('rt_ctx_data', context)).toBe(data)
    call('opa_eval_ctx_set_entrypoint', context, 3)
    expect(call('rt_ctx_entrypoint', context)).toBe(3)
    call('rt_set_add', call('rt_ctx_result', context), parseValue('{"result": {2, 1}}'))
    expect(textAt(call('rt_eval_end', context, 0))).toBe('[{"result":[1,2]}]')
    expect(textAt(call('rt_eval_end', context, 1))).toBe('{{"result": {1, 2}}}')
    expect(dumpJson(data)).toBe('{"base":[1]}')
  })

  test('of nothing has no input and an empty result', () => {
    const runtime = createRuntime()
    const context = begin(runtime, undefined)
    expect(runtime.call('rt_ctx_input', context)).toBe(0)
    expect(runtime.textAt(runtime.call('rt_eval_end', context, 0))).toBe('[]')
    expect(runtime.textAt(runtime.call('rt_eval_end', context, 1))).toBe('set()')
  })

  test('aborts on input that is no JSON, and the next one is not affected', () => {
    const runtime = createRuntime()
    expect(() => begin(runtime, '{"a": ')).toThrow('invalid input: malformed JSON')
    const context = begin(runtime, '[null, false, 0]')
    expect(runtime.dumpJson(runtime.call('rt_ctx_input', context))).toBe('[null,false,0]')
  })

  test('takes a heap pointer of any alignment and starts from it again each time', () => {
    const runtime = createRuntime()
    const top = runtime.call('opa_heap_ptr_get')
    const ends = ['[1]', '[22]', '[333]', '["x"]'].map((input) => {
      const bytes = new TextEncoder().encode(input)
      new Uint8Array(runtime.memory.buffer).set(bytes, top)
      const context = runtime.call('rt_eval_begin', 0, top, bytes.length, top + bytes.length, 0)
      expect(runtime.dumpJson(runtime.call('rt_ctx_input', context))).toBe(input)
      return runtime.call('opa_heap_ptr_get')
    })
    expect(Math.max(...ends) - top).toBeLessThan(200)
  })

  test('by the older calls works alike', () => {
    const { call, parseJson, dumpJson } = createRuntime()
    const context = call('opa_eval_ctx_new')
    const [input, data] = [parseJson('{"a": 1}'), parseJson('{"b": 2}')]
    call('opa_eval_ctx_set_input', context, input)
    call('opa_eval_ctx_set_data', context, data)
    call('rt_memo_reset', 4)
    expect(call('rt_ctx_input', context)).toBe(input)
    expect(call('rt_ctx_data', context)).toBe(data)
    expect(call('rt_ctx_entrypoint', context)).toBe(0)
    expect(dumpJson(call('opa_eval_ctx_get_result', context))).toBe('[]')
  })

  test('leaves data as it was, even where it looked things up, sorted and grew tables', () => {
    const runtime = createRuntime()
    const { call, parseJson, dumpJson } = runtime
    const keys = Array.from({ length: 30 }, (_, at) => `k${(at * 7) % 30}`)
    const json = JSON.stringify(Object.fromEntries(keys.map((key) => [key, key])))
    const data = parseJson(json)
    const path = parseJson('["added"]')
    call('opa_value_add_path', data, path, parseJson('true'))
    const before = dumpJson(data)
    for (let round = 0; round < 3; round++) {
      begin(runtime, `{"probe": ${json}}`, data, 2)
      expect(call('rt_scan_open', data)).toBe(31)
      const merged = call('rt_object_merge', data, parseJson('{"more": 1}'))
      expect(dumpJson(call('rt_get', merged, parseJson('"more"')))).toBe('1')
      expect(dumpJson(call('rt_get', data, parseJson('"k7"')))).toBe('"k7"')
      expect(dumpJson(data)).toBe(before)
    }
  })
})

describe('memo tables', () => {
  test('know nothing, a value, or undefined', () => {
    const runtime = createRuntime()
    const { call } = runtime
    begin(runtime, undefined, 0, 3)
    const value = call('rt_null')
    call('rt_memo_set', 1, value)
    call('rt_memo_set', 2, 0)
    expect([0, 1, 2].map((index) => call('rt_memo_get', index))).toEqual([UNKNOWN, value, 0])
    begin(runtime, undefined, 0, 3)
    expect([0, 1, 2].map((index) => call('rt_memo_get', index))).toEqual([UNKNOWN, UNKNOWN, UNKNOWN])
  })

  test('are fresh within a `with` and as before after it', () => {
    const runtime = createRuntime()
    const { call, parseValue } = runtime
    begin(runtime, undefined, 0, 2)
    const [one, two] = [call('rt_null'), call('rt_boolean', 1)]
    const args = parseValue('["x", {1}]')
    call('rt_memo_set', 0, one)
    call('rt_call_memo_set', 5, args, one)
    call('rt_memo_push')
    expect([call('rt_memo_get', 0), call('rt_call_memo_get', 5, args)]).toEqual([UNKNOWN, UNKNOWN])
    call('rt_memo_set', 0, two)
    call('rt_call_memo_set', 5, args, two)
    call('rt_memo_push')
    expect(call('rt_memo_get', 0)).toBe(UNKNOWN)
    call('rt_memo_pop')
    expect([call('rt_memo_get', 0), call('rt_call_memo_get', 5, args)]).toEqual([two, two])
    call('rt_memo_pop')
    expect([call('rt_memo_get', 0), call('rt_call_memo_get', 5, args)]).toEqual([one, one])
  })

  test('tell calls apart by function and by the values of the arguments', () => {
    const runtime = createRuntime()
    const { call, parseValue } = runtime
    begin(runtime, undefined, 0, 1)
    const results = new Map<string, number>()
    for (let at = 0; at < 500; at++) {
      const result = call('rt_number_int', BigInt(1000 + at))
      call('rt_call_memo_set', at % 7, parseValue(`[${at}, {"k": ${at % 3}}]`), result)
      results.set(`${at % 7} [${at}.0, {"k": ${at % 3}e0}]`, result)
    }
    for (const [key, result] of results) {
      const [index = '', ...args] = key.split(' ')
      expect(call('rt_call_memo_get', Number(index), parseValue(args.join(' ')))).toBe(result)
    }
    expect(call('rt_call_memo_get', 1, parseValue('[0, {"k": 0}]'))).toBe(UNKNOWN)
    expect(call('rt_call_memo_get', 0, parseValue('[]'))).toBe(UNKNOWN)
    call('rt_call_memo_set', 0, parseValue('[]'), 0)
    expect(call('rt_call_memo_get', 0, parseValue('[]'))).toBe(0)
  })

  test('of many `with`s do not pile up', () => {
    const runtime = createRuntime()
    const { call } = runtime
    begin(runtime, undefined, 0, 200)
    const value = call('rt_null')
    const round = (): void => {
      call('rt_memo_push')
      call('rt_memo_set', 7, value)
      call('rt_memo_pop')
    }
    round()
    const top = call('opa_heap_ptr_get')
    for (let times = 0; times < 10_000; times++) round()
    expect(call('opa_heap_ptr_get')).toBe(top)
  })
})

describe('limits', () => {
  test('running out of work aborts, and the budget can be set anew', () => {
    const runtime = createRuntime()
    const { call, global, parseValue } = runtime
    expect(() => call('rt_out_of_fuel')).toThrow(new RuntimeAbort('budget exceeded: work'))
    begin(runtime, undefined)
    const set = call('rt_set_new')
    for (let at = 0n; at < 1000n; at++) call('rt_set_add', set, call('rt_number_int', 999n - at))
    global('rt_fuel').value = 10n
    expect(() => call('rt_scan_open', set)).toThrow('budget exceeded: work')
    global('rt_fuel').value = 1_000_000n
    expect(call('rt_scan_open', set)).toBe(1000)
    expect(call('rt_scan_open', parseValue('[1]'))).toBe(1)
  })

  test('keys of one hash are told apart, and paid for', () => {
    const runtime = createRuntime()
    const { call, global, memory } = runtime
    begin(runtime, undefined)
    // Strings whose cached hash says that they are all alike: the worst that hostile keys can do.
    const alike = (at: number): number => {
      const text = runtime.parseJson(`"key-${at}"`)
      new DataView(memory.buffer).setUint32(text + 8, 1, true)
      return text
    }
    const object = call('rt_object_new')
    for (let at = 0; at < 1000; at++) call('rt_object_insert', object, alike(at), call('rt_number_int', BigInt(at)))
    expect(runtime.dumpJson(call('rt_length', object))).toBe('1000')
    for (let at = 0; at < 1000; at++) expect(runtime.dumpJson(call('rt_get', object, alike(at)))).toBe(String(at))
    expect(call('rt_get', object, alike(1000))).toBe(0)
    global('rt_fuel').value = 50_000n
    expect(() => {
      for (let at = 1000; at < 20_000; at++) call('rt_object_insert', object, alike(at), 16)
    }).toThrow('budget exceeded: work')
  })

  test('a value that grew too deep aborts, whatever walks over it', () => {
    const runtime = createRuntime()
    const { call, parseJson, dumpJson } = runtime
    begin(runtime, undefined)
    const deep = (): number => {
      let value = parseJson('[]')
      for (let level = 0; level < 2500; level++) {
        const outer = call('rt_array_new', 1)
        call('rt_array_append', outer, value)
        value = outer
      }
      return value
    }
    const [a, b] = [deep(), deep()]
    const set = call('rt_set_new')
    for (let at = 0n; at < 9n; at++) call('rt_set_add', set, call('rt_number_int', at))
    const walks = [
      () => call('rt_compare', a, b),
      () => call('rt_equal', a, b),
      () => call('rt_set_add', set, a),
      () => call('opa_json_dump', a),
      () => call('opa_value_free', a),
    ]
    for (const walk of walks) expect(walk).toThrow('value nested too deeply')
    expect(dumpJson(parseJson('[[1]]'))).toBe('[[1]]')
  })
})

test('the image stands on its own: ABI 1.3, no start function, no other imports', () => {
  const { global } = createRuntime()
  expect([global('opa_wasm_abi_version').value, global('opa_wasm_abi_minor_version').value]).toEqual([1, 3])
})
