/**
 * The trail of decisions: who asked what, and what was answered.
 */
import stableStringify from 'fast-json-stable-stringify'
import { sha256Hex } from '../value/sha256.js'
import type { Decision, DenialReason, JsonObject } from './decision.js'
import { redactEnvList } from './denial-text.js'

/** One decision, as it goes into an audit trail. */
export interface AuditEvent {
  /** Counts from 1 in this enforcer. */
  readonly sequence: number
  /** Milliseconds since 1970, by the enforcer's clock. */
  readonly time: number
  readonly point: string
  /** SHA-256 of the policy text, hex: the HOST_DATA value. */
  readonly policyDigest: string
  /** SHA-256 of the input as JSON with sorted names, hex. */
  readonly inputDigest: string
  /** The input, environment values masked unless they were asked for. */
  readonly input: JsonObject
  readonly allowed: boolean
  readonly code: DenialReason['code'] | undefined
  readonly message: string | undefined
  readonly errors: readonly string[]
}

export function auditEvent(
  sequence: number,
  time: number,
  policyDigest: string,
  input: JsonObject,
  decision: Decision,
  showEnvValues: boolean,
): AuditEvent {
  return {
    sequence,
    time,
    point: decision.point,
    policyDigest,
    inputDigest: sha256Hex(stableStringify(input)),
    input: showEnvValues || input.envList === undefined ? input : { ...input, envList: redactEnvList(input.envList) },
    allowed: decision.allowed,
    code: decision.allowed ? undefined : decision.reason.code,
    message: decision.allowed ? undefined : decision.reason.message,
    errors: decision.allowed ? [] : decision.reason.errors,
  }
}
