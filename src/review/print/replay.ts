/** A replay as a table for a terminal. */
import type { Replay, ReplayedStep, StateChange } from '../replay.js'
import { type Paint, type Role, cut, plain } from './paint.js'

const ROLES: Readonly<Record<ReplayedStep['decision'], Role>> = { allow: 'good', deny: 'error', error: 'error', done: 'dim' }

/** Lines for a person: one for each step, and below it what there is to say about a refusal. */
export function printReplay({ steps, loaded, loadError }: Replay, paint: Paint): readonly string[] {
  if (!loaded) return [`${paint('error', 'the policy does not load')}: ${plain(loadError ?? '')}`]
  const width = Math.max('point'.length, ...steps.map(({ point }) => plain(point).length))
  const number = String(steps.length).length
  return [
    paint('title', `${'#'.padStart(number)}  ${'point'.padEnd(width)}  decision  reason`),
    ...steps.flatMap((step) => [rowOf(step, number, width, paint), ...detailsOf(step, paint)]),
  ]
}

function rowOf(
  { step, point, decision, reason, note, agrees, expected }: ReplayedStep,
  number: number,
  width: number,
  paint: Paint,
): string {
  const surprise = agrees || expected === undefined ? '' : paint('warning', `  expected ${expectedWords(expected)}`)
  const words = reason === undefined ? (note === undefined ? '' : paint('dim', cut(plain(note), 100))) : cut(plain(reason), 300)
  const cells = [String(step).padStart(number), plain(point).padEnd(width), paint(ROLES[decision], decision.padEnd(8))]
  return `${cells.join('  ')}  ${words}${surprise}`.trimEnd()
}

function expectedWords({ decision, code, errors }: NonNullable<ReplayedStep['expected']>): string {
  const details = [...(code === undefined ? [] : [plain(code)]), ...(errors ?? []).map(plain)]
  return details.length === 0 ? decision : `${decision} (${details.join('; ')})`
}

function detailsOf({ explanation = [], reason, state = [] }: ReplayedStep, paint: Paint): readonly string[] {
  const lines = explanation.filter((line) => line !== reason).map((line) => `      ${paint('dim', plain(line))}`)
  return [...lines, ...state.map((change) => `      ${paint('info', changeText(change))}`)]
}

function changeText({ table, key, change, value }: StateChange): string {
  const place = key === undefined ? plain(table) : `${plain(table)}[${plain(JSON.stringify(key))}]`
  return change === 'removed' ? `${place} removed` : `${place} = ${cut(plain(JSON.stringify(value)), 200)}`
}

/** `14 steps: 12 allowed, 2 refused; 1 not as expected`. */
export function countSteps({ steps }: Replay): string {
  const requests = steps.filter(({ decision }) => decision !== 'done')
  const allowed = requests.filter(({ decision }) => decision === 'allow').length
  const wrong = steps.filter(({ agrees, expected }) => !agrees && expected !== undefined).length
  const refused = requests.length - allowed
  const surprises = wrong === 0 ? '' : `; ${wrong} not as expected`
  return `${requests.length} request${requests.length === 1 ? '' : 's'}: ${allowed} allowed, ${refused} refused${surprises}`
}
