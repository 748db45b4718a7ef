/**
 * The smallest change of a policy that would have allowed a refused request: found from how the request differs from what
 * is declared nearest, and then tried. A change is only suggested after an enforcer with the changed policy has allowed
 * the request.
 */
import { RegoCompileError } from '../../errors.js'
import { createEnforcer } from '../../create-enforcer.js'
import { PolicyError } from '../../cce/policy-error.js'
import type { Decision, Denied } from '../../enforce/decision.js'
import type { Enforcer, EnforcerSnapshot } from '../../enforce/enforcer.js'
import type { Explanation } from '../../enforce/explain/explanation.js'
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import type { OpenedPolicy } from '../document.js'
import { changesFor } from './changes.js'
import { type PolicyChange, type RuleChange, withChange } from './patch.js'
import { type Situation, prepare, situationsOf } from './situation.js'
import { unmasked } from './unmask.js'

/** A refused request, as far as a decision tells. */
export interface RefusedRequest {
  readonly point: string
  /** The input of the decision. */
  readonly input: JsonObject
  /** Errors of the decision; undefined if it has no reason. */
  readonly errors: readonly string[] | undefined
  readonly errorObjects: JsonValue | undefined
}

/** What became of a request that was put to a policy again. */
export interface Reproduced {
  readonly situation: Situation
  readonly input: JsonObject
  readonly decision: Decision
  /** Whether the policy gave the same errors as the decision has. */
  readonly sameErrors: boolean
}

export type Change = PolicyChange | RuleChange

export interface Suggestion {
  /** Changes that together make the policy allow the request: tried. */
  readonly changes: readonly Change[]
  readonly changed: OpenedPolicy
}

export interface SuggestOptions {
  readonly os: 'linux' | 'windows'
  readonly explainEnvValues: boolean
}

/** Puts the request to the policy again. Undefined if the situation cannot be set up. */
export async function reproduce(
  opened: OpenedPolicy,
  request: RefusedRequest,
  options: SuggestOptions,
): Promise<Reproduced | undefined> {
  const enforcer = await createEnforcer({ kind: 'rego', text: opened.text, declared: { computed: [] } }, options)
  const fresh = enforcer.snapshot()
  const all: Reproduced[] = []
  for (const situation of situationsOf(request.point, opened.facts, request.errorObjects)) {
    const found = await reproduceIn(enforcer, fresh, situation, request)
    if (found !== undefined) all.push(found)
  }
  enforcer.close()
  return likeliest(all)
}

async function reproduceIn(
  enforcer: Enforcer,
  fresh: EnforcerSnapshot,
  situation: Situation,
  request: RefusedRequest,
): Promise<Reproduced | undefined> {
  await enforcer.restore(fresh)
  const input = unmasked(request.input, situation.owners, refusedVariables(request.errors ?? []))
  if (!(await prepare(enforcer, request.point, situation, input))) return undefined
  const decision = enforcer.enforce(request.point, input)
  // The explanation is drawn now, while the enforcer remembers what it is about.
  if (!decision.allowed) void decision.reason.explanation
  return { situation, input, decision, sameErrors: sameErrors(decision, request.errors) }
}

/** Names of variables that nobody accepts, as the decision lists them. */
function refusedVariables(errors: readonly string[]): ReadonlySet<string> {
  const lists = errors.flatMap((error) => /^invalid env list: (.*)$/s.exec(error)?.[1] ?? [])
  return new Set(lists.flatMap((list) => list.split(',')))
}

function sameErrors(decision: Decision, errors: readonly string[] | undefined): boolean {
  return (
    !decision.allowed && errors !== undefined && [...decision.reason.errors].sort().join('\n') === [...errors].sort().join('\n')
  )
}

/** What gives the same errors, then what is nearest to being allowed, then what is allowed. */
function likeliest(all: readonly Reproduced[]): Reproduced | undefined {
  const same = all.filter((one) => one.sameErrors)
  const denied = (same.length > 0 ? same : all).filter((one) => !one.decision.allowed)
  const [first, ...rest] = denied
  if (first === undefined) return all[0]
  return rest.reduce((nearest, one) => (distance(one) < distance(nearest) ? one : nearest), first)
}

function distance({ decision }: Reproduced): number {
  if (decision.allowed) return 0
  const { faults, nearest } = decision.reason.explanation
  const mismatches = nearest?.mismatches ?? []
  const isOtherProgram = mismatches.some(({ field }) => /^command(?:\[0\])?$/.test(field))
  return faults.length * 4 + mismatches.length + (isOtherProgram ? 10 : 0)
}

/** How often a changed policy is refused again, and changed further, before it is given up. */
const MOST_ROUNDS = 4

/** The change that makes the policy allow what it refused; undefined if none is known. */
export async function suggest(
  opened: OpenedPolicy,
  request: RefusedRequest,
  refused: Reproduced,
  options: SuggestOptions,
): Promise<Suggestion | undefined> {
  const changes: Change[] = []
  let policy = opened
  let now: Reproduced | undefined = refused
  for (let round = 0; round < MOST_ROUNDS && now !== undefined && !now.decision.allowed; round++) {
    const next = nextChanges(policy, request.point, now.input, now.decision)
    if (next.length === 0) return undefined
    const changed = applyAll(policy, next)
    if (changed === undefined) return undefined
    changes.push(...next)
    policy = changed
    now = await tryAgain(policy, request, refused, options)
  }
  return now?.decision.allowed === true ? { changes, changed: policy } : undefined
}

function nextChanges({ facts }: OpenedPolicy, point: string, input: JsonObject, decision: Denied): readonly Change[] {
  const { code, explanation } = decision.reason
  const forward = { rule: point, text: `${point} := data.framework.${point}` }
  if (code === 'missing_rule') return [forward]
  if (code === 'no_api_version') return [{ rule: 'api_version', text: 'api_version := "0.12.0"' }]
  if (code !== 'denied') return []
  const changes = changesFor({ point, input, explanation: explanation satisfies Explanation, facts })
  // What an older policy has no rule for is refused by default, whatever it declares.
  return facts.defines(point) ? changes : [forward, ...changes]
}

function applyAll(opened: OpenedPolicy, changes: readonly Change[]): OpenedPolicy | undefined {
  try {
    return changes.reduce<OpenedPolicy | undefined>(
      (policy, change) => (policy === undefined ? undefined : withChange(policy, change)),
      opened,
    )
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}

/** The same request, in the same situation, put to the changed policy. */
async function tryAgain(
  policy: OpenedPolicy,
  request: RefusedRequest,
  { situation }: Reproduced,
  options: SuggestOptions,
): Promise<Reproduced | undefined> {
  try {
    const enforcer = await createEnforcer({ kind: 'rego', text: policy.text, declared: { computed: [] } }, options)
    const found = await reproduceIn(enforcer, enforcer.snapshot(), situation, request)
    enforcer.close()
    return found
  } catch (error) {
    if (error instanceof RegoCompileError) return undefined
    throw error
  }
}
