/**
 * Environment variables: which rules accept them, which are kept, and who allows what is kept.
 */
import { equalValues } from '../../src/value/compare.js'
import { RegoSet, type RegoValue } from '../../src/value/value.js'
import { type Question, isFlagSet } from './question.js'
import { type Maybe, at, every, isSame, isTrue, membersOf, some } from './rego.js'
import { isMatch } from './versions.js'

/** Whether a rule accepts a variable, in either of its two forms. */
function ruleAccepts(rule: RegoValue, variable: RegoValue): boolean {
  return acceptsWhole(rule, variable) || acceptsParts(rule, variable)
}

function acceptsWhole(rule: RegoValue, variable: RegoValue): boolean {
  return fits(at(rule, 'strategy'), at(rule, 'pattern'), variable)
}

function acceptsParts(rule: RegoValue, variable: RegoValue): boolean {
  if (typeof variable !== 'string' || !variable.includes('=')) return false
  const split = variable.indexOf('=')
  return (
    fits(at(rule, 'name_strategy'), at(rule, 'name'), variable.slice(0, split)) &&
    fits(at(rule, 'value_strategy'), at(rule, 'value'), variable.slice(split + 1))
  )
}

function fits(strategy: Maybe, pattern: Maybe, text: RegoValue): boolean {
  if (pattern === null) return false
  return strategy === 'string' ? isSame(pattern, text) : strategy === 're2' && isMatch(pattern, text)
}

export function someRuleAccepts(rules: Maybe, variable: RegoValue): boolean {
  return some(rules, (rule) => ruleAccepts(rule, variable))
}

/** A required rule that no variable of the request satisfies. */
export function lacksRequired(rules: Maybe, variables: Maybe): boolean {
  return some(rules, (rule) => isTrue(at(rule, 'required')) && !some(variables, (one) => ruleAccepts(rule, one)))
}

function allowsAll(rules: Maybe, variables: Maybe): boolean {
  return (
    membersOf(rules) !== undefined && !lacksRequired(rules, variables) && every(variables, (one) => someRuleAccepts(rules, one))
  )
}

export interface Selection {
  /** What the request is left with; undefined if that cannot be told. */
  readonly kept: Maybe
  /** The objects that allow exactly that. */
  readonly remaining: readonly RegoValue[]
}

/**
 * What is kept of the request's variables, and which objects allow it. Where variables may be dropped, that is the most that one
 * object accepts.
 */
export function selectEnvironment(question: Question, objects: readonly RegoValue[]): Selection {
  const asked = at(question.input, 'envList')
  const kept = isFlagSet(question, 'allow_environment_variable_dropping') ? mostAccepted(asked, objects) : asked
  return { kept, remaining: kept === undefined ? [] : objects.filter((one) => allowsAll(at(one, 'env_rules'), kept)) }
}

function mostAccepted(asked: Maybe, objects: readonly RegoValue[]): RegoSet | undefined {
  const accepted = objects
    .map((one) => at(one, 'env_rules'))
    .filter((rules) => rules !== undefined)
    .map((rules) => RegoSet.of((membersOf(asked) ?? []).filter((variable) => someRuleAccepts(rules, variable))))
  return theOnlyLargest(accepted, (set) => set.size)
}

/** The largest of some values, if those of the greatest size are all equal. */
export function theOnlyLargest<Value extends RegoValue>(
  values: readonly Value[],
  sizeOf: (value: Value) => number,
): Value | undefined {
  const largest = allLargest(values, sizeOf)
  return largest.every((one) => equalValues(one, largest[0] as Value)) ? largest[0] : undefined
}

export function allLargest<Value>(values: readonly Value[], sizeOf: (value: Value) => number): Value[] {
  const most = Math.max(...values.map(sizeOf))
  return values.filter((one) => sizeOf(one) === most)
}

/** The name of a variable, as messages give it. */
export function nameOf(variable: string): string {
  return variable.split('=')[0] as string
}
