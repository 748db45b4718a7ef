/** The compiler up to the plan, and the interpreter of plans: the engine without WebAssembly. */
import { BuiltinError, type HostFunction, createBuiltinContext } from '../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../src/builtins/host.js'
import { type BuiltinRow, row } from '../../src/builtins/signature.js'
import { checkModules } from '../../src/check/check.js'
import { type Diagnostic, DiagnosticSink } from '../../src/diagnostics/diagnostic.js'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { publishPlan } from '../../src/ir/publish.js'
import { QUERY_PLAN } from '../../src/plan/entrypoint.js'
import { planProgram } from '../../src/plan/planner.js'
import { Source } from '../../src/source/source.js'
import { parseModule, parseQuery } from '../../src/syntax/parse/module.js'
import { HOST_FUNCTIONS, TEST_SLEEP } from './host-builtins.js'
import type { ConformanceEngine, Outcome } from './judge.js'
import type { ConformanceCase } from './read-cases.js'

const CUSTOM_ROWS: ReadonlyMap<string, BuiltinRow> = new Map([['test.sleep', row('test.sleep', 'test', TEST_SLEEP.args, TEST_SLEEP.result, '0.1.0')]])

function implementation(name: string): HostFunction | undefined {
  return hostFunction(name) ?? HOST_FUNCTIONS[name]
}

export const interpreterEngine: ConformanceEngine = {
  name: 'interpreter',
  run: evaluate,
}

/** The plan of a case, whose query is the plan named `QUERY_PLAN`; or why there is none. */
export function planCase(one: ConformanceCase): IrPolicy | readonly Diagnostic[] {
  const sink = new DiagnosticSink()
  const options = { experimentalKeywords: one.experimentalKeywords }
  const modules = one.modules.flatMap((text, place) => {
    const module = parseModule(new Source(`module-${place}.rego`, text), { ...options, version: one.version }, sink)
    return module === undefined ? [] : [module]
  })
  const query = parseQuery(new Source('query', one.query), options, sink)
  if (sink.hasErrors || query === undefined) return sink.sorted()
  const checked = checkModules(modules, { query, hostBuiltins: new Set(['http.send', 'net.lookup_ip_addr', 'opa.runtime']), customBuiltins: CUSTOM_ROWS }, sink)
  if (checked === undefined) return sink.sorted()
  const plan = planProgram(checked, { entrypoints: [], customBuiltins: CUSTOM_ROWS }, sink)
  return plan === undefined ? sink.sorted() : publishPlan(plan)
}

async function evaluate(one: ConformanceCase): Promise<Outcome> {
  const plan = planCase(one)
  if (!('plans' in plan)) return { kind: 'refused', message: plan.map(({ message }) => message).join('; ') }
  const names = (plan.static.builtin_funcs ?? []).map(({ name }) => name)
  await prepareBuiltins(names)
  const missing = names.filter((name) => implementation(name) === undefined)
  if (missing.length > 0) return { kind: 'unsupported', message: `no ${missing.join(', ')}` }
  return evaluateWith(plan, one)
}

function evaluateWith(plan: IrPolicy, one: ConformanceCase): Outcome {
  const context = createBuiltinContext()
  try {
    const results = evaluatePlan(plan, QUERY_PLAN, {
      input: one.input,
      data: one.data,
      callBuiltin: (name, args) => {
        try {
          return implementation(name)?.(context, ...args)
        } catch (error) {
          if (error instanceof BuiltinError && !one.strictError) return undefined
          throw error
        }
      },
    })
    return { kind: 'results', results }
  } catch (error) {
    if (error instanceof PlanEvalError || error instanceof BuiltinError) return { kind: 'error', code: error.code, message: error.message }
    throw error
  }
}
