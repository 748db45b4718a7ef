/** Flags, and the rules of enforcement points. */
import type { JsonValue } from '../../cce/json-value.js'
import type { PolicyFlag } from '../../cce/policy.js'
import { API_POINTS } from '../../cce/warnings/api-table.js'
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import { nearestName } from '../../diagnostics/nearest.js'
import type { Rule } from '../../syntax/ast.js'
import { type OwnLintCode, type RawFinding, find } from './finding.js'

/** Findings that need no facts beside the place. */
type PlainCode = { [Code in OwnLintCode]: Parameters<typeof find<Code>>['length'] extends 2 ? Code : never }[OwnLintCode]

const FLAG_CODES: Readonly<Record<PolicyFlag, PlainCode>> = {
  allow_properties_access: 'properties-allowed',
  allow_dump_stacks: 'dump-stacks-allowed',
  allow_runtime_logging: 'runtime-logging-allowed',
  allow_host_network: 'host-network-allowed',
  allow_environment_variable_dropping: 'env-dropping-allowed',
  allow_unencrypted_scratch: 'unencrypted-scratch-allowed',
  allow_capability_dropping: 'capability-dropping-allowed',
  allow_log_provider_dropping: 'log-provider-dropping-allowed',
}

export function* flagFindings(facts: PolicyFacts): Generator<RawFinding> {
  for (const [flag, code] of Object.entries(FLAG_CODES)) {
    const value: JsonValue | undefined = facts.constants.get(flag)
    if (value !== undefined && value !== false) yield find(code, flag)
  }
}

export function* pointFindings(facts: PolicyFacts): Generator<RawFinding> {
  for (const point of Object.keys(API_POINTS)) {
    if (!facts.defines(point) || facts.constants.get(point) !== undefined) continue
    const targets = facts.rules(point).map(frameworkRule)
    const other = targets.find((target) => target !== undefined && target !== point)
    if (other === undefined) {
      if (targets.includes(undefined)) yield find('own-rule', point)
    } else if (isPoint(other)) yield find('forwards-elsewhere', point, point, other)
    else yield find('forwards-nowhere', point, other, nearestName(other, Object.keys(API_POINTS)))
  }
}

/** The point of the framework that a rule hands the decision to; undefined if it does something else. */
export function forwardTarget(rule: Rule): string | undefined {
  const name = frameworkRule(rule)
  return name !== undefined && isPoint(name) ? name : undefined
}

function isPoint(name: string): boolean {
  return Object.hasOwn(API_POINTS, name)
}

/** What of the framework a rule is equal to, `data.framework.NAME`; undefined if it does something else. */
function frameworkRule({ head, bodies, elses }: Rule): string | undefined {
  const { value } = head
  if (bodies.length > 0 || elses.length > 0 || head.path.length > 0 || head.args !== undefined || value?.kind !== 'ref')
    return undefined
  const [room, name, ...rest] = value.path.map(({ term }) => (term.kind === 'string' ? term.value : undefined))
  const isForward = value.head.kind === 'var' && value.head.name === 'data' && room === 'framework' && rest.length === 0
  return isForward ? name : undefined
}
