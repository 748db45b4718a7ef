/**
 * Environment variables: which no rule accepts, which rule comes closest, which required one is missing, and which are
 * kept where surplus ones are dropped.
 *
 * Values are masked, those of the policy's rules too: a rule may hold a secret as well as a request.
 */
import type { JsonObject, JsonValue } from '../decision.js'
import { isObject } from '../grant.js'
import { type Mismatch, listed, missingField, mismatch, show } from './explanation.js'
import { isTruthy, listOf } from './json.js'
import { matchesPattern } from './pattern.js'

/** What stands for the value of a variable where values are not shown. */
export const MASK = '<<redacted>>'

/** How variables are shown. */
export interface EnvView {
  /** Whether their values may be seen. */
  readonly showValues: boolean
}

/** What the variables to keep (`kept`) lack, or have too many of, for the rules of one object. */
export function envMismatches(rules: JsonValue | undefined, kept: JsonValue | undefined, view: EnvView): readonly Mismatch[] {
  const [known, variables] = [listOf(rules), listOf(kept)]
  if (known === undefined) return [missingField('env_rules')]
  if (variables === undefined) return [mismatch('env_rules', 'the request has no list of variables')]
  const refused = variables.filter((variable) => !known.some((rule) => accepts(rule, variable)))
  return [
    ...listed(
      'env_rules',
      refused.map((variable) => refusal(known, variable, view)),
    ),
    ...listed('env_rules', missingRequired(known, variables, view)),
  ]
}

/** Variables that some rule accepts. */
export function acceptedVariables(rules: JsonValue | undefined, variables: JsonValue | undefined): readonly string[] {
  const known = listOf(rules) ?? []
  const accepted = (listOf(variables) ?? []).filter(
    (one): one is string => typeof one === 'string' && known.some((rule) => accepts(rule, one)),
  )
  return [...new Set(accepted)].sort()
}

/** Whether a rule accepts a variable, given as `NAME=value`. */
export function accepts(rule: JsonValue, variable: JsonValue): boolean {
  if (!isObject(rule) || typeof variable !== 'string') return false
  if (fits(rule.strategy, rule.pattern, variable)) return true
  const parts = nameAndValue(variable)
  return (
    parts !== undefined && fits(rule.name_strategy, rule.name, parts.name) && fits(rule.value_strategy, rule.value, parts.value)
  )
}

function fits(strategy: JsonValue | undefined, pattern: JsonValue | undefined, text: string): boolean {
  if (typeof pattern !== 'string') return false
  return strategy === 'string' ? pattern === text : strategy === 're2' && matchesPattern(pattern, text)
}

function nameAndValue(variable: string): { readonly name: string; readonly value: string } | undefined {
  const at = variable.indexOf('=')
  return at === -1 ? undefined : { name: variable.slice(0, at), value: variable.slice(at + 1) }
}

function refusal(rules: readonly JsonValue[], variable: JsonValue, view: EnvView): Mismatch {
  if (typeof variable !== 'string') return mismatch('env_rules', 'a variable of the request is no text')
  const place = rules.findIndex((rule) => isObject(rule) && names(rule, variable))
  if (place === -1)
    return { ...mismatch('env_rules', `no rule accepts ${quoted(variable, view)}`), actual: masked(variable, view) }
  const rule = rules[place] as JsonObject
  const words = view.showValues
    ? `expected ${ruleText(rule, view)}, got ${quoted(variable, view)}`
    : `${quoted(variable, view)} has another value than the rule ${ruleText(rule, view)}`
  return { ...mismatch(`env_rules[${place}]`, words), expected: maskedRule(rule, view), actual: masked(variable, view) }
}

function missingRequired(rules: readonly JsonValue[], variables: readonly JsonValue[], view: EnvView): readonly Mismatch[] {
  return rules.flatMap((rule, place) => {
    if (!isObject(rule) || !isTruthy(rule.required) || variables.some((variable) => accepts(rule, variable))) return []
    const other = variables.some((variable) => typeof variable === 'string' && names(rule, variable))
    const words = `required variable ${ruleText(rule, view)} is missing${other ? ': the request has another value' : ''}`
    return [{ ...mismatch(`env_rules[${place}]`, words), expected: maskedRule(rule, view) }]
  })
}

/** Whether the rule is about the variable's name, whatever its value. */
function names(rule: JsonObject, variable: string): boolean {
  const name = nameAndValue(variable)?.name ?? variable
  if (typeof rule.name === 'string') return fits(rule.name_strategy, rule.name, name)
  const [ruleName] = typeof rule.pattern === 'string' ? splitPattern(rule.pattern) : [undefined]
  return ruleName !== undefined && (ruleName === name || (rule.strategy === 're2' && matchesPattern(ruleName, name)))
}

/** A pattern for a whole variable, parted where the name ends. */
function splitPattern(pattern: string): readonly [name: string | undefined, value: string] {
  const at = pattern.indexOf('=')
  return at === -1 ? [undefined, pattern] : [pattern.slice(0, at), pattern.slice(at + 1)]
}

function ruleText(rule: JsonObject, view: EnvView): string {
  const strategies = [rule.strategy, rule.name_strategy, rule.value_strategy].filter((one) => typeof one === 'string')
  return `${show(maskedRule(rule, view))} (${[...new Set(strategies)].join(', ')})`
}

function maskedRule(rule: JsonObject, view: EnvView): string {
  if (typeof rule.pattern !== 'string') {
    const name = typeof rule.name === 'string' ? rule.name : ''
    return `${name}=${view.showValues ? (typeof rule.value === 'string' ? rule.value : '') : MASK}`
  }
  const [name] = splitPattern(rule.pattern)
  return view.showValues ? rule.pattern : name === undefined ? MASK : `${name}=${MASK}`
}

function quoted(variable: string, view: EnvView): string {
  return show(masked(variable, view))
}

function masked(variable: string, view: EnvView): string {
  return view.showValues ? variable : `${nameAndValue(variable)?.name ?? variable}=${MASK}`
}
