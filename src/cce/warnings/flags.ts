/** The policy's flags. */
import { POLICY_FLAGS } from '../policy.js'
import type { PolicyFacts } from './facts.js'
import { type PolicyWarning, show, warn } from './warning.js'

export function* flagWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  for (const name of POLICY_FLAGS) {
    const value = facts.constants.get(name)
    if (value !== undefined && typeof value !== 'boolean') yield warn('flag-not-boolean', name, show(value))
  }
  const dropping = facts.constants.get('allow_capability_dropping')
  if (dropping !== undefined && dropping !== false && (facts.age === 'ignored' || facts.isBefore('0.2.2'))) {
    yield warn('flag-ignored', 'allow_capability_dropping', '0.2.2')
  }
}
