/** A policy module as a whole: its exports, its size, its memory, its ways in. */
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { describe, expect, test } from 'vitest'
import { hostFunction } from '../../src/builtins/host.js'
import { BUILTINS } from '../../src/builtins/table.js'
import { nativeName } from '../../src/codegen/program.js'
import { runtimeImage } from '../../src/codegen/runtime-image.js'
import { compilePlan, tryCompilePlan } from '../../src/compile-plan.js'
import { compileRego } from '../../src/compile.js'
import { RegoCompileError } from '../../src/errors.js'
import type { IrBlock, IrPolicy } from '../../src/ir/plan.js'
import { hostBuiltins, loadRego } from '../../src/load/load.js'
import { listedBuiltins } from '../../src/load/listed-builtins.js'
import { renderDiagnostic } from '../../src/printing.js'
import { type Draft, buildPlan, result, stmt } from '../support/plan-builder.js'

const ABI = [
  'builtins',
  'entrypoints',
  'eval',
  'memory',
  'opa_eval',
  'opa_eval_ctx_get_result',
  'opa_eval_ctx_new',
  'opa_eval_ctx_set_data',
  'opa_eval_ctx_set_entrypoint',
  'opa_eval_ctx_set_input',
  'opa_free',
  'opa_heap_blocks_restore',
  'opa_heap_blocks_stash',
  'opa_heap_ptr_get',
  'opa_heap_ptr_set',
  'opa_heap_stash_clear',
  'opa_json_dump',
  'opa_json_parse',
  'opa_malloc',
  'opa_value_add_path',
  'opa_value_dump',
  'opa_value_free',
  'opa_value_parse',
  'opa_value_remove_path',
  'opa_wasm_abi_minor_version',
  'opa_wasm_abi_version',
]
const OURS = ['rt_fuel', 'rt_memory_limit', 'rt_place', 'rt_strict']

const SMALL = compileRego({ modules: { 'p.rego': 'package p\nallow if input.user == "ann"' }, entrypoints: ['p/allow'] })

describe('the module', () => {
  test('exports the ABI and what our loader sets, no more', () => {
    const names = WebAssembly.Module.exports(new WebAssembly.Module(SMALL.wasm)).map(({ name }) => name)
    expect(names.sort()).toEqual([...ABI, ...OURS].sort())
  })

  test('imports the published functions alone', () => {
    const names = WebAssembly.Module.imports(new WebAssembly.Module(SMALL.wasm)).map(({ module, name }) => `${module}.${name}`)
    expect(names.sort()).toEqual(
      ['env.memory', 'env.opa_abort', 'env.opa_println', ...[0, 1, 2, 3, 4].map((arity) => `env.opa_builtin${arity}`)].sort(),
    )
  })

  test('is valid, and the same for the same policy', () => {
    const again = compileRego({ modules: { 'p.rego': 'package p\nallow if input.user == "ann"' }, entrypoints: ['p/allow'] })
    expect(WebAssembly.validate(SMALL.wasm)).toBe(true)
    expect(again.wasm).toEqual(SMALL.wasm)
  })

  test('of a small policy is small', () => {
    expect(SMALL.wasm.length).toBeLessThan(32 * 1024)
  })

  test('starts in a memory of one page', async () => {
    const policy = await loadPolicy(SMALL.wasm, { initial: 1 } as WebAssembly.MemoryDescriptor)
    expect(policy.evaluate({ user: 'ann' })).toEqual([{ result: true }])
    expect(policy.evaluate({ user: 'bob' })).toEqual([])
  })

  test('lists its builtins by bytes alone', () => {
    const compiled = compileRego({
      modules: { 'p.rego': 'package p\nx := time.now_ns()\ny := rand.intn("a", 3)' },
      entrypoints: ['p/x', 'p/y'],
    })
    expect([...listedBuiltins(new WebAssembly.Module(compiled.wasm))].sort()).toEqual([...compiled.builtins].sort())
    expect([...compiled.builtins].sort()).toEqual(['rand.intn@text', 'time.now_ns@text'])
  })
})

test("constants beyond the host's first memory are there from the start", async () => {
  const fill: Draft[] = Array.from({ length: 20_000 }, (_, at) =>
    stmt('ArrayAppendStmt', { value: `element ${at} of a large constant`, array: 2 }),
  )
  const plan = buildPlan({ plans: { p: [[stmt('MakeArrayStmt', { capacity: 0, target: 2 }), ...fill, result(2)]] } })
  const compiled = compilePlan(plan)
  expect(compiled.wasm.length).toBeGreaterThan(5 * 65_536)
  const policy = await loadPolicy(compiled.wasm)
  const [only] = policy.evaluate({}) as [{ result: string[] }]
  expect(only.result).toHaveLength(20_000)
  expect(only.result[19_999]).toBe('element 19999 of a large constant')
})

describe('the entrypoints of the ABI', () => {
  const plan = buildPlan({
    plans: {
      input: [[stmt('IsDefinedStmt', { source: 0 }), result(0)]],
      data: [[stmt('DotStmt', { source: 1, key: 'd', target: 2 }), result(2)]],
      nothing: [[stmt('BreakStmt', { index: 0 })]],
    },
  })

  async function exportsOf(): Promise<{
    call: (name: string, ...args: number[]) => number
    text: (address: number) => string
    put: (text: string, at: number) => number
  }> {
    const loaded = await loadPolicy(compilePlan(plan).wasm)
    const { exports } = loaded.wasmInstance as WebAssembly.Instance
    const bytes = (): Uint8Array => new Uint8Array(loaded.mem.buffer)
    return {
      call: (name, ...args) => (exports[name] as (...args: number[]) => number)(...args),
      text: (address) => new TextDecoder().decode(bytes().subarray(address, bytes().indexOf(0, address))),
      put: (text, at) => {
        const encoded = new TextEncoder().encode(text)
        bytes().set(encoded, at)
        return encoded.length
      },
    }
  }

  test('eval with a context, as hosts did before ABI 1.2', async () => {
    const { call, text, put } = await exportsOf()
    const address = call('opa_malloc', 8)
    const input = call('opa_json_parse', address, put('{"x": 1}', address))
    const context = call('opa_eval_ctx_new')
    call('opa_eval_ctx_set_input', context, input)
    expect(call('eval', context)).toBe(0)
    expect(text(call('opa_json_dump', call('opa_eval_ctx_get_result', context)))).toBe('[{"result":{"x":1}}]')
  })

  test('opa_eval at a heap pointer that is not aligned, in both formats', async () => {
    const { call, text, put } = await exportsOf()
    const at = call('opa_heap_ptr_get')
    const length = put('{"s": {2, 1}}', at)
    expect(text(call('opa_eval', 0, 0, 0, at, length, at + length, 0))).toBe('[{"result":{"s":[1,2]}}]')
    put('{"s": {2, 1}}', at)
    expect(text(call('opa_eval', 0, 0, 0, at, length, at + length, 1))).toBe('{{"result": {"s": {1, 2}}}}')
  })

  test('neither input nor data are needed', async () => {
    const { call, text } = await exportsOf()
    const at = call('opa_heap_ptr_get')
    for (const entrypoint of [0, 1, 2]) expect(text(call('opa_eval', 0, entrypoint, 0, 0, 0, at, 0))).toBe('[]')
  })

  test('an entrypoint that does not exist', async () => {
    const { call } = await exportsOf()
    for (const entrypoint of [3, -1]) {
      let thrown: unknown
      try {
        call('opa_eval', 0, entrypoint, 0, 0, 0, call('opa_heap_ptr_get'), 0)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBe('internal: illegal entrypoint id')
    }
  })

  test('names', async () => {
    const { call, text } = await exportsOf()
    expect(text(call('opa_json_dump', call('entrypoints')))).toBe('{"data":1,"input":0,"nothing":2}')
    expect(text(call('opa_json_dump', call('builtins')))).toBe('{}')
  })
})

describe('data compiled in', () => {
  const compiled = compileRego({
    modules: { 'p.rego': 'package p\nx := data.a.b\ny := data.c' },
    entrypoints: ['p/x', 'p/y'],
    dataText: '{"a": {"b": 12345678901234567890, "z": 1}, "c": "compiled"}',
  })

  test('is there from the start', async () => {
    const policy = await loadRego(compiled)
    expect(policy.evaluateText('p/x')).toBe('12345678901234567890')
  })

  test('lies under what the host loads', async () => {
    const policy = await loadRego(compiled)
    policy.setData({ a: { q: 2 }, c: 'loaded' })
    expect(policy.evaluateText('p/x')).toBe('12345678901234567890')
    expect(policy.evaluate('p/y')).toBe('loaded')
  })
})

describe('a policy under the plain SDK', () => {
  const rego = [
    'package p',
    'answer := {"re": regex.match("^a+$", input.s), "say": say, "split": regex.split(`\\s+`, "a  b")}',
    'say := sprintf("%v %s %05d", [{1, "x"}, "y", 42])',
  ].join('\n')

  test("gets the library's own builtins from hostBuiltins", async () => {
    const compiled = compileRego({ modules: { 'p.rego': rego }, entrypoints: ['p/answer'] })
    await loadRego(compiled)
    const policy = await loadPolicy(compiled.wasm, {} as WebAssembly.MemoryDescriptor, hostBuiltins(compiled))
    expect(policy.evaluate({ s: 'aaa' })).toEqual([{ result: { re: true, say: '{1, "x"} y 00042', split: ['a', 'b'] } }])
  })

  test('portable modules call builtins by their published names', async () => {
    const compiled = compileRego({
      modules: { 'p.rego': 'package p\nx := regex.match("^a+$", input.s)' },
      entrypoints: ['p/x'],
      hostCalls: 'portable',
    })
    expect(compiled.builtins).toEqual(['regex.match'])
    const policy = await loadPolicy(compiled.wasm, {} as WebAssembly.MemoryDescriptor, {
      'regex.match': (pattern: string, text: string) => pattern === '^a+$' && text === 'a',
    })
    expect(policy.evaluate({ s: 'a' })).toEqual([{ result: true }])
  })
})

describe('plans that cannot be compiled', () => {
  const faultsOf = (plan: Parameters<typeof compilePlan>[0], options = {}): readonly string[] => {
    try {
      compilePlan(plan, options)
    } catch (error) {
      if (error instanceof RegoCompileError) return error.diagnostics.map(({ code, message }) => `${code}: ${message}`)
      throw error
    }
    return []
  }

  test.each<[string, Draft[], string]>([
    [
      'a break out of everything',
      [stmt('BreakStmt', { index: 1 })],
      'rego_compile_error: plan p: break 1 leaves more blocks than there are',
    ],
    [
      'a local that is never set',
      [stmt('IsDefinedStmt', { source: 5 })],
      'rego_compile_error: plan p: local 5 is read but never set',
    ],
    ['a return from an entrypoint', [stmt('ReturnLocalStmt', { source: 0 })], 'rego_compile_error: only a function may return'],
    [
      'another number of arguments',
      [stmt('CallStmt', { func: 'f', args: [0], result: 2 })],
      'rego_compile_error: plan p: `f` takes 2 arguments, but gets 1',
    ],
  ])('%s', (_, stmts, message) => {
    const funcs = [{ name: 'f', return: 2, blocks: [[stmt('AssignVarStmt', { source: true, target: 2 })]] }]
    expect(faultsOf(buildPlan({ plans: { p: [stmts] }, funcs }))).toEqual([message])
  })

  test('blocks nested without limit', () => {
    expect(faultsOf(nestedPlan(1001))).toEqual(['rego_compile_error: /plans/plans/0: blocks are nested more than 1000 deep'])
  })

  test('a portable call with five arguments', () => {
    const args = [0, 0, 0, 0, 0]
    expect(
      faultsOf(buildPlan({ plans: { p: [[stmt('CallStmt', { func: 'my.five', args, result: 2 })]] } }), {
        hostCalls: 'portable',
      }),
    ).toEqual(['rego_compile_error: `my.five` takes 5 arguments; the host can be called with 4 at most'])
  })
})

test('a function larger than engines allow', () => {
  // Copies of the input, each in a local of its own that is read again.
  const stmts = Array.from({ length: 60_000 }, (_, at) => stmt('AssignVarStmt', { source: 0, target: at + 2 }))
  const uses = stmts.map((_, at) => stmt('IsDefinedStmt', { source: at + 2 }))
  const plan = buildPlan({ plans: { p: [[...stmts, ...uses]] } })
  expect(() => compilePlan(plan)).toThrow(
    '`p` is larger than WebAssembly engines allow: divide it into rules of their own',
  )
})

test('a fault of a statement that stands in no text has no place', () => {
  const call = stmt('CallStmt', { func: 'my.five', args: [0, 0, 0, 0, 0], result: 2 })
  const text = JSON.stringify(buildPlan({ plans: { p: [[call]] } })).replaceAll('"row":1', '"row":0')
  const compiled = tryCompilePlan(JSON.parse(text) as IrPolicy, { hostCalls: 'portable' })
  expect(compiled.ok ? [] : compiled.diagnostics.map((one) => renderDiagnostic(one))).toEqual([
    `error: \`my.five\` takes 5 arguments; the host can be called with 4 at most [rego_compile_error]
 = hint: write the plan again with \`opa build -t plan\`; plans of other tools may be of another version`,
  ])
})

test('a builtin that nobody implements is told where it is called', () => {
  const missing = [...BUILTINS.values()].find(
    ({ name, args, result, infix }) =>
      args.length === 1 &&
      result !== undefined &&
      infix === undefined &&
      !/^(http|net|opa|rego|internal)\./.test(name) &&
      !isImplemented(name),
  )
  if (missing === undefined) return
  const { name } = missing
  expect(() => compileRego({ modules: { 'p.rego': `package p\nx := ${name}(input)` }, entrypoints: ['p/x'] })).toThrow(
    `p.rego:2:6: rego_compile_error: builtin \`${name}\` is not supported`,
  )
})

function isImplemented(name: string): boolean {
  return runtimeImage().functions.has(nativeName(name)) || hostFunction(name) !== undefined
}

test('blocks nested as deep as is allowed', async () => {
  const policy = await loadRego(compilePlan(nestedPlan(999)))
  expect(policy.evaluate('p')).toBe('deep')
})

/** A plan that adds its result so many blocks down. */
function nestedPlan(depth: number): IrPolicy {
  const plan = buildPlan({ plans: { p: [[result('deep')]] } })
  let [block] = plan.plans.plans[0]?.blocks ?? []
  for (let level = 1; level < depth; level++)
    block = { stmts: [{ type: 'BlockStmt', stmt: { blocks: [block as IrBlock], file: 0, row: 1, col: 1 } }] }
  return { ...plan, plans: { plans: [{ name: 'p', blocks: [block as IrBlock] }] } }
}
