import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HEAP_BASE, type Runtime, RuntimeAbort, createRuntime } from '../support/runtime-harness.js'

const OK = 0
const INTERNAL = 1
const INVALID_TYPE = 2
const INVALID_PATH = 3

const OBJECT_TYPE = 6

/** A document that is changed in place, in the order of calls that hosts keep to. */
class LiveData {
  readonly value: number
  #top: number

  constructor(
    readonly runtime: Runtime,
    json: string,
  ) {
    this.value = runtime.parseJson(json)
    this.#top = runtime.call('opa_heap_ptr_get')
  }

  /** First address that an evaluation may use. */
  get top(): number {
    return this.#top
  }

  add(path: readonly string[], json: string): number {
    return this.#change(path, (pathValue) => {
      const { call, parseJson } = this.runtime
      const added = parseJson(json)
      const error = call('opa_value_add_path', this.value, pathValue, added)
      if (error !== OK) call('opa_value_free', added)
      return error
    })
  }

  remove(path: readonly string[]): number {
    return this.#change(path, (pathValue) => this.runtime.call('opa_value_remove_path', this.value, pathValue))
  }

  json(): string {
    this.runtime.call('opa_heap_ptr_set', this.#top)
    const text = this.runtime.dumpJson(this.value)
    this.runtime.call('opa_heap_ptr_set', this.#top)
    return text
  }

  /** What an evaluation does to the heap: it begins at the top, writes all over it and is gone, perhaps before its end. */
  evaluate(work = 1_000_000): void {
    const { call, memory, global } = this.runtime
    call('opa_heap_ptr_set', this.#top)
    global('rt_fuel').value = BigInt(work)
    try {
      const context = call('rt_eval_begin', this.value, 0, 0, this.#top, 3)
      this.#scan(this.value)
      call('rt_eval_end', context, 0)
    } catch (error) {
      if (!(error instanceof RuntimeAbort)) throw error
    }
    new Uint8Array(memory.buffer).fill(0xaa, this.#top, Math.min(this.#top + 4096, memory.buffer.byteLength))
  }

  /** Asks for the order of an object and of those below it. */
  #scan(value: number): void {
    const { call } = this.runtime
    const length = call('rt_type', value) === OBJECT_TYPE ? call('rt_scan_open', value) : 0
    for (let place = 0; place < length; place++) this.#scan(call('rt_scan_value', value, place))
  }

  #change(path: readonly string[], change: (path: number) => number): number {
    const { call, parseJson } = this.runtime
    call('opa_heap_ptr_set', this.#top)
    call('opa_heap_blocks_restore')
    const pathValue = parseJson(JSON.stringify(path))
    const error = change(pathValue)
    call('opa_value_free', pathValue)
    call('opa_heap_blocks_stash')
    this.#top = call('opa_heap_ptr_get')
    return error
  }
}

const liveData = (json: string): LiveData => new LiveData(createRuntime(), json)

describe('adding', () => {
  test('sets an entry, replaces one, and makes missing parents', () => {
    const data = liveData('{"a": {"b": 1}}')
    expect(data.add(['a', 'c'], '[2]')).toBe(OK)
    expect(data.add(['a', 'b'], '{"x": null}')).toBe(OK)
    expect(data.add(['d', 'e', 'f'], '"deep"')).toBe(OK)
    expect(data.json()).toBe('{"a":{"b":{"x":null},"c":[2]},"d":{"e":{"f":"deep"}}}')
  })

  test('leaves the document alone when a parent is no object or the path is none', () => {
    const before = '{"a":[{}],"b":{"c":"text"},"n":null}'
    const data = liveData(before)
    expect([data.add(['a', '0'], '1'), data.add(['b', 'c', 'd'], '1'), data.add(['n', 'x', 'y'], '1')]).toEqual([2, 2, 2])
    expect(data.add([], '1')).toBe(INVALID_PATH)
    expect(data.json()).toBe(before)
  })

  test('takes paths of strings only', () => {
    const { call, parseJson } = createRuntime()
    const data = parseJson('{}')
    const add = (path: string): number => call('opa_value_add_path', data, parseJson(path), parseJson('1'))
    expect([add('[1]'), add('["a", null]'), add('"a"'), add('{}'), add('[]')]).toEqual([3, 3, 3, 3, 3])
    expect(call('opa_value_add_path', data, 0, parseJson('1'))).toBe(INVALID_PATH)
    expect(call('opa_value_add_path', 0, parseJson('["a"]'), parseJson('1'))).toBe(INVALID_TYPE)
  })

  test('does not touch constants', () => {
    const runtime = createRuntime()
    // An empty object below the heap, as the compiler lays one out.
    new DataView(runtime.memory.buffer).setUint32(HEAP_BASE - 64, 6 | (3 << 8), true)
    expect(runtime.call('opa_value_add_path', HEAP_BASE - 64, runtime.parseJson('["a"]'), runtime.parseJson('1'))).toBe(INTERNAL)
  })
})

describe('removing', () => {
  test('takes an entry out; a path that is not there is no error', () => {
    const data = liveData('{"a": {"b": 1, "c": 2}}')
    expect([data.remove(['a', 'b']), data.remove(['a', 'x']), data.remove(['x', 'y'])]).toEqual([OK, OK, OK])
    expect(data.json()).toBe('{"a":{"c":2}}')
  })

  test('refuses to go through what is no object', () => {
    const data = liveData('{"a": [1]}')
    expect([data.remove(['a', '0']), data.remove([])]).toEqual([INVALID_TYPE, INVALID_PATH])
    expect(data.json()).toBe('{"a":[1]}')
  })
})

test('any sequence of changes gives what it gives on an ordinary object, evaluations in between', () => {
  // Comparing long keys takes work: an evaluation may end in the middle of putting them in order.
  const long = Array.from({ length: 16 }, (_, at) => `${'k'.repeat(3000)}${at}`)
  const key = fc.constantFrom(...Array.from({ length: 24 }, (_, at) => `k${at}`), '', '__proto__', ...long)
  const path = fc.oneof({ weight: 2, arbitrary: fc.tuple(key) }, { weight: 1, arbitrary: fc.array(key, { minLength: 1, maxLength: 3 }) })
  const add = fc.record({ kind: fc.constant('add' as const), path, value: fc.jsonValue({ maxDepth: 2 }) })
  const remove = fc.record({ kind: fc.constant('remove' as const), path })
  const evaluate = fc.record({ kind: fc.constant('evaluate' as const), work: fc.oneof(fc.constant(1_000_000), fc.integer({ min: 20, max: 150 })) })
  const change = fc.oneof({ weight: 3, arbitrary: add }, { weight: 2, arbitrary: remove }, { weight: 2, arbitrary: evaluate })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 80, size: 'max' }), (changes) => {
      const data = liveData('{}')
      const model: Model = new Map()
      for (const step of changes) {
        if (step.kind === 'evaluate') data.evaluate(step.work)
        else if (step.kind === 'remove') expect(data.remove(step.path)).toBe(removeFromModel(model, step.path))
        else {
          const expected = addToModel(model, step.path, toModel(step.value))
          expect(data.add(step.path, JSON.stringify(step.value))).toBe(expected)
        }
      }
      expect(data.json()).toBe(modelJson(model))
    }),
    { numRuns: 200 },
  )
})

test('an object of a thousand entries stays right while entries come and go', () => {
  const data = liveData('{"devices": {}}')
  const model = new Map<string, number>()
  for (let step = 0; step < 5000; step++) {
    const key = `device${(step * 7919) % 1000}`
    if (model.has(key)) {
      data.remove(['devices', key])
      model.delete(key)
    } else {
      data.add(['devices', key], String(step))
      model.set(key, step)
    }
    if (step % 500 === 0) {
      data.evaluate()
      const { call, parseJson, dumpJson } = data.runtime
      const devices = call('rt_get', data.value, parseJson('"devices"'))
      for (const [name, value] of model) {
        expect(dumpJson(call('rt_get', devices, parseJson(JSON.stringify(name))))).toBe(String(value))
      }
      expect(call('rt_get', devices, parseJson('"absent"'))).toBe(0)
    }
  }
  expect(data.json()).toBe(modelJson(new Map([['devices', model]])))
})

describe('memory', () => {
  test('is bounded over hundreds of thousands of changes', () => {
    const data = liveData('{"started": {}, "devices": {"/run/layers/0": "hash"}}')
    const cycle = (round: number): void => {
      const id = `container-${round % 50}`
      data.add(['started', id], `{"args": ["sh", "-c", "run ${round % 977}"], "pid": ${round}, "flag": true}`)
      data.add(['devices', '/run/layers/0'], `"${'x'.repeat(round % 65)}"`)
      if (round % 2 === 1) data.remove(['started', `container-${(round - 1) % 50}`])
      if (round % 3 === 0) data.remove(['started', id])
      if (round % 16 === 0) data.evaluate()
    }
    let highest = 0
    const run = (from: number, to: number): void => {
      for (let round = from; round < to; round++) {
        cycle(round)
        highest = Math.max(highest, data.top)
      }
    }
    run(0, 20_000)
    const settled = { highest, bytes: data.runtime.memory.buffer.byteLength }
    run(20_000, 120_000)
    expect({ highest, bytes: data.runtime.memory.buffer.byteLength }).toEqual(settled)
  })

  test('is given back by freeing', () => {
    const { call, parseJson, parseValue } = createRuntime()
    call('opa_heap_ptr_set', HEAP_BASE)
    const documents = [
      { a: [1, 2.5, 'x', null, { b: {} }], long: 'y'.repeat(3000) },
      Array.from({ length: 3000 }, (_, at) => [at, `${at}`]),
    ]
    const texts = documents.map((document) => JSON.stringify(document))
    const round = (): void => {
      for (const text of texts) call('opa_value_free', parseJson(text))
      call('opa_value_free', parseValue('{{1, 2, "z"}: {[1]: 2.50}, 1: set()}'))
    }
    round()
    const settled = call('opa_heap_ptr_get')
    for (let times = 0; times < 200; times++) round()
    expect(call('opa_heap_ptr_get')).toBe(settled)
  })

  test('a host block can be freed and had again, a dump too', () => {
    const { call, parseJson } = createRuntime()
    const first = call('opa_malloc', 100)
    const second = call('opa_malloc', 5000)
    call('opa_malloc', 8)
    call('opa_free', first)
    call('opa_free', second)
    call('opa_free', 0)
    expect([call('opa_malloc', 97), call('opa_malloc', 5000)]).toEqual([first, second])
    const value = parseJson('["text"]')
    const dump = call('opa_json_dump', value)
    call('opa_free', dump)
    expect(call('opa_json_dump', value)).toBe(dump)
  })

  test('setting the heap pointer forgets free blocks, a stash keeps them, clearing drops them', () => {
    const { call } = createRuntime()
    const block = call('opa_malloc', 64)
    call('opa_malloc', 64)
    call('opa_free', block)
    call('opa_heap_blocks_stash')
    const top = call('opa_heap_ptr_get')
    expect(call('opa_malloc', 64)).toBeGreaterThan(block)
    call('opa_heap_ptr_set', top)
    call('opa_heap_blocks_restore')
    expect(call('opa_malloc', 64)).toBe(block)
    call('opa_free', block)
    call('opa_heap_blocks_stash')
    call('opa_heap_stash_clear')
    call('opa_heap_blocks_restore')
    expect(call('opa_malloc', 64)).toBe(top + 8)
  })

  test('blocks are aligned and the heap pointer need not be', () => {
    const { call } = createRuntime()
    call('opa_heap_ptr_set', HEAP_BASE + 3)
    expect(call('opa_heap_ptr_get')).toBe(HEAP_BASE + 8)
    expect([call('opa_malloc', 1) % 8, call('opa_malloc', 3) % 8, call('opa_malloc', 2000) % 8]).toEqual([0, 0, 0])
  })

  test('grows with the heap, also after the host has grown it', () => {
    const { call, memory } = createRuntime(2)
    memory.grow(3)
    const large = call('opa_malloc', 10_000_000)
    expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(large + 10_000_000)
  })

  test('may be read in whole words up to its very end', () => {
    const { call, memory, place } = createRuntime(2)
    const [a, b] = [place('"abc"'), place('"abd"')]
    // Room for two strings of 16 bytes, and for what is never given out.
    call('opa_heap_ptr_set', memory.buffer.byteLength - 48)
    const [left, right] = [call('opa_json_parse', a.address, a.length), call('opa_json_parse', b.address, b.length)]
    expect(memory.buffer.byteLength).toBe(2 * 65_536)
    expect(call('opa_heap_ptr_get')).toBe(memory.buffer.byteLength - 16)
    expect([call('rt_compare', left, right), call('rt_compare', right, left), call('rt_equal', left, right)]).toEqual([-1, 1, 0])
  })

  test('has a ceiling when one is set, and goes on below it', () => {
    const { call, memory, global, parseJson, dumpJson } = createRuntime(2)
    global('rt_memory_limit').value = 4 << 20
    const top = call('opa_heap_ptr_get')
    expect(() => call('opa_malloc', 8_000_000)).toThrow('budget exceeded: memory')
    call('opa_heap_ptr_set', top)
    expect(() => {
      for (;;) call('opa_malloc', 1000)
    }).toThrow('budget exceeded: memory')
    expect(memory.buffer.byteLength).toBeLessThanOrEqual(4 << 20)
    call('opa_heap_ptr_set', top)
    expect(dumpJson(parseJson('[1]'))).toBe('[1]')
  })
})

type Model = Map<string, unknown>

function toModel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return new Map(Object.keys(value).map((key) => [key, toModel((value as Record<string, unknown>)[key])]))
}

function addToModel(base: Model, path: readonly string[], value: unknown): number {
  const parents = path.slice(0, -1)
  let probe: unknown = base
  for (const key of parents) {
    if (!(probe instanceof Map)) return INVALID_TYPE
    if (!probe.has(key)) break
    probe = probe.get(key)
  }
  if (!(probe instanceof Map)) return INVALID_TYPE
  let parent = base
  for (const key of parents) {
    if (!parent.has(key)) parent.set(key, new Map())
    parent = parent.get(key) as Model
  }
  parent.set(path.at(-1) as string, value)
  return OK
}

function removeFromModel(base: Model, path: readonly string[]): number {
  let parent: unknown = base
  for (const key of path.slice(0, -1)) {
    if (!(parent instanceof Map)) return INVALID_TYPE
    if (!parent.has(key)) return OK
    parent = parent.get(key)
  }
  if (!(parent instanceof Map)) return INVALID_TYPE
  parent.delete(path.at(-1) as string)
  return OK
}

/** JSON with sorted keys, as the runtime writes it. */
function modelJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => modelJson(toModel(item))).join(',')}]`
  if (!(value instanceof Map)) return JSON.stringify(value)
  const keys = [...(value as Model).keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${keys.map((key) => `${JSON.stringify(key)}:${modelJson((value as Model).get(key))}`).join(',')}}`
}
