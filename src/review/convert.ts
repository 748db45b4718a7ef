/**
 * One policy in another form: structured JSON, Rego, or the base64 of the Rego text.
 *
 * Rego becomes structured only if the structured policy means the same. Older versions can be brought up to date on the way;
 * what that changes is told.
 */
import { type JsonValue, isJsonObject, objectFrom } from '../cce/json-value.js'
import { parsePolicy } from '../cce/parse.js'
import { type OpenDoorPolicy, POLICY_FLAGS, type StructuredPolicy } from '../cce/policy.js'
import { policyToRego } from '../cce/render.js'
import { API_POINTS } from '../cce/warnings/api-table.js'
import type { JsonMembers, PolicyFacts } from '../cce/warnings/facts.js'
import { checkOptions, flag, oneOf, optionsOf } from '../options.js'
import { encodeBase64 } from '../value/base64.js'
import { encodeUtf8 } from '../value/utf8.js'
import { type PolicyDiff, diffPolicies } from './diff.js'
import { olderDefaults } from './diff/normal.js'
import { type PolicyInput, openPolicy } from './document.js'
import { type PointAnswer, answerOf } from './points.js'

export type PolicyForm = 'json' | 'rego' | 'base64'

export interface ConvertOptions {
  /** Bring a policy of an older version up to date, whatever that changes. Default false: refuse if it changes anything. */
  readonly upgrade?: boolean
}

export interface ConvertedPolicy {
  /** JSON and Rego end with a line break if their form has one; base64 does not. */
  readonly text: string
  /** How the result differs from what was given; only where forms were changed by meaning, not by letter. */
  readonly diff: PolicyDiff | undefined
}

/** A policy that cannot be written in the other form without meaning something else. */
export class ConvertError extends Error {
  override readonly name = 'ConvertError'
  readonly code = 'ERR_CONVERT'

  constructor(readonly diff: PolicyDiff) {
    super('the structured policy would mean something else')
  }
}

const FORM = oneOf('json', 'rego', 'base64')
const CONVERT_OPTIONS = optionsOf({ upgrade: flag })

/**
 * Converts a policy.
 *
 * Errors: `PolicyError` if the source is no policy, or its objects have no structured form; `ConvertError` if the structured
 * policy would mean something else.
 *
 * @example convertPolicy(ccePolicy, 'json').text
 */
export function convertPolicy(source: PolicyInput, to: PolicyForm, options: ConvertOptions = {}): ConvertedPolicy {
  FORM(to, 'to')
  checkOptions(options, CONVERT_OPTIONS)
  const opened = openPolicy(source)
  if (to === 'rego') return { text: opened.text, diff: undefined }
  if (to === 'base64') return { text: encodeBase64(encodeUtf8(opened.text)), diff: undefined }
  const known = parsePolicy(opened.text)
  if (known.kind !== 'rego') return { text: structuredText(known), diff: undefined }
  const policy = parsePolicy(structuredDocument(opened.facts)) as StructuredPolicy
  const diff = diffPolicies(opened.text, policyToRego(policy))
  const isAccepted = diff.differences.every(({ where }) => options.upgrade === true && isUpgrade(where, opened.facts))
  if (!isAccepted) throw new ConvertError(diff)
  return { text: structuredText(policy), diff }
}

/** A structured policy as a document that reads as the same policy. */
function structuredText(policy: StructuredPolicy | OpenDoorPolicy): string {
  if (policy.kind === 'open_door') return `${JSON.stringify({ allow_all: true }, null, 2)}\n`
  const { kind: _kind, ...members } = policy
  return `${JSON.stringify({ api_version: '0.12.0', framework_version: '0.5.0', ...members }, null, 2)}\n`
}

/**
 * Bringing up to date changes versions and how reasons are given, and gives rules to points that had none. Rules of the
 * policy's own would be lost.
 */
function isUpgrade(where: string, facts: PolicyFacts): boolean {
  if (where === 'api_version' || where === 'framework_version' || where === 'reason') return true
  return Object.hasOwn(API_POINTS, where) && !KEPT.has(answerOf(where, facts))
}

/** Answers that a structured policy cannot give. */
const KEPT: ReadonlySet<PointAnswer> = new Set(['own-rule', 'allowed', 'refused'])

/** What the constants of a text say, in the shape of a structured policy. */
function structuredDocument(facts: PolicyFacts): object {
  const { constants } = facts
  return {
    containers: itemsOf(constants.get('containers')).map((one) => (isJsonObject(one) ? containerOf(one, facts) : one)),
    external_processes: pick(itemsOf(constants.get('external_processes')), [
      'command',
      'env_rules',
      'working_dir',
      'allow_stdio_access',
    ]),
    fragments: pick(itemsOf(constants.get('fragments')), [
      'issuer',
      'feed',
      'minimum_svn',
      'includes',
      'parameters',
      'required_receipts',
    ]),
    platform_rules: itemsOf(constants.get('platform_rules')),
    transparency_trust_lists: itemsOf(constants.get('transparency_trust_lists')),
    allowed_log_providers: itemsOf(constants.get('allowed_log_providers')),
    ...objectFrom(POLICY_FLAGS.map((flag) => [flag, isOn(constants.get(flag))] as const)),
  }
}

const CONTAINER_FIELDS = [
  'command',
  'env_rules',
  'layers',
  'mounts',
  'mounted_cim',
  'registry_changes',
  'exec_processes',
  'signals',
  'user',
  'capabilities',
  'seccomp_profile_sha256',
  'allow_elevated',
  'working_dir',
  'allow_stdio_access',
  'no_new_privileges',
]

function containerOf(declared: JsonMembers, facts: PolicyFacts): JsonMembers {
  const filled: JsonMembers = { ...olderDefaults(facts), ...declared }
  const container = Object.fromEntries(
    CONTAINER_FIELDS.flatMap((name) => (Object.hasOwn(filled, name) ? [[name, filled[name] as JsonValue]] : [])),
  )
  const signals = container['signals']
  if (!facts.isBefore('0.4.1') || !Array.isArray(signals)) return container
  return { ...container, signals: [...new Set([...(signals as readonly JsonValue[]), 9, 15])] }
}

function pick(items: readonly JsonValue[], names: readonly string[]): readonly JsonValue[] {
  return items.map((item) =>
    isJsonObject(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name))) : item,
  )
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : []
}

function isOn(flag: JsonValue | undefined): boolean {
  return flag !== undefined && flag !== false
}
