/** Rules for environment variables. */
import type { JsonValue } from '../json-value.js'
import { type PlacedObject, placed } from './facts.js'
import { patternWarnings } from './patterns.js'
import { type PolicyWarning, show, warn } from './warning.js'

export function* envRuleWarnings(rules: JsonValue | undefined, owner: string): Generator<PolicyWarning> {
  for (const rule of placed(`${owner}.env_rules`, rules)) {
    const { where, object } = rule
    const { required } = object
    if (required !== undefined && typeof required !== 'boolean')
      yield warn('flag-not-boolean', `${where}.required`, show(required))
    if (Object.hasOwn(object, 'pattern')) yield* partWarnings(rule, 'pattern', 'strategy')
    if (Object.hasOwn(object, 'name')) {
      yield* partWarnings(rule, 'name', 'name_strategy')
      yield* partWarnings(rule, 'value', 'value_strategy')
    }
    if (fitsNothing(object)) yield warn('env-rule-never-matches', where)
  }
}

function* partWarnings({ where, object }: PlacedObject, member: string, strategyMember: string): Generator<PolicyWarning> {
  const [pattern, strategy] = [object[member], object[strategyMember]]
  if (strategy === 're2' && typeof pattern === 'string') yield* patternWarnings(pattern, `${where}.${member}`)
  else if (strategy !== 'string') yield warn('strategy-unknown', `${where}.${strategyMember}`, show(strategy))
}

function fitsNothing({ pattern, strategy, name, name_strategy: nameStrategy }: PlacedObject['object']): boolean {
  if (typeof pattern === 'string') return strategy === 'string' && !pattern.includes('=')
  return typeof name === 'string' && nameStrategy === 'string' && name.includes('=')
}
