/**
 * The request of a decision, as it can be asked again: what the guest masks in messages is given a value that fits, where
 * the policy has one.
 */
import { DEFAULT_PRIVILEGED_CAPABILITIES, DEFAULT_UNPRIVILEGED_CAPABILITIES } from '../../cce/guest-data.js'
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import { accepts } from '../../enforce/explain/env.js'
import { sampleOf } from '../regex/sample.js'

/** What stands for a value that nobody knows. */
export const UNKNOWN_VALUE = '<value>'

const MASKED = /^([^=]*)=<<redacted>>$/s

/** Whether the request has variables whose values are masked. */
export function hasMasked({ envList }: JsonObject): boolean {
  return Array.isArray(envList) && envList.some((entry: JsonValue) => typeof entry === 'string' && MASKED.test(entry))
}

/** The request for one container or process; `refused` are the variables that the decision says nobody accepts. */
export function unmasked(input: JsonObject, owners: readonly JsonObject[], refused: ReadonlySet<string>): JsonObject {
  const { rule: _rule, envList, capabilities, ...rest } = input
  const rules = owners.flatMap(({ env_rules: list }) => (Array.isArray(list) ? (list as readonly JsonValue[]) : []))
  return {
    ...rest,
    ...(envList === undefined
      ? {}
      : { envList: Array.isArray(envList) ? envList.map((entry: JsonValue) => variable(entry, rules, refused)) : envList }),
    ...(capabilities === undefined ? {} : { capabilities: CAPABILITY_WORDS[String(capabilities)] ?? capabilities }),
  }
}

const PRIVILEGED = DEFAULT_PRIVILEGED_CAPABILITIES
const UNPRIVILEGED = DEFAULT_UNPRIVILEGED_CAPABILITIES
const CAPABILITY_WORDS: Readonly<Record<string, JsonObject>> = {
  '[privileged]': { bounding: PRIVILEGED, effective: PRIVILEGED, inheritable: PRIVILEGED, permitted: PRIVILEGED, ambient: [] },
  '[unprivileged]': { bounding: UNPRIVILEGED, effective: UNPRIVILEGED, inheritable: [], permitted: UNPRIVILEGED, ambient: [] },
}

function variable(entry: JsonValue, rules: readonly JsonValue[], refused: ReadonlySet<string>): JsonValue {
  const name = typeof entry === 'string' ? MASKED.exec(entry)?.[1] : undefined
  if (name === undefined) return entry
  if (refused.has(name)) return refusedVariable(name, rules)
  for (const rule of rules) {
    const fitting = candidatesFor(name, rule).find((candidate) => accepts(rule, candidate))
    if (fitting !== undefined) return fitting
  }
  return `${name}=${UNKNOWN_VALUE}`
}

/** A value that no rule accepts, as that of the request was. */
function refusedVariable(name: string, rules: readonly JsonValue[]): string {
  const all = [UNKNOWN_VALUE, '', '\n'].map((value) => `${name}=${value}`)
  return all.find((one) => !rules.some((rule) => accepts(rule, one))) ?? (all[0] as string)
}

/** Variables of that name which the rule may accept. */
function candidatesFor(name: string, rule: JsonValue): readonly string[] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return []
  const { pattern, strategy, value, value_strategy: valueStrategy } = rule as JsonObject
  const found: string[] = []
  if (typeof pattern === 'string') {
    const whole = strategy === 're2' ? sampleOf(pattern) : pattern
    if (whole?.startsWith(`${name}=`)) found.push(whole)
    else if (whole?.includes('=')) found.push(`${name}${whole.slice(whole.indexOf('='))}`)
  }
  if (typeof value === 'string') {
    const text = valueStrategy === 're2' ? sampleOf(value) : value
    if (text !== undefined) found.push(`${name}=${text}`)
  }
  return found
}
