/**
 * The denial as text: how the reference carries a decision inside an error message, `policyDecision< BASE64 >policyDecision`.
 *
 * The base64 holds a JSON object (keys sorted, compact, HTML-escaped as Go does). Environment values are masked, default
 * capability sets become a word, and the text is cut to a length by leaving out its largest parts.
 */
import type { Denied, JsonObject, JsonValue } from './decision.js'
import { CAPABILITY_KINDS, isObject } from './grant.js'
import { amount, anyObject, checkOptions, optionsOf, text as isText, withMembers } from '../options.js'
import { decodeBase64, encodeBase64 } from '../value/base64.js'
import { compareStrings } from '../value/compare.js'
import { DEFAULT_PRIVILEGED_CAPABILITIES, DEFAULT_UNPRIVILEGED_CAPABILITIES } from '../cce/guest-data.js'

/** What the guest of the reference allows for the whole text, in bytes. */
const DEFAULT_MAX_DENIAL_LENGTH = 3072

const NO_REASON =
  'Security policy is either not valid or did not provide a reason for denial. Please check security policy or re-generate with tooling.'
const INVALID_POLICY = 'Security policy is not valid. Please check security policy or re-generate with tooling.'

/** The JSON object inside a denial's text. */
export interface DenialDocument {
  readonly decision: 'deny'
  readonly input?: JsonValue
  readonly reason?: JsonValue
  readonly policyError?: string
  readonly truncated?: readonly string[]
}

export interface EncodeDenialOptions {
  /** Bytes; 0 for no limit. Default 3072, as in the reference's guest. */
  readonly maxLength?: number
}

const ENCODE_OPTIONS = optionsOf({ maxLength: amount })
const DENIAL = withMembers({ point: isText, reason: withMembers({ code: isText }) })

/**
 * The text that the reference puts into its error for this denial.
 *
 * Shape:  `policyDecision< BASE64 >policyDecision`.
 * Source: reference enforcer, denial encoding (redaction, placeholders, truncation).
 */
export function encodeDenial(denial: Denied, input: JsonObject, options: EncodeDenialOptions = {}): string {
  DENIAL(denial, 'denial')
  anyObject(input, 'input')
  checkOptions(options, ENCODE_OPTIONS)
  const limit = options.maxLength ?? DEFAULT_MAX_DENIAL_LENGTH
  const { reason } = denial
  const refused = reason.code === 'denied'
  let document: Record<string, JsonValue> = {
    decision: 'deny',
    input: redactInput(refused ? { ...input, rule: denial.point } : input),
    reason: refused ? reasonDocument(reason.document) : INVALID_POLICY,
    ...(refused ? {} : { policyError: reason.policyError ?? reason.message }),
  }
  let text = wrap(document)
  if (limit === 0 || text.length <= limit) return text

  const truncated: string[] = []
  const record = (part: string, next: Record<string, JsonValue>): void => {
    truncated.push(part)
    document = { ...next, truncated: [...truncated] }
    text = wrap(document)
  }
  if (isObject(document.reason) && 'error_objects' in document.reason) {
    record('reason.error_objects', { ...document, reason: without(document.reason, 'error_objects') })
  }
  if (text.length > limit) record('input', without(document, 'input'))
  if (text.length > limit) record('reason', without(document, 'reason'))
  return text
}

/** The decision inside an error text, wherever it stands in it; undefined if there is none or it is damaged. */
export function decodeDenial(text: string): DenialDocument | undefined {
  isText(text, 'text')
  const found = /policyDecision< ([A-Za-z0-9+/=]*) >policyDecision/.exec(text)?.[1]
  if (found === undefined) return undefined
  const bytes = decodeBase64(found)
  if (bytes === undefined) return undefined
  try {
    const document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue
    return isObject(document) && document.decision === 'deny' ? (document as { decision: 'deny' } & JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** `NAME=<<redacted>>` for each variable of a list; any other value is kept out altogether. */
export function redactEnvList(list: JsonValue): JsonValue {
  if (!Array.isArray(list)) return []
  return list.map((entry: JsonValue) => `${typeof entry === 'string' ? nameOf(entry) : ''}=<<redacted>>`)
}

function nameOf(entry: string): string {
  const at = entry.indexOf('=')
  return at === -1 ? entry : entry.slice(0, at)
}

function redactInput(input: JsonObject): JsonObject {
  const redacted = input.envList === undefined ? input : { ...input, envList: redactEnvList(input.envList) }
  return withPlaceholders(redacted)
}

function reasonDocument(document: JsonObject | undefined): JsonValue {
  if (document === undefined || Object.keys(document).length === 0) return NO_REASON
  const objects = document.error_objects
  if (!Array.isArray(objects)) return document
  return { ...document, error_objects: objects.map((one: JsonValue) => (isObject(one) ? withPlaceholders(one) : one)) }
}

/** Replaces a `capabilities` member that equals one of the default sets, in their order, by its name. */
function withPlaceholders(object: JsonObject): JsonObject {
  const capabilities = object.capabilities
  if (!isObject(capabilities)) return object
  const name = DEFAULT_SETS.find(({ sets }) => CAPABILITY_KINDS.every((kind) => sameList(capabilities[kind], sets[kind])))?.name
  return name === undefined ? object : { ...object, capabilities: name }
}

const PRIVILEGED = DEFAULT_PRIVILEGED_CAPABILITIES
const UNPRIVILEGED = DEFAULT_UNPRIVILEGED_CAPABILITIES
const DEFAULT_SETS = [
  {
    name: '[privileged]',
    sets: { bounding: PRIVILEGED, effective: PRIVILEGED, inheritable: PRIVILEGED, permitted: PRIVILEGED, ambient: [] },
  },
  {
    name: '[unprivileged]',
    sets: { bounding: UNPRIVILEGED, effective: UNPRIVILEGED, inheritable: [], permitted: UNPRIVILEGED, ambient: [] },
  },
] as const

function sameList(list: JsonValue | undefined, expected: readonly string[]): boolean {
  return Array.isArray(list) && list.length === expected.length && list.every((one, place) => one === expected[place])
}

function without(object: JsonObject, member: string): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== member))
}

function wrap(document: JsonValue): string {
  return `policyDecision< ${encodeBase64(new TextEncoder().encode(goJson(document)))} >policyDecision`
}

/**
 * JSON as Go's encoder writes it: keys sorted by code point, `<`, `>`, `&`, U+2028 and U+2029 escaped. An input may be nested
 * deeper than the stack is: what is still to be written waits in a list.
 */
function goJson(whole: JsonValue): string {
  const out: string[] = []
  const waiting: ({ readonly text: string } | { readonly value: JsonValue })[] = [{ value: whole }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('text' in next) {
      out.push(next.text)
      continue
    }
    const { value } = next
    if (Array.isArray(value)) {
      waiting.push({ text: ']' })
      for (let at = value.length - 1; at >= 0; at--)
        waiting.push({ value: value[at] as JsonValue }, { text: at === 0 ? '' : ',' })
      out.push('[')
    } else if (isObject(value)) {
      waiting.push({ text: '}' })
      const names = Object.keys(value).sort(compareStrings)
      for (let at = names.length - 1; at >= 0; at--) {
        const name = names[at] as string
        waiting.push({ value: value[name] as JsonValue }, { text: `${at === 0 ? '' : ','}${goString(name)}:` })
      }
      out.push('{')
    } else out.push(typeof value === 'string' ? goString(value) : JSON.stringify(value))
  }
  return out.join('')
}

function goString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
