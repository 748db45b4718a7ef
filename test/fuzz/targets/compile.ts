/**
 * Policies, queries, data and input together: what compiles also loads, and the module and the interpreter of plans give the
 * same answer or the same error.
 */
import { BuiltinError, BuiltinLimitError, createBuiltinContext } from '../../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../../src/builtins/host.js'
import { type CompiledRego, tryCompileRego } from '../../../src/compile.js'
import { RegoEvalError } from '../../../src/errors.js'
import { PlanEvalError } from '../../../src/ir/interpreter/error.js'
import { evaluatePlan } from '../../../src/ir/interpreter/evaluate.js'
import { Weights } from '../../../src/ir/interpreter/weight.js'
import { loadRego } from '../../../src/load/load.js'
import type { RegoPolicy } from '../../../src/load/rego-policy.js'
import { QUERY_PLAN } from '../../../src/plan/entrypoint.js'
import { parseJson, writeJson } from '../../../src/value/json.js'
import { ValueSyntaxError } from '../../../src/value/reader.js'
import { parseValueText, writeValueText } from '../../../src/value/text.js'
import { RegoObject, RegoSet, type RegoValue } from '../../../src/value/value.js'
import { type FuzzCase, readCase } from '../case.js'
import { languageCases } from '../corpus.js'
import { Finding, type Target } from '../target.js'

const WORK = 2_000_000
const MEMORY = 128 * 2 ** 20
const STATEMENTS = 500_000
/** Beyond this the reader of the module stops, and the interpreter's goes on. */
const MEASURED_NESTING = 1000

const SEED = new Uint8Array(32)
const NOW = 1_700_000_000_123_456_789n

export const COMPILE: Target = {
  name: 'compile',
  form: 'text',
  seeds: languageCases,
  runs: 1500,
  run: async (text) => {
    const one = readCase(text)
    const result = tryCompileRego({
      modules: Object.fromEntries(one.modules.map((module, place) => [`m${place}.rego`, module])),
      entrypoints: [],
      query: one.query,
      regoVersion: one.version,
      experimentalKeywords: true,
    })
    if (!result.ok) {
      if (!result.diagnostics.some(({ severity }) => severity === 'error')) throw new Finding('refused, and nothing is wrong')
      return
    }
    await compare(one, result.compiled)
  },
}

async function compare(one: FuzzCase, compiled: CompiledRego): Promise<void> {
  await prepareBuiltins((compiled.plan.static.builtin_funcs ?? []).map(({ name }) => name))
  const policy = await loadRego(compiled, {
    budget: { work: WORK, memoryBytes: MEMORY },
    clock: () => NOW,
    seed: () => SEED,
  })
  const data = valueOf(() => parseJson(one.data)) ?? RegoObject.of([])
  const input = one.input === undefined ? undefined : valueOf(() => parseValueText(one.input as string))
  policy.setDataText(writeJson(data))
  const byModule = answerOfModule(policy, input)
  const again = answerOfModule(policy, input)
  if (byModule !== again && !isExhausted(byModule) && !isExhausted(again))
    throw new Finding(`the second answer differs: ${byModule} then ${again}`)
  const byPlan = answerOfPlan(compiled, data, input)
  if (isExhausted(byModule) || isExhausted(byPlan) || byModule === byPlan) return
  throw new Finding(`module ${byModule.slice(0, 300)}, interpreter ${byPlan.slice(0, 300)}`)
}

function answerOfModule(policy: RegoPolicy, input: RegoValue | undefined): string {
  try {
    return writeValueText(parseValueText(policy.evaluateValueText(QUERY_PLAN, input === undefined ? undefined : writeValueText(input))))
  } catch (error) {
    if (!(error instanceof RegoEvalError)) throw error
    if (error.code === 'eval_internal_error') throw error
    return error.code
  }
}

function answerOfPlan(compiled: CompiledRego, data: RegoValue, input: RegoValue | undefined): string {
  let left = STATEMENTS
  const weights = new Weights()
  let spent = 0
  const context = createBuiltinContext({
    nowNs: NOW,
    seed: SEED,
    spend: (units) => {
      spent += units
      if (spent > WORK) throw new Exhausted()
    },
  })
  try {
    const results = evaluatePlan(compiled.plan, QUERY_PLAN, {
      input,
      data,
      callBuiltin: (name, args) => {
        try {
          return hostFunction(name)?.(context, ...args)
        } catch (error) {
          if (error instanceof BuiltinError) return undefined
          throw error
        }
      },
      onStatement: (stmt, locals) => {
        left -= 1 + weights.of(stmt, locals) / 16
        if (left < 0) throw new Exhausted()
      },
    })
    return writeValueText(RegoSet.of(results))
  } catch (error) {
    if (error instanceof Exhausted || error instanceof BuiltinLimitError) return 'eval_budget_error'
    if (!(error instanceof PlanEvalError)) throw error
    return error.code
  }
}

/** The interpreter has done as much as it may. */
class Exhausted extends Error {}

function isExhausted(answer: string): boolean {
  return answer === 'eval_budget_error' || answer === 'eval_depth_error'
}

/** A value that both readers take; undefined if the text is none, or nested deeper than the module reads. */
function valueOf(read: () => RegoValue): RegoValue | undefined {
  try {
    const value = read()
    return depthOf(writeValueText(value)) > MEASURED_NESTING ? undefined : value
  } catch (error) {
    if (error instanceof ValueSyntaxError) return undefined
    throw error
  }
}

function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const char of text) {
    if (char === '[' || char === '{') most = Math.max(most, ++depth)
    else if (char === ']' || char === '}') depth--
  }
  return most
}
