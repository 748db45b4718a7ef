/**
 * Whether an engine's outcome is what a case wants, by the rules of the README beside the cases.
 */
import { compareValues } from '../../src/value/compare.js'
import { writeJson } from '../../src/value/json.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import type { ConformanceCase } from './read-cases.js'

/** What came of a case. */
export type Outcome =
  | { readonly kind: 'results'; readonly results: readonly RegoValue[] }
  /** Evaluation ended in an error. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  /** The modules or the query did not compile. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Something is missing in the engine: a builtin, say. */
  | { readonly kind: 'unsupported'; readonly message: string }

export interface Verdict {
  readonly verdict: 'passed' | 'failed' | 'unsupported'
  /** What was found, where that is not what was wanted. */
  readonly reason: string
}

/** Runs cases; builtin errors are fatal exactly where the case says `strict_error`. */
export interface ConformanceEngine {
  readonly name: string
  run(one: ConformanceCase): Promise<Outcome>
}

const PASSED: Verdict = { verdict: 'passed', reason: '' }

export function judge(one: ConformanceCase, outcome: Outcome): Verdict {
  if (outcome.kind === 'unsupported') return { verdict: 'unsupported', reason: outcome.message }
  if (outcome.kind === 'refused') return failed(`refused: ${outcome.message}`)
  if (one.wantErrorCode !== undefined || one.wantError !== undefined) return judgeError(one, outcome)
  if (outcome.kind === 'error') return failed(`${outcome.code}: ${outcome.message}`)
  if (one.wantDefined !== undefined && outcome.results.length > 0 !== one.wantDefined)
    return failed(`want ${one.wantDefined ? 'a' : 'no'} result, got ${show(outcome.results)}`)
  return one.wantResult === undefined ? PASSED : judgeResults(one, one.wantResult, outcome.results)
}

function judgeError(one: ConformanceCase, outcome: Outcome): Verdict {
  // Where only a message is given, any failure of a builtin will do.
  const wanted = one.wantErrorCode === undefined ? ['eval_builtin_error', 'eval_type_error'] : [one.wantErrorCode]
  const want = `want ${wanted.join(' or ')} (${one.wantError ?? ''})`
  if (outcome.kind !== 'error') return failed(`${want}, got ${outcome.kind === 'results' ? show(outcome.results) : 'nothing'}`)
  return wanted.includes(outcome.code) ? PASSED : failed(`${want}, got ${outcome.code}: ${outcome.message}`)
}

function judgeResults(one: ConformanceCase, wanted: readonly RegoValue[], found: readonly RegoValue[]): Verdict {
  const left = solutionSet(one, wanted)
  const right = solutionSet(one, found)
  return compareValues(left, right) === 0 ? PASSED : failed(`want ${show(left.items)}, got ${show(right.items)}`)
}

function solutionSet(one: ConformanceCase, solutions: readonly RegoValue[]): RegoSet {
  return RegoSet.of(
    solutions.map((solution) => {
      const bindings = solution instanceof RegoObject ? solution.entries : []
      const kept = bindings.filter(([name]) => !(one.ignoreGeneratedVars && String(name).startsWith('__localq')))
      return RegoObject.of(kept.map(([name, value]) => [name, sorted(one, toJsonForm(value))] as const))
    }),
  )
}

function sorted(one: ConformanceCase, value: RegoValue): RegoValue {
  return one.sortBindings && Array.isArray(value) ? [...(value as readonly RegoValue[])].sort(compareValues) : value
}

/** As results are written in JSON: sets are lists, keys are texts. */
function toJsonForm(value: RegoValue): RegoValue {
  if (value instanceof RegoSet) return value.items.map(toJsonForm)
  if (value instanceof RegoObject)
    return RegoObject.of(value.entries.map(([key, member]) => [keyText(key), toJsonForm(member)]))
  return Array.isArray(value) ? (value as readonly RegoValue[]).map(toJsonForm) : value
}

function keyText(key: RegoValue): string {
  return typeof key === 'string' ? key : writeJson(key)
}

function failed(reason: string): Verdict {
  return { verdict: 'failed', reason }
}

function show(values: readonly RegoValue[]): string {
  const whole = values.map(writeValueText).join('  ')
  return whole.length > 400 ? `${whole.slice(0, 400)}…` : `[${whole}]`
}
