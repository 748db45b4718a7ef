/**
 * A random trace: a policy, fragments, and requests one after another as the state makes them likely, recorded by the model.
 */
import { ENFORCEMENT_POINTS, guestData } from '../../../src/index.js'
import { parseJson, writeJson } from '../../../src/value/json.js'
import type { RegoObject } from '../../../src/value/value.js'
import { Random } from '../../support/random.js'
import type { ModelRule } from '../enforcer.js'
import { readFragment } from '../read-policy.js'
import { Recorder } from '../recorder.js'
import { type Json, type Members, isList, isMembers } from './json.js'
import { type RandomFragment, type RandomPolicy, randomFragment, randomPolicy, textOf } from './policy.js'
import { RequestSource } from './requests.js'

export interface Trace {
  /** In the format of recorded decisions. */
  readonly text: string
  /** How often each point was decided in each way. */
  readonly counts: ReadonlyMap<string, number>
}

/** Every execution of a process can multiply what is remembered; there is nothing more to learn from a large state. */
const LARGEST_STATE = 30_000

export function recordTrace(seed: number, steps: number): Trace {
  const random = new Random(seed)
  const policy = randomPolicy(random)
  const fragments = random.list(0, 4, () => randomFragment(random, policy.os))
  const recorder = new Recorder({
    os: policy.os,
    policyText: textOf(policy),
    policy: { documents: toRego(policy.documents) as RegoObject, rules: rulesOf(policy) },
    data: toRego(guestData(policy.os)) as RegoObject,
    fragments,
  })
  const requests = requestsFor(random, policy, fragments)
  const counts = new Map<string, number>()
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1)
  let isOpen = false
  for (let step = 0; step < steps && writeJson(recorder.state).length < LARGEST_STATE; step++) {
    const kind = random.below(200)
    if (kind === 0) recorder.extendDefaultMounts([toRego(random.one(EXTRA_MOUNTS))])
    else if (kind < 4) {
      if (!isOpen) recorder.begin()
      else if (random.chance(50)) recorder.commit()
      else recorder.rollback()
      isOpen = !isOpen
    } else if (kind < 8 && fragments.length > 0) {
      const index = random.below(fragments.length)
      const receipts = random.some(['r0', 'r1']).map((issuer) => ({ issuer, ttl_subjects: random.some(['t0', 't1']) }))
      const outcomes = recorder.load(index, fragments[index]?.headerSvn ?? null, toRego(receipts))
      for (const { outcome } of outcomes) count(`load_fragment ${outcome}`)
    } else {
      const { point, input } = requests.next(recorder.state)
      count(`${point} ${recorder.ask(point, toRego(input)).outcome}`)
    }
  }
  return { text: recorder.toText(`model-${seed}`, `random trace of the model, seed ${seed}`), counts }
}

/** Requests for what a policy and fragments declare, in the names of these containers. */
export function requestsFor(
  random: Random,
  policy: RandomPolicy,
  fragments: readonly RandomFragment[],
  ids?: readonly string[],
): RequestSource {
  const exported = fragments.map(({ module, namespace }) => exportsOf(module, namespace))
  const declared = (name: string): Json[] => [policy.documents, ...exported].flatMap((one) => listed(one[name]))
  return new RequestSource(random, policy.os, declared('containers'), declared('external_processes'), ids)
}

const EXTRA_MOUNTS: readonly Json[] = [
  { destination: '/etc/hosts', source: '/run/gcs/c/s/hosts', type: 'bind', options: ['bind'] },
  { destination: '/e', source: 'sandbox:///.*', type: 'none', options: ['ro', 'rbind'] },
]

function rulesOf({ ownRules }: RandomPolicy): Map<string, ModelRule> {
  const rules = [...ENFORCEMENT_POINTS, 'reason'].map((point): readonly [string, ModelRule | undefined] => {
    const own = ownRules.get(point)
    if (own !== undefined) return [point, { kind: 'fixed', value: parseJson(own) }]
    return [point, ownRules.has(point) ? undefined : { kind: 'framework' }]
  })
  return new Map(rules.filter((rule): rule is readonly [string, ModelRule] => rule[1] !== undefined))
}

function exportsOf(module: string, namespace: string): Members {
  const exported = readFragment(module, namespace, null)
  return exported === undefined ? {} : (JSON.parse(writeJson(exported)) as Members)
}

function listed(list: Json | undefined): readonly Json[] {
  return isList(list) ? list : isMembers(list) ? Object.values(list) : []
}

function toRego(value: unknown) {
  return parseJson(JSON.stringify(value))
}
