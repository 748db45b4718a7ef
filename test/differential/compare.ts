/** Where engines differ on a case. */
import { type Answer, type Engine, type Question, type Verdict, questionsOf, show } from './answers.js'
import type { DifferentialCase } from './case.js'
import { knownDefect } from './known-defects/index.js'
import type { Disagreement } from './known-defects/row.js'
import { answerOurselves } from './own-engines.js'

export interface Difference extends Disagreement {
  readonly what: 'verdict' | 'answer' | 'engines' | 'crash'
  readonly question?: Question
}

/** What came of a case besides differences. */
export type Outcome =
  | 'answered'
  | 'refused'
  /** Refused by both, and what OPA reports first is not among what we report. */
  | 'otherwise refused'
  /** Different by a known defect of OPA. */
  | 'ignored'
  /** The same but for which error of a builtin ends the evaluation first, if one does. */
  | 'reordered'
  | 'exhausted'

export interface Comparison {
  readonly outcome: Outcome
  readonly differences: readonly Difference[]
  /** What both say where they refuse for different reasons: no difference of verdict, see docs/differences.md. */
  readonly reasons?: Disagreement
}

/** Asks the reference, the compiled module and the interpreter. */
export async function compareCase(one: DifferentialCase, reference: Engine): Promise<Comparison> {
  const comparison = await compareAsIs(one, reference)
  if (!one.strictBuiltinErrors || !comparison.differences.some(isAboutOrder)) return comparison
  // The order of evaluation is not part of the language, where it does not decide what the results are.
  const lenient = await compareAsIs({ ...one, strictBuiltinErrors: false }, reference)
  if (lenient.differences.length > 0) return comparison
  return { outcome: 'reordered', differences: comparison.differences.filter((difference) => !isAboutOrder(difference)) }
}

function isAboutOrder({ what, wanted, found }: Difference): boolean {
  return what === 'answer' && [wanted, found].some((answer) => /^eval_(builtin|type)_error: /.test(answer))
}

async function compareAsIs(one: DifferentialCase, reference: Engine): Promise<Comparison> {
  const wanted = await reference.answer(one)
  if (wanted.kind === 'exhausted') return { outcome: 'exhausted', differences: [] }
  try {
    const { wasm, interpreter } = await answerOurselves(one)
    return compareVerdicts(one, wanted, wasm, interpreter)
  } catch (error) {
    const found = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { outcome: 'answered', differences: [{ what: 'crash', wanted: wanted.kind, found }] }
  }
}

/** Where our verdicts differ from the wanted one, and from each other, but for what is known to be OPA's mistake. */
export function compareVerdicts(one: DifferentialCase, wanted: Verdict, wasm: Verdict, interpreter: Verdict): Comparison {
  const comparison = compareAll(one, wanted, wasm, interpreter)
  const differences = comparison.differences.filter((difference) => !isExcused(one, difference))
  const isIgnored = differences.length === 0 && comparison.differences.length > 0
  return isIgnored ? { outcome: 'ignored', differences } : { ...comparison, differences }
}

function isExcused(one: DifferentialCase, difference: Difference): boolean {
  return difference.what !== 'engines' && knownDefect(one, difference) !== undefined
}

/** The same with every difference, whatever it comes from. */
export function compareAll(one: DifferentialCase, wanted: Verdict, wasm: Verdict, interpreter: Verdict): Comparison {
  if (wanted.kind !== 'answers' || wasm.kind !== 'answers' || interpreter.kind !== 'answers') {
    const told = { wanted: describe(wanted), found: describe(wasm) }
    if (wanted.kind !== 'refused' || wasm.kind !== 'refused') {
      return { outcome: 'refused', differences: [{ what: 'verdict', ...told }] }
    }
    const isSameReason = one.modules.length > 1 || agreeOnCodes(wanted.codes, wasm.codes)
    if (isSameReason) return { outcome: 'refused', differences: [] }
    return { outcome: 'otherwise refused', differences: [], reasons: told }
  }
  const differences: Difference[] = []
  let isExhausted = false
  for (const [at, question] of questionsOf(one).entries()) {
    const [want, found, other] = [wanted.answers[at], wasm.answers[at], interpreter.answers[at]]
    if (want?.kind === 'exhausted' || found?.kind === 'exhausted') {
      isExhausted = true
      continue
    }
    if (!isSame(want, found)) differences.push({ what: 'answer', question, wanted: show(want), found: show(found) })
    if (!isSame(found, other)) differences.push({ what: 'engines', question, wanted: exactText(found), found: exactText(other) })
  }
  return { outcome: isExhausted ? 'exhausted' : 'answered', differences }
}

/**
 * We report at once what OPA reports stage by stage: what it reports first has to be among ours, but for recursion, which we
 * cannot tell of rules that have something else wrong with them.
 */
function agreeOnCodes(wanted: readonly string[], found: readonly string[]): boolean {
  return wanted.includes('rego_recursion_error') || wanted.some((code) => found.includes(code))
}

function isSame(wanted: Answer | undefined, found: Answer | undefined): boolean {
  if (wanted?.kind !== found?.kind) return false
  if (wanted?.kind === 'value' && found?.kind === 'value')
    return wanted.text === found.text && (wanted.exact === undefined || wanted.exact === found.exact)
  if (wanted?.kind === 'error' && found?.kind === 'error') return wanted.code === found.code
  return true
}

function exactText(answer: Answer | undefined): string {
  return answer?.kind === 'value' ? (answer.exact ?? answer.text) : show(answer)
}

function describe(verdict: Verdict): string {
  return verdict.kind === 'answers' ? `accepted: ${verdict.answers.map(show).join(' | ').slice(0, 400)}` : show(verdict)
}
