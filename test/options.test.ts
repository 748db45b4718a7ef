/** Every public function looks at its options before it begins: what is wrong is told by name, in one error class. */
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type CompiledRego,
  type Diagnostic,
  type Enforcer,
  OptionError,
  RegoLoadError,
  type RegoPolicy,
  compilePlan,
  compileRego,
  convertPolicy,
  createEnforcer,
  decodeDenial,
  encodeDenial,
  explainDeployment,
  findPolicies,
  formatRego,
  guestData,
  hostBuiltins,
  lintPolicy,
  loadRego,
  loadRegoSync,
  parsePolicy,
  policyDigest,
  policyWarnings,
  prepareBuiltins,
  printPlan,
  protect,
  readTrace,
  renderDiagnostic,
  replayTrace,
  summarizePolicy,
  tryCompileRego,
  tryFormatRego,
} from '../src/index.js'

const TEXT = 'package policy\n\napi_version := "0.12.0"\n'
const GOOD = { modules: { 'p.rego': 'package p\n\nq := 1' }, entrypoints: ['p/q'] }
const KINDS = '"null", "boolean", "number", "string", "any", "array", "set" or "object"'
const withResult = (result: unknown) => ({ ...GOOD, builtins: { f: { args: [], result } } })
const cycle: unknown[] = []
cycle.push(cycle)

let compiled: CompiledRego
let enforcer: Enforcer

beforeAll(async () => {
  compiled = compileRego(GOOD)
  enforcer = await createEnforcer(TEXT)
})

/** Throws, or rejects, with what is expected. */
async function faultOf(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return undefined
}

interface Row {
  readonly options: unknown
  readonly message: string
}

function rows(...pairs: readonly (readonly [options: unknown, message: string])[]): readonly Row[] {
  return pairs.map(([options, message]) => ({ options, message }))
}

describe('compileRego', () => {
  test.each(
    rows(
    [undefined, '`options` must be an object, not undefined'],
    [{}, '`modules` must be an object, not undefined'],
    [{ ...GOOD, modules: [] }, '`modules` must be an object, not an array'],
    [{ ...GOOD, modules: { p: 5 } }, '`modules["p"]` must be text, not 5'],
    [{ modules: GOOD.modules }, '`entrypoints` must be an array, not undefined'],
    [{ ...GOOD, entrypoints: 'a/b' }, '`entrypoints` must be an array, not "a/b"'],
    [{ ...GOOD, entrypoints: ['p/q', null] }, '`entrypoints[1]` must be text, not null'],
    [{ ...GOOD, baseDocuments: 'metadata' }, '`baseDocuments` must be an array, not "metadata"'],
    [{ ...GOOD, regoVersion: 1 }, '`regoVersion` must be "v0" or "v1", not 1'],
    [{ ...GOOD, query: [] }, '`query` must be text, not an array'],
    [{ ...GOOD, strict: 'yes' }, '`strict` must be `true` or `false`, not "yes"'],
    [{ ...GOOD, print: 1 }, '`print` must be `true` or `false`, not 1'],
    [{ ...GOOD, experimentalKeywords: null }, '`experimentalKeywords` must be `true` or `false`, not null'],
    [{ ...GOOD, strictBuiltinError: true }, '`strictBuiltinError` is no option: did you mean `strictBuiltinErrors`?'],
    [{ ...GOOD, entryPoints: ['p/q'] }, '`entryPoints` is no option: did you mean `entrypoints`?'],
    [
      { ...GOOD, builtins: { f: { args: [], result: { kind: 'null' }, pure: true } } },
      '`builtins["f"].pure` is no option: there are `args`, `result`, `nondeterministic`',
    ],
    [{ ...GOOD, hostCalls: 'both' }, '`hostCalls` must be "exact" or "portable", not "both"'],
    [{ ...GOOD, names: 0 }, '`names` must be `true` or `false`, not 0'],
    [{ ...GOOD, strictBuiltinErrors: 0n }, '`strictBuiltinErrors` must be `true` or `false`, not 0'],
    [{ ...GOOD, dataText: {} }, '`dataText` must be text, not an object'],
    [{ ...GOOD, hostBuiltins: ['http.send', () => 1] }, '`hostBuiltins[1]` must be text, not a function'],
    [{ ...GOOD, builtins: { f: {} } }, '`builtins["f"].args` must be an array, not undefined'],
    [
      { ...GOOD, builtins: { f: { args: [{ type: 'string' }], result: { kind: 'string' } } } },
      `\`builtins["f"].args[0].kind\` must be ${KINDS}, not undefined`,
    ],
    [withResult({ kind: 'any' }), '`builtins["f"].result.of` must be an array, not undefined'],
    [withResult({ kind: 'set' }), '`builtins["f"].result.of` must be an object, not undefined'],
    [withResult({ kind: 'array', static: [{}] }), `\`builtins["f"].result.static[0].kind\` must be ${KINDS}, not undefined`],
    [withResult({ kind: 'array', static: [], dynamic: 5 }), '`builtins["f"].result.dynamic` must be an object, not 5'],
    [withResult({ kind: 'object', static: [{ key: 'k' }] }), '`builtins["f"].result.static[0].value` must be an object, not undefined'],
    [
      withResult({ kind: 'object', static: [], dynamic: { key: { kind: 'string' } } }),
      '`builtins["f"].result.dynamic.value` must be an object, not undefined',
    ],
  ))('$message', async ({ options, message }) => {
    for (const call of [compileRego, tryCompileRego]) {
      const fault = await faultOf(() => call(options as never))
      expect(fault).toBeInstanceOf(OptionError)
      expect(fault).toMatchObject({ message, code: 'wrong_option' })
    }
  })
})

test('compilePlan looks at the options of the target', async () => {
  expect(await faultOf(() => compilePlan(compiled.plan, { names: 'no' } as never))).toMatchObject({
    name: 'OptionError',
    message: '`names` must be `true` or `false`, not "no"',
  })
  expect(await faultOf(() => compilePlan(compiled.plan, 5 as never))).toMatchObject({ option: 'options' })
})

describe('loading', () => {
  test.each(
    rows(
    [null, '`options` must be an object, not null'],
    [{ budget: { work: NaN } }, '`budget.work` must be a finite number, 0 or more, not NaN'],
    [{ budget: { work: Infinity } }, '`budget.work` must be a finite number, 0 or more, not Infinity'],
    [{ budget: { memoryBytes: -1 } }, '`budget.memoryBytes` must be a finite number, 0 or more, not -1'],
    [{ budget: { memoryBytes: 10n } }, '`budget.memoryBytes` must be a finite number, 0 or more, not 10'],
    [{ budget: 5 }, '`budget` must be an object, not 5'],
    [{ budget: { memory: 10 } }, '`budget.memory` is no option: there are `work`, `memoryBytes`'],
    [{ clok: () => 5 }, '`clok` is no option: did you mean `clock`?'],
    [{ clock: 5 }, '`clock` must be a function, not 5'],
    [{ seed: new Uint8Array(32) }, '`seed` must be a function, not an object'],
    [{ env: { HOME: 1 } }, '`env["HOME"]` must be text, not 1'],
    [{ print: true }, '`print` must be a function, not true'],
    [{ builtins: { f: 1 } }, '`builtins["f"]` must be a function or an object with one as `exact`, not 1'],
    [{ builtins: { f: { exact: 1 } } }, '`builtins["f"]` must be a function or an object with one as `exact`, not an object'],
  ))('$message', async ({ options, message }) => {
    for (const call of [loadRego, loadRegoSync, hostBuiltins]) {
      const fault = await faultOf(() => call(compiled, options as never))
      expect(fault).toBeInstanceOf(OptionError)
      expect(fault).toMatchObject({ message })
    }
  })

  test('what is loaded has to be a compiled policy, or bytes', async () => {
    for (const call of [loadRego, loadRegoSync, hostBuiltins]) {
      for (const bad of [undefined, null, 'x', [0], {}, { wasm: [0], builtins: [] }, { wasm: compiled.wasm }])
        expect(await faultOf(() => call(bad as never))).toMatchObject({ name: 'OptionError', option: 'compiled' })
      const fault = await faultOf(() => call(new Uint8Array([0, 97, 115, 109, 9])))
      expect(fault).toBeInstanceOf(RegoLoadError)
      expect(fault).toMatchObject({ code: 'load_invalid_module' })
    }
  })

  test('a budget beyond what can be counted is one without end', async () => {
    const policy = await loadRego(compiled, { budget: { work: Number.MAX_VALUE, memoryBytes: Number.MAX_VALUE } })
    expect(policy.evaluate('p/q')).toBe(1)
  })
})

describe('a loaded policy', () => {
  const path = ['a'] as readonly string[]
  test.each<readonly [message: string, call: (policy: RegoPolicy) => unknown]>([
    ['`entrypoint` must be text, not undefined', (policy) => policy.evaluate(undefined as never)],
    ['`entrypoint` must be text, not an array', (policy) => policy.evaluateText(['p', 'q'] as never)],
    ['`inputJson` must be text, not an object', (policy) => policy.evaluateText('p/q', {} as never)],
    ['`inputJson` must be text, not null', (policy) => policy.evaluateAllText('p/q', null as never)],
    ['`inputJson` must be text, not 5', (policy) => policy.evaluateValueText('p/q', 5 as never)],
    ['`work` must be a finite number, 0 or more, not NaN', (policy) => policy.evaluateValueText('p/q', '{}', NaN)],
    ['`json` must be text, not an object', (policy) => policy.setDataText({} as never)],
    ['`json` must be text, not undefined', (policy) => policy.addDataPath(path, undefined as never)],
    ['`path` must be an array, not "a"', (policy) => policy.addDataPath('a' as never, '1')],
    ['`path[1]` must be text, not 5', (policy) => policy.removeDataPath(['a', 5] as never)],
    ['`path` must be an array, not a function', (policy) => policy.removeDataPath((() => 1) as never)],
  ])('%s', async (message, call) => {
    const policy = loadRegoSync(compiled)
    policy.setData({ a: 1 })
    expect(await faultOf(() => call(policy))).toMatchObject({ name: 'OptionError', message })
    expect(policy.dataText()).toBe('{"a":1}')
  })

  test('tells which builtin gave no value of Rego', async () => {
    const policy = loadRegoSync(
      compileRego({
        modules: { 'p.rego': 'package p\n\nq := f(input.x)' },
        entrypoints: ['p/q'],
        builtins: { f: { args: [{ kind: 'any', of: [] }], result: { kind: 'any', of: [] } } },
      }),
      { builtins: { f: { exact: () => [5] as never } } },
    )
    expect(await faultOf(() => policy.evaluate('p/q', { x: 1 }))).toMatchObject({
      name: 'RegoEvalError',
      code: 'eval_internal_error',
      message: 'the result of `f` is no value of Rego: numbers are made by `numberOf`, objects by `RegoObject.of`',
    })
  })
})

describe('createEnforcer', () => {
  test.each(
    rows(
    [5, '`options` must be an object, not 5'],
    [{ auditEnvValue: true }, '`auditEnvValue` is no option: did you mean `auditEnvValues`?'],
    [{ os: 'macos' }, '`os` must be "linux" or "windows", not "macos"'],
    [{ data: [] }, '`data` must be an object, not an array'],
    [{ data: { x: cycle } }, '`data["x"]` must be a value that JSON has, not an array'],
    [{ data: { x: undefined } }, '`data["x"]` must be a value that JSON has, not undefined'],
    [{ data: { metadata: {} } }, '`data["metadata"]` must be absent, not an object'],
    [{ data: { 'cce-policy': 1 } }, '`data["cce-policy"]` must be absent, not 1'],
    [{ dataText: '{"metadata": {}}' }, '`dataText["metadata"]` must be absent, not an object'],
    [{ dataText: '[' }, '`dataText` must be the text of a JSON object, not "["'],
    [{ dataText: '[]' }, '`dataText` must be the text of a JSON object, not "[]"'],
    [{ state: { matches: 5 } }, '`state["matches"]` must be an object or an array that JSON has, not 5'],
    [{ state: null }, '`state` must be an object, not null'],
    [{ stateText: '{"a": 5}' }, '`stateText` must be the text of a JSON object of objects and arrays, not "{"a": 5}"'],
    [{ stateText: 5 }, '`stateText` must be the text of a JSON object of objects and arrays, not 5'],
    [{ guest: { umask: 18 } }, '`guest["umask"]` must be text, not 18'],
    [{ strict: 1 }, '`strict` must be `true` or `false`, not 1'],
    [{ audit: [] }, '`audit` must be a function, not an array'],
    [{ auditEnvValues: 'no' }, '`auditEnvValues` must be `true` or `false`, not "no"'],
    [{ explainEnvValues: 'no' }, '`explainEnvValues` must be `true` or `false`, not "no"'],
    [{ clock: 0 }, '`clock` must be a function, not 0'],
    [{ budget: { work: NaN } }, '`budget.work` must be a finite number, 0 or more, not NaN'],
    [{ budget: { work: '9' } }, '`budget.work` must be a finite number, 0 or more, not "9"'],
  ))('$message', async ({ options, message }) => {
    const fault = await faultOf(() => createEnforcer(TEXT, options as never))
    expect(fault).toBeInstanceOf(OptionError)
    expect(fault).toMatchObject({ message })
  })

  test('what is no policy is a `PolicyError`', async () => {
    for (const bad of [undefined, null, 5, [], { containers: 5 }])
      expect(await faultOf(() => createEnforcer(bad as never))).toMatchObject({ name: 'PolicyError', code: 'ERR_POLICY' })
  })
})

describe('an enforcer', () => {
  test.each<[title: string, ask: () => { readonly allowed: boolean; readonly reason?: object }, reason: object]>([
    ['an unknown hook', () => enforcer.attempt('nope' as never, {} as never).decision, { code: 'unknown_point', message: 'there is no hook `nope`' }],
    ['a hook of objects', () => enforcer.attempt('toString' as never, {} as never).decision, { code: 'unknown_point' }],
    ['no hook', () => enforcer.attempt(Object.create(null) as never, {} as never).decision, { code: 'unknown_point' }],
    ['an unknown point', () => enforcer.enforce('nope', {}), { code: 'unknown_point', message: 'enforcement point rule nope does not exist' }],
    ['a symbol', () => enforcer.enforce(Symbol('x') as never, {}), { code: 'unknown_point', message: 'the enforcement point is not text' }],
    ['a number', () => enforcer.enforceText(5 as never, '{}'), { code: 'unknown_point' }],
  ])('asked about %s says no', (_title, ask, reason) => {
    const decision = ask()
    expect(decision).toMatchObject({ allowed: false, reason })
  })

  test('undoing what was never asked changes nothing', () => {
    const before = enforcer.stateText
    enforcer.attempt('nope' as never, {} as never).undo()
    expect(enforcer.stateText).toBe(before)
  })

  test('takes mounts only', async () => {
    const good = { destination: '/d', source: '/s', type: 'bind', options: [] }
    for (const [bad, option] of [
      [5, 'mounts'],
      [[{ ...good, options: 'ro' }], 'mounts[0].options'],
      [[good, { ...good, type: undefined }], 'mounts[1].type'],
    ] as const) {
      expect(await faultOf(() => enforcer.extendDefaultMounts(bad as never))).toMatchObject({ name: 'OptionError', option })
    }
  })
})

test('the length of a denial is a number', async () => {
  const decision = enforcer.getProperties()
  if (decision.allowed) throw new Error('allowed')
  expect(await faultOf(() => encodeDenial(decision, {}, { maxLength: NaN }))).toMatchObject({ option: 'maxLength' })
})

const PLACE = { file: 'p.rego', row: 1, col: 9, endRow: 1, endCol: 10 }
const FOUND: Diagnostic = { severity: 'error', code: 'rego_parse_error', rule: 'x', message: 'wrong', location: PLACE }

describe('the others', () => {
  const denial = { allowed: false, point: 'load_fragment', reason: { code: 'denied' } }
  const rows: readonly (readonly [message: string, call: () => unknown])[] = [
    ['`nam` is no option: did you mean `name`?', () => formatRego('package p', { nam: 'x' } as never)],
    ['`text` must be text, not 5', () => formatRego(5 as never)],
    ['`text` must be text, not null', () => tryFormatRego(null as never)],
    ['`rego` must be text or a Uint8Array, not 5', () => policyDigest(5 as never)],
    ['`denial` must be an object, not null', () => encodeDenial(null as never, {})],
    ['`denial.reason` must be an object, not undefined', () => encodeDenial({ point: 'x' } as never, {})],
    ['`input` must be an object, not undefined', () => encodeDenial(denial as never, undefined as never)],
    ['`text` must be text, not 5', () => decodeDenial(5 as never)],
    ['`text` must be text, not undefined', () => findPolicies(undefined as never)],
    ['`text` must be text, not null', () => readTrace(null as never)],
    ['`trace` must be an object, not null', () => replayTrace(null as never)],
    ['`trace.steps` must be an array, not undefined', () => replayTrace({} as never)],
    ['`errorText` must be text, not 5', () => explainDeployment(5 as never)],
    ['`showEnvValue` is no option: did you mean `showEnvValues`?', () => explainDeployment('', TEXT, { showEnvValue: true } as never)],
    ['`to` must be "json", "rego" or "base64", not "yaml"', () => convertPolicy(TEXT, 'yaml' as never)],
    ['`upgrades` is no option: did you mean `upgrade`?', () => convertPolicy(TEXT, 'rego', { upgrades: true } as never)],
    ['`options` must be an object, not null', () => lintPolicy(TEXT, null as never)],
    ['`minSeverity` must be "error", "warning" or "info", not "hint"', () => lintPolicy(TEXT, { minSeverity: 'hint' } as never)],
    ['`agent` must be an object, not null', () => protect(null as never, enforcer)],
    ['`enforcer` must be an object, not undefined', () => protect({}, undefined as never)],
    ['`os` must be "linux" or "windows", not undefined', () => guestData(undefined as never)],
    ['`action` must be a function, not 5', () => enforcer.transaction(5 as never)],
    ['`plan` is no plan: /: must be object', () => printPlan(null as never)],
    ["`plan` is no plan: /: must have required property 'static'", () => printPlan({} as never)],
    ['`plan` is no plan: /plans/plans: must be array,null', () => printPlan({ ...compiled.plan, plans: { plans: 5 } } as never)],
    ['`diagnostic` must be an object, not null', () => renderDiagnostic(null as never)],
    ['`diagnostic.severity` must be "error" or "warning", not "fatal"', () => renderDiagnostic({ ...FOUND, severity: 'fatal' } as never)],
    ['`diagnostic.message` must be text, not undefined', () => renderDiagnostic({ ...FOUND, message: undefined } as never)],
    ['`diagnostic.location.col` must be a whole number, 1 or more, not 0', () => renderDiagnostic({ ...FOUND, location: { ...PLACE, col: 0 } })],
    ['`diagnostic.location.endRow` must be a whole number, 1 or more, not undefined', () => renderDiagnostic({ ...FOUND, location: { ...PLACE, endRow: undefined } } as never)],
    ['`sources` must be an array, not an object', () => renderDiagnostic(FOUND, { 'p.rego': 'package p' } as never)],
    ['`sources[0].text` must be text, not undefined', () => renderDiagnostic(FOUND, [{ name: 'p.rego' }] as never)],
    ['`colour` is no option: did you mean `color`?', () => renderDiagnostic(FOUND, [], { colour: true } as never)],
    ['`names` must be a list, not "count"', () => prepareBuiltins('count')],
    ['`names[0]` must be text, not 5', () => prepareBuiltins([5] as never)],
  ]

  test.each(rows)('%s', async (message, call) => {
    const fault = await faultOf(call)
    expect(fault).toBeInstanceOf(OptionError)
    expect(fault).toMatchObject({ message, code: 'wrong_option' })
  })

  test.each([undefined, null, 5, true, Symbol('x'), () => 1, []])('no policy: %s', async (source) => {
    for (const call of [createEnforcer, parsePolicy, policyWarnings, lintPolicy, summarizePolicy])
      expect(await faultOf(() => call(source as never))).toMatchObject({ name: 'PolicyError', code: 'ERR_POLICY' })
  })
})

test('what is printed for people is what the inner rooms print', () => {
  expect(renderDiagnostic(FOUND, [{ name: 'other', text: '' }, { name: 'p.rego', text: 'package p' }])).toBe(
    ['error: wrong [rego_parse_error]', ' --> p.rego:1:9', '  |', '1 | package p', '  |         ^'].join('\n'),
  )
  expect(printPlan(compiled.plan)).toContain('plan p/q\n')
  const nothing = { static: { strings: null, files: null }, plans: { plans: [{ name: 'p', blocks: null }] }, funcs: { funcs: null } }
  expect(printPlan(nothing as never)).toBe('plan p\n')
})
