/** Our own engines: the compiled module, and the interpreter of the same plan. */
import { BuiltinError, BuiltinLimitError, createBuiltinContext } from '../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../src/builtins/host.js'
import { type CompileRegoOptions, type CompiledRego, tryCompileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { evaluatePlan } from '../../src/ir/interpreter/evaluate.js'
import { loadRego } from '../../src/load/load.js'
import { QUERY_PLAN } from '../../src/plan/entrypoint.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import { type Answer, type Question, type Verdict, questionsOf, solutionsText } from './answers.js'
import type { DifferentialCase } from './case.js'

const WORK = 20_000_000
const MEMORY = 256 * 2 ** 20

/** The verdicts of both engines. */
export interface OwnVerdicts {
  readonly wasm: Verdict
  readonly interpreter: Verdict
}

type Refusal = Extract<Verdict, { kind: 'refused' }>

/** A case compiled; a query that does not compile leaves the documents as they are. */
interface Prepared {
  readonly compiled: CompiledRego
  readonly refusedQuery: Refusal | undefined
}

export async function answerOurselves(one: DifferentialCase): Promise<OwnVerdicts> {
  const prepared = prepare(one)
  if ('kind' in prepared) return { wasm: prepared, interpreter: prepared }
  await prepareBuiltins((prepared.compiled.plan.static.builtin_funcs ?? []).map(({ name }) => name))
  return {
    wasm: { kind: 'answers', answers: await answerByModule(one, prepared) },
    interpreter: { kind: 'answers', answers: questionsOf(one).map((question) => answerByPlan(one, prepared, question)) },
  }
}

function prepare(one: DifferentialCase): Prepared | Refusal {
  const options: CompileRegoOptions = {
    modules: Object.fromEntries(one.modules.map((text, place) => [`m${place}`, text])),
    entrypoints: one.documents.map(entrypointOf),
    regoVersion: one.version,
    experimentalKeywords: true,
    strictBuiltinErrors: one.strictBuiltinErrors,
  }
  if (one.query === undefined) return compile(options, undefined)
  const withQuery = compile({ ...options, query: one.query }, undefined)
  return 'kind' in withQuery ? compile(options, withQuery) : withQuery
}

function compile(options: CompileRegoOptions, refusedQuery: Refusal | undefined): Prepared | Refusal {
  const result = tryCompileRego(options)
  if (result.ok) return { compiled: result.compiled, refusedQuery }
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error')
  return {
    kind: 'refused',
    codes: [...new Set(errors.map(({ code }) => code))].sort(),
    message: errors.map(({ message, location }) => `${location?.row ?? 0}: ${message}`).join('; '),
  }
}

function entrypointOf(document: string): string {
  return document.split('.').slice(1).join('/')
}

async function answerByModule(one: DifferentialCase, { compiled, refusedQuery }: Prepared): Promise<readonly Answer[]> {
  const policy = await loadRego(compiled, { budget: { work: WORK, memoryBytes: MEMORY } })
  policy.setDataText(one.data)
  return questionsOf(one).map(({ document, input }) => {
    if (document === undefined && refusedQuery !== undefined) return refusedQuery
    const name = document === undefined ? QUERY_PLAN : entrypointOf(document)
    return answerOf(document, () => {
      const results = parseJson(policy.evaluateAllText(name, input ?? undefined)) as readonly RegoValue[]
      return { results, exact: parseValueText(policy.evaluateValueText(name, input ?? undefined)) }
    })
  })
}

function answerByPlan(one: DifferentialCase, { compiled, refusedQuery }: Prepared, { document, input }: Question): Answer {
  if (document === undefined && refusedQuery !== undefined) return refusedQuery
  const context = createBuiltinContext()
  return answerOf(document, () => {
    const results = evaluatePlan(compiled.plan, document === undefined ? QUERY_PLAN : entrypointOf(document), {
      input: input === null ? undefined : parseJson(input),
      data: parseJson(one.data),
      callBuiltin: (name, args) => {
        try {
          return hostFunction(name)?.(context, ...args)
        } catch (error) {
          if (error instanceof BuiltinError && !one.strictBuiltinErrors) return undefined
          throw error
        }
      },
    })
    return { results: results.map((one) => parseJson(writeJson(one))), exact: RegoSet.of(results) }
  })
}

/** Results as they are read from JSON, and as values. */
interface Results {
  readonly results: readonly RegoValue[]
  readonly exact: RegoValue
}

function answerOf(document: string | undefined, evaluate: () => Results): Answer {
  try {
    const { results, exact: values } = evaluate()
    const exact = writeValueText(values)
    if (document === undefined) return { kind: 'value', text: solutionsText(results), exact }
    const [first] = results
    const result = first instanceof RegoObject ? first.get('result') : undefined
    return result === undefined ? { kind: 'undefined' } : { kind: 'value', text: writeJson(result), exact }
  } catch (error) {
    const isOutOfBudget = error instanceof BuiltinLimitError || (error instanceof RegoEvalError && error.code === 'eval_budget_error')
    if (isOutOfBudget) return { kind: 'exhausted', message: error.message }
    if (error instanceof RegoEvalError || error instanceof PlanEvalError || error instanceof BuiltinError)
      return { kind: 'error', code: error.code, message: error.message }
    throw error
  }
}
