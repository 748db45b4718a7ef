/**
 * `npm run differential:cce [-- --steps <n> --seed <n>]`: random policies, fragments and requests. Everything that our enforcer
 * asks our framework under our engine is asked the same framework under OPA, in the same state; the answers are compared.
 */
import { parseArgs } from 'node:util'
import type { Enforcer } from '../../src/index.js'
import { RegoCompileError } from '../../src/errors.js'
import { POINT_INFO_ENTRYPOINT } from '../../src/enforce/engine.js'
import { opaBinary } from '../support/opa.js'
import { OpaSide } from './opa-side.js'
import { type GeneratedPolicy, generatePolicy } from './policies.js'
import { Random } from '../support/random.js'
import { type Event, recordingEnforcer } from './recording.js'
import { RequestSource } from './requests.js'

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '2000' }, seed: { type: 'string', default: String(Date.now() % 1_000_000_000) } },
})

/** Requests to one policy. */
const STEPS_PER_POLICY = 400
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
  const policy = generatePolicy(random)
  const events: Event[] = []
  totals.policies++
  const codes = await opa.usePolicy(policy.text, policy.os)
  let enforcer
  try {
    enforcer = await recordingEnforcer(policy.text, policy.os, (event) => events.push(event))
  } catch (error) {
    if (!(error instanceof RegoCompileError)) throw error
    totals.refused++
    const ours = events.at(-1)
    const ourCodes = ours?.kind === 'compile' ? ours.codes : []
    if (codes.join() !== ourCodes.join())
      report(seed, policy.text, `loading: OPA ${codes.join() || 'accepts'}, ours ${ourCodes.join()}`)
    return
  }
  if (codes.length > 0) return report(seed, policy.text, `loading: OPA ${codes.join()}, ours accepts`)
  const requests = new RequestSource(random, policy)
  /** What was asked when each of the events came about. */
  const causes: string[] = []
  for (let step = 0; step < STEPS_PER_POLICY && totals.steps < wanted; step++) {
    const what = await runStep(enforcer, policy, requests, random)
    totals.steps++
    while (causes.length < events.length) causes.push(`step ${step} ${what}`)
  }
  const asked = new Set<string>()
  for (const [place, event] of events.entries()) {
    if (isRepeated(event, asked)) continue
    totals.questions++
    const difference = await opa.differenceFrom(event)
    if (difference === undefined) continue
    return report(seed, policy.text, `${causes[place]}\n${difference}\nstate ${event.kind === 'question' ? event.metadata : ''}`)
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
async function runStep(enforcer: Enforcer, policy: GeneratedPolicy, requests: RequestSource, random: Random): Promise<string> {
  if (policy.fragments.length > 0 && random.chance(2)) {
    const fragment = random.one(policy.fragments)
    const receipts = random.some(['issuer-1', 'issuer-2']).map((issuer) => ({ issuer, ttl_subjects: random.some(['list']) }))
    if ((await enforcer.loadFragmentModule({ ...fragment, receipts })).allowed) totals.loaded++
    return `load ${JSON.stringify(fragment)}`
  }
  const request = requests.next(enforcer.state)
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
