/** How a policy decides each enforcement point, as far as its text tells. */
import { isJsonObject } from '../cce/json-value.js'
import { compareVersions, isVersion } from '../cce/version.js'
import { API_POINTS } from '../cce/warnings/api-table.js'
import type { PolicyFacts } from '../cce/warnings/facts.js'
import { forwardTarget } from './lint/policy-rules.js'

/** How requests at an enforcement point are decided. */
export type PointAnswer =
  /** By the framework, from what the policy declares. */
  | 'framework'
  /** By a constant that allows, or refuses. */
  | 'allowed'
  | 'refused'
  /** By a rule of the policy's own. */
  | 'own-rule'
  /** There is no rule: by the default of the API, because the policy is older than the point. */
  | 'allowed-by-default'
  | 'refused-by-default'
  | 'framework-by-default'
  /** There is no rule although there has to be one: refused. */
  | 'missing'

export function answerOf(point: string, facts: PolicyFacts): PointAnswer {
  if (!facts.defines(point)) return withoutRule(point, facts)
  const result = facts.constants.get(point)
  if (result === undefined) {
    const targets = facts.rules(point).map(forwardTarget)
    return targets.every((target) => target === point) ? 'framework' : 'own-rule'
  }
  if (!isJsonObject(result)) return 'refused'
  if (Object.keys(result).every((name) => name === 'metadata')) return withoutRule(point, facts)
  if (Object.hasOwn(result, 'allowed')) return result['allowed'] === true ? 'allowed' : 'refused'
  return API_POINTS[point]?.byDefault === 'allowed' ? 'allowed' : 'refused'
}

function withoutRule(point: string, facts: PolicyFacts): PointAnswer {
  const version = facts.constants.get(facts.defines('api_version') ? 'api_version' : 'api_svn')
  const row = API_POINTS[point]
  if (row === undefined || !isVersion(version) || (compareVersions(version, row.introduced) ?? 0) >= 0) return 'missing'
  return row.byDefault === 'allowed'
    ? 'allowed-by-default'
    : row.byDefault === 'framework'
      ? 'framework-by-default'
      : 'refused-by-default'
}
