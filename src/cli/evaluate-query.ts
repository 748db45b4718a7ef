/** Evaluating a prepared query: to solutions, or to an error that is a value. */
import { generate } from '../compile.js'
import { type Diagnostic, DiagnosticSink } from '../diagnostics/diagnostic.js'
import { type EvalLocation, RegoEvalError } from '../errors.js'
import { type LoadRegoOptions, loadRego } from '../load/load.js'
import { QUERY_PLAN } from '../plan/entrypoint.js'
import { parseValueText } from '../value/text.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../value/value.js'
import { CAPTURE } from './capture-query.js'
import type { CliIo } from './io.js'
import { type PreparedQuery, SOLUTIONS } from './prepare-query.js'

/** One solution: what each expression came to, and the variables. */
export interface Solution {
  readonly expressions: readonly {
    readonly value: RegoValue
    readonly text: string
    readonly row: number
    readonly col: number
  }[]
  /** Ascending by name. */
  readonly bindings: readonly (readonly [name: string, value: RegoValue])[]
}

export interface EvaluationSettings {
  readonly strictBuiltinErrors: boolean
  /** Milliseconds; absent: no limit. */
  readonly timeout?: number | undefined
  readonly dataText: string
  readonly inputText: string | undefined
}

export type Evaluation =
  | { readonly kind: 'solutions'; readonly solutions: readonly Solution[] }
  | { readonly kind: 'uncompiled'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'failed'; readonly error: EvaluationError }

/** Why there is no result: an error of the evaluation, or `eval_cancel_error` where the time was up. */
export interface EvaluationError extends Pick<RegoEvalError, 'message' | 'location'> {
  readonly code: RegoEvalError['code'] | 'eval_cancel_error'
}

class TimeUp extends Error {
  override readonly name = 'TimeUp'
  readonly code = 'eval_cancel_error'
  readonly location = undefined
}

/** Compile, load and evaluate. What `print` prints goes to the standard error. */
export async function evaluateQuery(prepared: PreparedQuery, settings: EvaluationSettings, io: CliIo): Promise<Evaluation> {
  const { strictBuiltinErrors, timeout, dataText, inputText } = settings
  const result = generate(prepared.plan, { strictBuiltinErrors }, {}, new DiagnosticSink())
  if (!result.ok) return { kind: 'uncompiled', diagnostics: result.diagnostics }
  const printed: string[] = []
  const policy = await loadRego(result.compiled, {
    ...fixedFacts(io, (line) => void printed.push(line)),
    builtins: REFUSED_BUILTINS,
  })
  const tellPrinted = (): void => {
    for (const line of printed.splice(0)) io.err(`${line}\n`)
  }
  try {
    policy.setDataText(dataText)
    const evaluate = (work?: number): string => policy.evaluateValueText(QUERY_PLAN, inputText, work)
    const text = timeout === undefined ? evaluate() : withinTime(evaluate, timeout, () => printed.splice(0))
    tellPrinted()
    return { kind: 'solutions', solutions: solutionsOf(parseValueText(text), prepared) }
  } catch (error) {
    if (!(error instanceof RegoEvalError) && !(error instanceof TimeUp)) throw error
    tellPrinted()
    return { kind: 'failed', error }
  }
}

/** Time and randomness stay the same when an evaluation is begun again. */
function fixedFacts(io: CliIo, print: (line: string, location: EvalLocation | undefined) => void): LoadRegoOptions {
  const now = BigInt(Date.now()) * 1_000_000n
  const seed = crypto.getRandomValues(new Uint8Array(32))
  const env = Object.fromEntries(Object.entries(io.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return { clock: () => now, seed: () => seed, env, print }
}

/** What reaches out of the evaluation is not done by a command that only answers. */
const REFUSED_BUILTINS = Object.fromEntries(
  ['http.send', 'net.lookup_ip_addr', 'opa.runtime'].map((name) => [
    name,
    (): never => {
      throw new Error(`\`${name}\` is not answered here: cce never reaches the network; replace it by \`with ${name} as …\``)
    },
  ]),
)

/** Units of work that any machine does at once, and how many more are tried next. */
const FIRST_WORK = 5_000_000
const GROWTH = 4

/**
 * Evaluate with more and more work until there is a result or the time is up. A module cannot be interrupted, but it counts
 * its work; how much there is time for follows from how long the work took that was not enough.
 */
function withinTime(evaluate: (work: number) => string, timeout: number, forget: () => void): string {
  const start = performance.now()
  for (let work = FIRST_WORK; ;) {
    const begin = performance.now()
    try {
      return evaluate(work)
    } catch (error) {
      if (!(error instanceof RegoEvalError) || error.message !== 'budget exceeded: work') throw error
      const end = performance.now()
      const affordable = (work / Math.max(end - begin, 0.01)) * (timeout - (end - start))
      if (affordable <= work) throw new TimeUp(`timed out after ${timeout} ms`, { cause: error })
      work = Math.min(work * GROWTH, affordable)
      forget()
    }
  }
}

function solutionsOf(results: RegoValue, { expressions }: PreparedQuery): readonly Solution[] {
  const [result] = results instanceof RegoSet ? results.items : []
  const list = result instanceof RegoObject ? result.get(SOLUTIONS) : undefined
  if (list === undefined || !isArray(list)) return []
  return list
    .filter((one) => one instanceof RegoObject)
    .map((solution) => ({
      expressions: expressions.map(({ variable, text, row, col }) => ({
        value: variable === undefined ? true : (solution.get(variable) as RegoValue),
        text,
        row,
        col,
      })),
      bindings: solution.entries
        .filter((entry): entry is readonly [string, RegoValue] => typeof entry[0] === 'string' && !entry[0].startsWith(CAPTURE))
        .map(([name, value]) => [name, value]),
    }))
}
