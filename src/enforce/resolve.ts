/**
 * From the answer of a rule to a result document: whether the point exists, whether the policy answered it, and what the
 * API's defaults fill in.
 *
 * The order of the steps is the reference's, and matters: the rule is evaluated and its metadata applied before anybody
 * looks at the API version.
 */
import type { DenialCode } from './decision.js'
import { FRAMEWORK_PACKAGE, POINT_INFO_ENTRYPOINT, POLICY_PACKAGE, type PolicyEngine } from './engine.js'
import { cutMembers, joinMembers, kindOfText } from './json-text.js'
import { messageOf } from './message-of.js'
import { MetadataFault, decodeOperations } from './metadata.js'
import type { MetadataStore } from './metadata-store.js'

/** A request that came to no result document. The text is the reference's `policyError`. */
export class ResolveFault extends Error {
  override readonly name = 'ResolveFault'
  constructor(
    readonly code: DenialCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** The result document's members, as texts, with the metadata operations that were applied under `metadata`. */
export interface ResolvedResult {
  readonly members: ReadonlyMap<string, string>
  readonly allowed: boolean
}

/** Evaluates the rule of a point and everything the API says about it. @throws ResolveFault */
export function resolvePoint(engine: PolicyEngine, store: MetadataStore, point: string, inputText: string): ResolvedResult {
  const answer = askRule(engine, store, `${POLICY_PACKAGE}/${point}`, inputText)
  const info = pointInfo(engine, store, point)
  if (isTrue(info, 'version_missing')) throw new ResolveFault('no_api_version', 'policy does not define api_version')
  if (isTrue(info, 'unknown')) throw new ResolveFault('unknown_point', `enforcement point rule ${point} does not exist`)
  if (isTrue(info, 'invalid')) throw new ResolveFault('invalid_point', `enforcement point rule ${point} is invalid`)

  const result = fillIn(engine, store, point, inputText, answer, info)
  const allowed = result.get('allowed')
  if (allowed === undefined) throw new ResolveFault('allowed_missing', "unable to find value for key 'allowed'")
  if (kindOfText(allowed) !== 'boolean') throw new ResolveFault('allowed_not_boolean', "value for 'allowed' is not a boolean")
  return { members: result, allowed: allowed === 'true' }
}

function fillIn(
  engine: PolicyEngine,
  store: MetadataStore,
  point: string,
  inputText: string,
  answer: RuleAnswer,
  info: ReadonlyMap<string, string>,
): Map<string, string> {
  if (answer.members.size > 0) return withMetadata(new Map([...defaultsOf(info), ...answer.members]), answer)
  if (isTrue(info, 'available')) throw new ResolveFault('missing_rule', `rule for ${point} is missing from policy`)
  if (!isTrue(info, 'use_framework')) return withMetadata(defaultsOf(info), answer)
  const standIn = askRule(engine, store, `${FRAMEWORK_PACKAGE}/${point}`, inputText)
  return withMetadata(new Map([...defaultsOf(info), ...standIn.members]), standIn)
}

/** What a rule answered, after its metadata was applied and taken out. */
export interface RuleAnswer {
  readonly members: ReadonlyMap<string, string>
  readonly metadata: string | undefined
}

/** Evaluates a rule and applies its metadata. An undefined rule answers with nothing. @throws ResolveFault */
export function askRule(engine: PolicyEngine, store: MetadataStore, entrypoint: string, inputText: string): RuleAnswer {
  const text = evaluate(engine, entrypoint, inputText)
  if (text === undefined) return { members: new Map(), metadata: undefined }
  if (kindOfText(text) !== 'object') throw new ResolveFault('result_type', 'unable to load results object from Rego query')
  const members = cutMembers(text)
  const metadata = members.get('metadata')
  members.delete('metadata')
  if (metadata !== undefined) applyMetadata(store, metadata)
  return { members, metadata }
}

function applyMetadata(store: MetadataStore, metadata: string): void {
  try {
    store.apply(decodeOperations(metadata))
  } catch (error) {
    if (error instanceof MetadataFault) throw new ResolveFault(error.kind, error.message)
    throw error
  }
}

function pointInfo(engine: PolicyEngine, store: MetadataStore, point: string): ReadonlyMap<string, string> {
  const question = JSON.stringify({ name: point, rule: point })
  try {
    return askRule(engine, store, POINT_INFO_ENTRYPOINT, question).members
  } catch (error) {
    if (!(error instanceof ResolveFault)) throw error
    throw new ResolveFault(error.code, `error querying enforcement point information: ${error.message}`)
  }
}

function evaluate(engine: PolicyEngine, entrypoint: string, inputText: string): string | undefined {
  // A rule that nobody defined has no entrypoint; it is undefined like any other.
  if (!engine.entrypoints.includes(entrypoint)) return undefined
  try {
    return engine.evaluateText(entrypoint, inputText)
  } catch (error) {
    throw error instanceof ResolveFault ? error : new ResolveFault(evalCode(error), messageOf(error), { cause: error })
  }
}

function evalCode(error: unknown): DenialCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.startsWith('eval_') ? (code as `eval_${string}`) : 'eval_internal_error'
}

function defaultsOf(info: ReadonlyMap<string, string>): Map<string, string> {
  const defaults = info.get('default_results')
  return defaults !== undefined && kindOfText(defaults) === 'object' ? cutMembers(defaults) : new Map()
}

function isTrue(info: ReadonlyMap<string, string>, member: string): boolean {
  return info.get(member) === 'true'
}

function withMetadata(members: Map<string, string>, answer: RuleAnswer): Map<string, string> {
  if (answer.metadata !== undefined) members.set('metadata', answer.metadata)
  return members
}

/** The text of a result document. */
export function resultText(members: ReadonlyMap<string, string>): string {
  return joinMembers(members)
}
