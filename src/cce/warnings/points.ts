/** The rules for enforcement points: which are missing, which answer without looking, which leave the answer to defaults. */
import type { Rule, Term } from '../../syntax/ast.js'
import { isJsonObject } from '../json-value.js'
import { compareVersions, isVersion } from '../version.js'
import { API_POINTS, type ApiRow } from './api-table.js'
import type { PolicyFacts } from './facts.js'
import { type PolicyWarning, show, warn } from './warning.js'

/** Points at which a constant that allows opens more than a flag would. */
const TELLING = new Set([
  'mount_device',
  'mount_overlay',
  'mount_cims',
  'create_container',
  'exec_in_container',
  'exec_external',
  'plan9_mount',
  'load_fragment',
  'load_transparency_trust_list',
  'host_network',
])

/** Points that no Linux guest asks about. */
const WINDOWS_ONLY = new Set(['mount_cims', 'registry_changes', 'log_provider'])

export function* pointWarnings(facts: PolicyFacts): Generator<PolicyWarning> {
  const apiVersion = facts.constants.get(facts.defines('api_version') ? 'api_version' : 'api_svn')
  const isOpen = isAllowed(facts.constants.get('create_container'))
  if (isOpen) yield warn('open-door', 'create_container')
  const isForWindows = facts.objects('containers').some(({ object }) => Object.hasOwn(object, 'mounted_cim'))
  for (const [point, row] of Object.entries(API_POINTS)) {
    if (!facts.defines(point) && WINDOWS_ONLY.has(point) && !isForWindows) continue
    if (!facts.defines(point)) yield* missingRule(point, row, apiVersion)
    else yield* answerWarnings(point, row, apiVersion, facts, isOpen)
  }
}

function isAllowed(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'allowed' in result && result.allowed === true
}

function* missingRule(point: string, { introduced, byDefault }: ApiRow, apiVersion: unknown): Generator<PolicyWarning> {
  if (!isVersion(apiVersion)) return
  if ((compareVersions(apiVersion, introduced) as number) >= 0) yield warn('rule-missing', point)
  else if (byDefault === 'allowed') yield warn('allowed-by-default', point, introduced)
  else if (byDefault === 'framework') yield warn('framework-decides', point, introduced)
}

function* answerWarnings(
  point: string,
  row: ApiRow,
  apiVersion: unknown,
  facts: PolicyFacts,
  isOpen: boolean,
): Generator<PolicyWarning> {
  const result = facts.constants.get(point)
  if (result === undefined) {
    if (facts.rules(point).some(leavesAllowedOut)) yield warn('result-without-allowed', point, row.byDefault === 'allowed')
    return
  }
  if (!isJsonObject(result)) yield warn('result-not-usable', point, show(result))
  else if (Object.keys(result).every((name) => name === 'metadata')) yield* missingRule(point, row, apiVersion)
  else if (!Object.hasOwn(result, 'allowed')) yield warn('result-without-allowed', point, row.byDefault === 'allowed')
  else if (typeof result['allowed'] !== 'boolean')
    yield warn('result-not-usable', point, `\`allowed\` is ${show(result['allowed'])}`)
  else if (result['allowed'] && TELLING.has(point) && !isOpen) yield warn('always-allowed', point)
}

/** Whether one of the rule's values is an object whose members are all written out, and `allowed` is not among them. */
function leavesAllowedOut(rule: Rule): boolean {
  if (rule.head.args !== undefined || rule.head.path.length > 0) return false
  return [rule.head.value, ...rule.elses.map(({ value }) => value)].some((value) => value !== undefined && lacksAllowed(value))
}

function lacksAllowed(value: Term): boolean {
  if (value.kind !== 'object' || value.entries.length === 0) return false
  const names = value.entries.map(({ key }) => (key.kind === 'string' ? key.value : undefined))
  return !names.includes(undefined) && !names.includes('allowed') && names.some((name) => name !== 'metadata')
}
