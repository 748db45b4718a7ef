/**
 * `npm run differential:cce [-- --steps <n> --seed <n>]`: random policies, fragments and requests. Everything that our enforcer
 * asks our framework under our engine is asked the same framework under OPA, in the same state; the answers are compared.
 */
import { parseArgs } from 'node:util'
import type { Enforcer } from '../../src/index.js'
import { RegoCompileError } from '../../src/errors.js'
import { POINT_INFO_ENTRYPOINT } from '../../src/enforce/engine.js'
import { parseJson } from '../../src/value/json.js'
import type { RegoObject } from '../../src/value/value.js'
import { OWN_RULES, type RandomFragment, randomFragment, randomPolicy, textOf } from '../model/generate/policy.js'
import { IDS, type RequestSource } from '../model/generate/requests.js'
import { requestsFor } from '../model/generate/trace.js'
import { opaBinary } from '../support/opa.js'
import { Random } from '../support/random.js'
import { OpaSide } from './opa-side.js'
import { type Event, recordingEnforcer } from './recording.js'

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '2000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
})

/** Requests to one policy. */
const STEPS_PER_POLICY = 400
/** One with a hyphen, and one that as a pattern stands for the first as well. */
const ALL_IDS = [...IDS, '00000000-0000-0000-0000-000000000000', `${'a'.repeat(63)}.`]
/** What an author may write in place of the framework's rule, beside what the model knows: rules that read the input. */
const WRITTEN = [
  ...OWN_RULES,
  '{"allowed": input.target == "/scratch"}',
  '{"allowed": true, "metadata": [{"name": "own", "action": "add", "key": "k", "value": input}]}',
  '{"allowed": true, "metadata": [{"name": "own", "type": "set", "action": "add", "value": input.target}]}',
  '{"allowed": true, "metadata": [{"name": "started", "action": "remove", "key": input.containerID}]}',
  '{"allowed": true, "metadata": 1}',
]
/** Every execution of a process can multiply what is remembered; there is nothing more to learn from a large state. */
const LARGEST_STATE = 30_000
/** How often one policy may begin again. */
const MOST_RESTARTS = 5

if (opaBinary === undefined) {
  console.log('skipped: there is no `opa` in $OPA, on the search path, or in ~/go/bin')
  process.exit(0)
}

const wanted = Number(values.steps)
const totals = { policies: 0, refused: 0, steps: 0, allowed: 0, denied: 0, errors: 0, loaded: 0, questions: 0, differences: 0 }
const allowedPoints = new Map<string, number>()
let opa = await OpaSide.start(opaBinary)
console.log(`seed ${values.seed}`)
for (let seed = Number(values.seed); totals.steps < wanted && totals.differences < 20; seed++) {
  await runPatiently(seed)
  if (totals.policies % 5 === 0) console.log(JSON.stringify(totals))
}
opa.stop()
console.log(
  [...allowedPoints]
    .sort()
    .map(([point, count]) => `${point} ${count}`)
    .join(', '),
)
console.log(`${totals.steps} steps, ${totals.questions} questions, ${totals.differences} differences, ${JSON.stringify(totals)}`)
process.exitCode = totals.differences === 0 ? 0 : 1

/** As `runPolicy`; where the server does not answer in time, or is gone, the policy begins again with another server. */
async function runPatiently(seed: number): Promise<void> {
  for (let restarts = 0; ; restarts++) {
    const before = { ...totals }
    const allowedBefore = new Map(allowedPoints)
    try {
      return await runPolicy(seed)
    } catch (error) {
      if (restarts === MOST_RESTARTS) throw error
      console.log(`seed ${seed} begins again: ${error instanceof Error ? error.message : String(error)}`)
      Object.assign(totals, before)
      allowedPoints.clear()
      for (const [point, count] of allowedBefore) allowedPoints.set(point, count)
      opa.stop()
      opa = await OpaSide.start(opaBinary as string)
    }
  }
}

async function runPolicy(seed: number): Promise<void> {
  const random = new Random(seed)
  const policy = randomPolicy(random, WRITTEN)
  const text = textOf(policy)
  const fragments = random.list(0, 4, () => randomFragment(random, policy.os))
  const events: Event[] = []
  totals.policies++
  const codes = await opa.usePolicy(text, policy.os)
  let enforcer
  try {
    enforcer = await recordingEnforcer(text, policy.os, (event) => events.push(event))
  } catch (error) {
    if (!(error instanceof RegoCompileError)) throw error
    totals.refused++
    const ours = events.at(-1)
    const ourCodes = ours?.kind === 'compile' ? ours.codes : []
    if (codes.join() !== ourCodes.join())
      report(seed, text, `loading: OPA ${codes.join() || 'accepts'}, ours ${ourCodes.join()}`)
    return
  }
  if (codes.length > 0) return report(seed, text, `loading: OPA ${codes.join()}, ours accepts`)
  const requests = requestsFor(random, policy, fragments, ALL_IDS)
  /** What was asked when each of the events came about. */
  const causes: string[] = []
  const mayGoOn = (): boolean => totals.steps < wanted && enforcer.stateText.length < LARGEST_STATE
  for (let step = 0; step < STEPS_PER_POLICY && mayGoOn(); step++) {
    const what = await runStep(enforcer, fragments, requests, random)
    totals.steps++
    while (causes.length < events.length) causes.push(`step ${step} ${what}`)
  }
  const asked = new Set<string>()
  for (const [place, event] of events.entries()) {
    if (isRepeated(event, asked)) continue
    totals.questions++
    const difference = await opa.differenceFrom(event)
    if (difference === undefined) continue
    return report(seed, text, `${causes[place]}\n${difference}\nstate ${event.kind === 'question' ? event.metadata : ''}`)
  }
}

/** Whether the same was asked before: what the API says of a point depends on nothing but the policy. */
function isRepeated(event: Event, asked: Set<string>): boolean {
  if (event.kind !== 'question') return false
  const metadata = event.entrypoint === POINT_INFO_ENTRYPOINT ? '' : event.metadata
  const fragments = event.fragments.map(({ text }) => text)
  const key = JSON.stringify([event.entrypoint, event.input, metadata, fragments])
  if (asked.has(key)) return true
  asked.add(key)
  return false
}

/** Asks something. @returns what */
async function runStep(
  enforcer: Enforcer,
  fragments: readonly RandomFragment[],
  requests: RequestSource,
  random: Random,
): Promise<string> {
  if (fragments.length > 0 && random.chance(5)) {
    const { issuer, feed, module, headerSvn } = random.one(fragments)
    const receipts = random.some(['r0', 'r1']).map((by) => ({ issuer: by, ttl_subjects: random.some(['t0', 't1']) }))
    if ((await enforcer.loadFragmentModule({ issuer, feed, module, headerSvn, receipts })).allowed) totals.loaded++
    return `load ${issuer} ${feed} ${String(headerSvn)} ${JSON.stringify(receipts)}\n${module}`
  }
  const request = requests.next(parseJson(enforcer.stateText) as RegoObject)
  const decision = enforcer.enforce(request.point, request.input)
  if (decision.allowed) {
    totals.allowed++
    allowedPoints.set(request.point, (allowedPoints.get(request.point) ?? 0) + 1)
  } else if (decision.reason.code === 'denied') totals.denied++
  else totals.errors++
  return JSON.stringify(request)
}

function report(seed: number, text: string, what: string): void {
  totals.differences++
  console.log(`\n=== seed ${seed}\n${text}\n${what.slice(0, 6000)}\n`)
}
