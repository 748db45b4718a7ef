/**
 * What `with` has replaced where a piece of policy is planned: documents of rules that are hidden, and functions that
 * others, or plain values, stand in for. Replaced parts of `input` and base data need no record: the statement that
 * replaces them changes the locals they are read from.
 */
import type { Callee } from '../check/core.js'
import { type Reach, unitOf } from './reach.js'
import { type RuleNode, pathOf } from './rule-trie.js'

export interface Environment {
  /** Nodes whose rules are replaced by what local 1 holds at their path. */
  readonly hidden: ReadonlySet<RuleNode>
  /** By `calleeKey` of the function replaced, ascending. */
  readonly mocks: ReadonlyMap<string, Mock>
}

/** What stands in for a function: another one, the document of a rule, or a value, which functions get as an extra parameter. */
export type Mock = { readonly target: Callee } & (
  | { readonly kind: 'function'; readonly callee: Callee }
  | { readonly kind: 'value' }
)

export const NO_REPLACEMENTS: Environment = { hidden: new Set(), mocks: new Map() }

export function calleeKey(callee: Callee): string {
  return callee.kind === 'builtin' ? callee.name : functionName('', callee.path)
}

/** How OPA names the function of a rule: `g0.data.policy["an odd name"].allow`. */
export function functionName(group: string, path: readonly string[]): string {
  const parts = path.map((part) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`))
  return `${group}.data${parts.join('')}`
}

export function isHidden(environment: Environment, node: RuleNode): boolean {
  return environment.hidden.has(node)
}

/** The environment in which the rules at and below `node` are hidden too. */
export function hide(environment: Environment, node: RuleNode): Environment {
  for (let at: RuleNode | undefined = node; at !== undefined; at = at.parent) if (environment.hidden.has(at)) return environment
  const outside = [...environment.hidden].filter((other) => !isBelow(other, node))
  return { ...environment, hidden: new Set([...outside, node]) }
}

export function mock(environment: Environment, substitute: Mock): Environment {
  const mocks = new Map([...environment.mocks, [calleeKey(substitute.target), substitute] as const])
  return { ...environment, mocks: new Map([...mocks].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** The environment inside a function that stands in for another: there all functions are the original ones. */
export function withoutMocks(environment: Environment): Environment {
  return { ...environment, mocks: NO_REPLACEMENTS.mocks }
}

/** The environment in which a function is the original one again. */
export function withoutMock(environment: Environment, key: string): Environment {
  return { ...environment, mocks: new Map([...environment.mocks].filter(([other]) => other !== key)) }
}

/** The part of an environment that can make a difference to what `node` evaluates to. */
export function restrict(environment: Environment, node: RuleNode, reach: Reach): Environment {
  if (environment.hidden.size === 0 && environment.mocks.size === 0) return environment
  const hidden = new Set([...environment.hidden].filter((other) => reach.mayReach(node, other)))
  const mocks = [...environment.mocks].filter(([, { target }]) => {
    const unit = unitOf(reach.root, target)
    return unit !== undefined && reach.mayReach(node, unit)
  })
  return { hidden, mocks: new Map(mocks) }
}

/** Equal for environments that mean the same; empty where nothing is replaced. */
export function environmentKey({ hidden, mocks }: Environment): string {
  const parts = [...hidden].map((node) => `hide ${functionName('', pathOf(node))}`).sort()
  for (const [key, substitute] of mocks) {
    parts.push(substitute.kind === 'function' ? `${key} as ${calleeKey(substitute.callee)}` : `${key} as a value`)
  }
  return parts.join('\n')
}

function isBelow(node: RuleNode, top: RuleNode): boolean {
  for (let at: RuleNode | undefined = node; at !== undefined; at = at.parent) if (at === top) return true
  return false
}
