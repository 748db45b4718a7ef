/**
 * `expect(request).toAllow(enforcer, point)` and `.toDenyWith(enforcer, point, reason)`.
 *
 * The enforcer is really asked: what an allowed request changes is remembered, so that a test can go through the life of a
 * container as a guest would.
 */
import { nearestName } from '../diagnostics/nearest.js'
import type { Decision } from '../enforce/decision.js'
import type { Enforcer } from '../enforce/enforcer.js'
import { ENFORCEMENT_POINTS, type EnforcementPoint, HOOK_NAMES, type HookName } from '../enforce/points.js'
import { isThenable } from '../enforce/thenable.js'
import { OptionError } from '../errors.js'
import { anyOf, check, text } from '../options.js'
import { denialLines, grantLines, reasonsOf } from './decision-lines.js'

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
  const message = decision.allowed
    ? () => [`expected ${point} to be denied, but it is allowed`, ...grantLines(decision)].join('\n')
    : () => [`expected ${point} to be allowed, but it is denied`, ...denialLines(decision)].join('\n')
  return { pass: decision.allowed, message }
}

function toDenyWith(request: unknown, enforcer: Enforcer, point: PointName, reason: string | RegExp): MatcherResult {
  isReason(reason, 'reason')
  const decision = ask(request, enforcer, point)
  const wanted = typeof reason === 'string' ? `"${reason}"` : String(reason)
  const about = (what: string, lines: readonly string[]) => (): string => [`expected ${point} ${what}`, ...lines].join('\n')
  if (decision.allowed)
    return { pass: false, message: about(`to be denied with ${wanted}, but it is allowed`, grantLines(decision)) }
  const reasons = reasonsOf(decision)
  const lines = denialLines(decision)
  const pass = reasons.some((one) => (typeof reason === 'string' ? one.includes(reason) : new RegExp(reason).test(one)))
  if (pass) return { pass, message: about(`not to be denied with ${wanted}, but it is`, lines) }
  const nearest = typeof reason === 'string' ? nearestName(reason, reasons) : undefined
  const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`
  const what = `to be denied with ${wanted}, but the ${reasons.length === 1 ? 'reason is another' : 'reasons are others'}${hint}`
  return { pass, message: about(what, lines), actual: reasons, expected: [reason] }
}

/** An empty text would be in every reason. */
const isReason = anyOf(
  'a text, not empty, or a regular expression',
  check((value) => typeof value === 'string' && value !== '', 'a text'),
  check((value) => value instanceof RegExp, 'a regular expression'),
)

function ask(request: unknown, enforcer: Enforcer, point: PointName): Decision {
  if (isThenable(enforcer)) throw new OptionError('enforcer', 'an enforcer', enforcer, 'is a promise: put `await` in front of it')
  isEnforcer(enforcer, 'enforcer')
  text(point, 'point')
  if (isHook(point)) return (enforcer[point] as (input: unknown) => Decision).call(enforcer, request)
  if ((ENFORCEMENT_POINTS as readonly string[]).includes(point)) return enforcer.enforce(point, request)
  const nearest = nearestName(point, [...HOOK_NAMES, ...ENFORCEMENT_POINTS])
  const advice = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  throw new OptionError('point', 'a hook', point, `is no hook and no enforcement point: \`${point}\`${advice}`)
}

/** An enforcer can do what every hook needs; what is merely an object, such as the request, cannot. */
const isEnforcer = check(
  (value) => typeof value === 'object' && value !== null && 'enforce' in value && typeof value.enforce === 'function',
  'what `createEnforcer` gives',
)

function isHook(point: string): point is HookName {
  return (HOOK_NAMES as readonly string[]).includes(point)
}
