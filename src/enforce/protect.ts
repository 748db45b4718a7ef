/**
 * An agent behind an enforcer: every method named like a hook is asked about first, and runs only if it is allowed.
 */
import type { Denied } from './decision.js'
import type { Enforcer } from './enforcer.js'
import { anyObject, anyOf, func } from '../options.js'
import { type HookName, POINTS } from './points.js'
import { isThenable } from './thenable.js'

/** Raised in place of an action that the policy does not allow. */
export class PolicyDeniedError extends Error {
  override readonly name = 'PolicyDeniedError'
  readonly code = 'ERR_POLICY_DENIED'

  constructor(
    readonly hook: HookName,
    readonly decision: Denied,
  ) {
    super(decision.reason.message)
  }
}

/** An object whose methods named like hooks take the hook's input first, and may be asynchronous. */
export type Agent = { readonly [Hook in HookName]?: (input: never, ...rest: never[]) => unknown }

const AGENT = anyOf('an object', anyObject, func)

/**
 * Wraps an agent: a call of a method named like a hook asks the enforcer, throws `PolicyDeniedError` when it is
 * refused, and otherwise runs the method with the narrowed input: variables, capabilities, log providers and ledgers are
 * those that the policy keeps, and `allowStdioAccess` says whether the host may see the process's stdio. The method may be
 * asynchronous; the question itself is not. If the method throws or rejects, what the decision made the enforcer remember
 * is taken back, so that the action may be tried again. Everything else of the agent stays as it is.
 *
 * @example
 * const agent = protect({ createContainer: (input) => runtime.create(input) }, enforcer)
 * await agent.createContainer(input) // runs, or throws PolicyDeniedError
 */
export function protect<Target extends object>(agent: Target & Agent, enforcer: Enforcer): Target {
  AGENT(agent, 'agent')
  anyObject(enforcer, 'enforcer')
  return new Proxy<Target>(agent, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver)
      if (typeof member !== 'function' || typeof property !== 'string' || !isHook(property)) return member
      return (input: unknown, ...rest: unknown[]): unknown =>
        guard(property, input, (narrowed) => Reflect.apply(member, target, [narrowed, ...rest]) as unknown, enforcer)
    },
  })
}

function isHook(name: string): name is HookName {
  return Object.hasOwn(POINTS, name)
}

function guard(hook: HookName, input: unknown, action: (narrowed: unknown) => unknown, enforcer: Enforcer): unknown {
  // Read once: what is decided on is what the action gets, whatever getters or other holders of the object do.
  const asked: unknown = typeof input === 'object' && input !== null ? copyOf(input) : (input ?? {})
  const { decision, undo } = enforcer.attempt(hook, asked as never)
  if (!decision.allowed) throw new PolicyDeniedError(hook, decision)
  let result: unknown
  try {
    result = action(narrow(asked, decision))
  } catch (error) {
    undo()
    throw error
  }
  if (!isThenable(result)) return result
  return Promise.resolve(result).catch((error: unknown) => {
    undo()
    throw error
  })
}

/** A copy whose members are as JSON has them, which is all that a policy sees; those without a JSON form are kept. */
function copyOf(input: object): unknown {
  try {
    return Object.fromEntries(Object.entries({ ...input }).map(([name, value]) => [name, jsonForm(value)]))
  } catch {
    return input
  }
}

function jsonForm(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined
  return text === undefined ? value : (JSON.parse(text) as unknown)
}

/** Members of a decision, and the members of the input that they stand in for. */
const NARROWED = [
  ['envList', 'envList'],
  ['capabilities', 'capabilities'],
  ['allowStdioAccess', 'allowStdioAccess'],
  ['providersToKeep', 'providers'],
  ['allowedLedgers', 'ledgers'],
] as const

/** The input with what the decision grants in place of what was asked for. */
function narrow(input: unknown, decision: object): unknown {
  if (typeof input !== 'object' || input === null) return input
  const granted = (name: string): unknown => (Object.hasOwn(decision, name) ? Reflect.get(decision, name) : undefined)
  const narrowed = NARROWED.flatMap(([grant, member]) =>
    granted(grant) === undefined ? [] : [[member, granted(grant)] as const],
  )
  return { ...input, ...Object.fromEntries(narrowed) }
}
