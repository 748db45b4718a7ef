/**
 * `expect(request).toAllow(enforcer, point)` and `.toDenyWith(enforcer, point, reason)`.
 *
 * The enforcer is really asked: what an allowed request changes is remembered, so that a test can go through the life of a
 * container as a guest would.
 */
import type { Allowed, Decision } from '../enforce/decision.js'
import type { Enforcer } from '../enforce/enforcer.js'
import { ENFORCEMENT_POINTS, type EnforcementPoint, HOOK_NAMES, type HookName } from '../enforce/points.js'
import { nearestName } from '../diagnostics/nearest.js'

/** A hook, `createContainer`, or an enforcement point by its name in policies, `create_container`. */
export type PointName = HookName | EnforcementPoint

/** What is added to `expect`. */
export interface DecisionMatchers<Result = unknown> {
  /**
   * The enforcer allows the request. A hook's input is filled in and checked as the hook does; that of an enforcement point
   * is passed on as it is.
   *
   * @example expect({ target: '/run/layers/0', deviceHash }).toAllow(enforcer, 'mountDevice')
   */
  toAllow(enforcer: Enforcer, point: PointName): Result
  /**
   * The enforcer denies the request, and one of the reasons is this text, has it in it, or matches the expression. Without
   * reasons of the policy, the message of the denial counts.
   *
   * @example expect(request).toDenyWith(enforcer, 'createContainer', 'invalid command')
   */
  toDenyWith(enforcer: Enforcer, point: PointName, reason: string | RegExp): Result
}

declare module 'vitest' {
  // The parameter has to be called as in vitest's own declaration.
  interface Matchers<T> extends DecisionMatchers<T> {}
}

interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
  readonly actual?: unknown
  readonly expected?: unknown
}

export const MATCHERS = { toAllow, toDenyWith }

function toAllow(request: unknown, enforcer: Enforcer, point: PointName): MatcherResult {
  const decision = ask(request, enforcer, point)
  if (decision.allowed) {
    return { pass: true, message: () => `expected ${point} to be denied, but it is allowed${grantText(decision)}` }
  }
  const message = (): string => [`expected ${point} to be allowed, but it is denied`, ...denialLines(decision)].join('\n')
  return { pass: false, message }
}

function toDenyWith(request: unknown, enforcer: Enforcer, point: PointName, reason: string | RegExp): MatcherResult {
  const decision = ask(request, enforcer, point)
  const wanted = typeof reason === 'string' ? `"${reason}"` : String(reason)
  if (decision.allowed) {
    const what = `expected ${point} to be denied with ${wanted}, but it is allowed`
    return { pass: false, message: () => `${what}${grantText(decision)}` }
  }
  const reasons = reasonsOf(decision)
  const pass = reasons.some((one) => (typeof reason === 'string' ? one.includes(reason) : new RegExp(reason).test(one)))
  const message = (): string =>
    pass
      ? [`expected ${point} not to be denied with ${wanted}`, ...denialLines(decision)].join('\n')
      : [`expected ${point} to be denied with ${wanted}, but the reasons are others`, ...denialLines(decision)].join('\n')
  return { pass, message, ...(pass ? {} : { actual: reasons, expected: [reason] }) }
}

type Denial = Extract<Decision, { allowed: false }>

function ask(request: unknown, enforcer: Enforcer, point: PointName): Decision {
  if (isHook(point)) return (enforcer[point] as (input: unknown) => Decision).call(enforcer, request)
  if ((ENFORCEMENT_POINTS as readonly string[]).includes(point)) return enforcer.enforce(point, request)
  const nearest = nearestName(point, [...HOOK_NAMES, ...ENFORCEMENT_POINTS])
  const advice = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  throw new TypeError(`\`${point}\` is no hook and no enforcement point${advice}`)
}

function isHook(point: string): point is HookName {
  return (HOOK_NAMES as readonly string[]).includes(point)
}

function reasonsOf({ reason }: Denial): readonly string[] {
  return reason.errors.length > 0 ? reason.errors : [reason.message]
}

/** The reasons, and what came nearest. */
function denialLines(decision: Denial): readonly string[] {
  const { code, message, errors, explanation } = decision.reason
  const reasons = errors.length > 0 ? errors.map((one) => `  reason: ${one}`) : [`  ${code}: ${message}`]
  const told = new Set([...errors, message])
  return [...reasons, ...explanation.lines.filter((line) => !told.has(line)).map((line) => `  ${line}`)]
}

/** What the policy lets through of what was asked for. */
function grantText(decision: Allowed<unknown>): string {
  const result = decision.resultText
  return result === undefined ? '' : `:\n  ${result}`
}
