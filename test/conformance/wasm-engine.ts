/** The whole way: compiler, WebAssembly module, SDK. */
import { tryCompileRego } from '../../src/compile.js'
import { RegoEvalError, RegoLoadError } from '../../src/errors.js'
import { loadRego } from '../../src/load/load.js'
import { QUERY_PLAN } from '../../src/plan/entrypoint.js'
import { writeJson } from '../../src/value/json.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoSet } from '../../src/value/value.js'
import { HOST_FUNCTIONS, TEST_SLEEP } from './host-builtins.js'
import type { ConformanceEngine, Outcome } from './judge.js'
import type { ConformanceCase } from './read-cases.js'

const USER_BUILTINS = Object.fromEntries(Object.entries(HOST_FUNCTIONS).map(([name, exact]) => [name, { exact }]))

export const wasmEngine: ConformanceEngine = {
  name: 'wasm',
  run: evaluate,
}

async function evaluate(one: ConformanceCase): Promise<Outcome> {
  const compiled = tryCompileRego({
    modules: Object.fromEntries(one.modules.map((text, place) => [`module-${place}.rego`, text])),
    entrypoints: [],
    query: one.query,
    regoVersion: one.version,
    experimentalKeywords: one.experimentalKeywords,
    strictBuiltinErrors: one.strictError,
    hostBuiltins: ['http.send', 'net.lookup_ip_addr', 'opa.runtime'],
    builtins: { 'test.sleep': TEST_SLEEP },
  })
  if (!compiled.ok) {
    const isUnsupported = compiled.diagnostics.every(({ rule }) => rule === 'unsupported-builtin')
    return {
      kind: isUnsupported ? 'unsupported' : 'refused',
      message: compiled.diagnostics.map(({ message }) => message).join('; '),
    }
  }
  try {
    const policy = await loadRego(compiled.compiled, { builtins: USER_BUILTINS })
    policy.setDataText(writeJson(one.data))
    const text = policy.evaluateValueText(QUERY_PLAN, one.input === undefined ? undefined : writeValueText(one.input))
    const results = parseValueText(text)
    return { kind: 'results', results: results instanceof RegoSet ? results.items : [] }
  } catch (error) {
    if (error instanceof RegoLoadError) return { kind: 'unsupported', message: error.message }
    if (error instanceof RegoEvalError) return { kind: 'error', code: error.code, message: error.message }
    throw error
  }
}
