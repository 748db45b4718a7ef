/**
 * The trail of decisions: who asked what, and what was answered.
 */
import stableStringify from 'fast-json-stable-stringify'
import { sha256Hex } from '../value/sha256.js'
import { type Decision, type DenialReason, type JsonObject, deny } from './decision.js'
import { redactEnvList } from './denial-text.js'
import { messageOf } from './message-of.js'

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

/** Told of each decision, in order. */
export type Audit = (event: AuditEvent, decision: Decision) => void

export interface AuditSettings {
  readonly audit: Audit | undefined
  /** SHA-256 of the enforced text. */
  readonly policyDigest: string
  /** Whether events show the values of environment variables. */
  readonly auditEnvValues: boolean
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/**
 * Tells of decisions, one after the other. Whoever is told may ask the enforcer, who refuses; that refusal is told of
 * next. What is asked while that is told of is refused and not told, or there would be no end.
 */
export class AuditTrail {
  readonly #settings: AuditSettings
  /** Refusals of what was asked while telling; undefined when nothing is being told, `closed` when no more are taken. */
  #asked: [decision: Decision, input: JsonObject][] | 'closed' | undefined
  #told = 0

  constructor(settings: AuditSettings) {
    this.#settings = settings
  }

  /** Whether somebody is being told of a decision. */
  get isTelling(): boolean {
    return this.#asked !== undefined
  }

  /** Puts a decision on record. @returns it, or a denial: a decision that cannot be put on record is not given */
  record(decision: Decision, input: JsonObject): Decision {
    const { audit } = this.#settings
    if (audit === undefined || this.#asked === 'closed') return decision
    if (this.#asked !== undefined) {
      this.#asked.push([decision, input])
      return decision
    }
    const asked: [Decision, JsonObject][] = (this.#asked = [])
    try {
      this.#tell(audit, decision, input)
      this.#asked = 'closed'
      for (const [refusal, asking] of asked) this.#tell(audit, refusal, asking)
      return decision
    } catch (error) {
      return deny(decision.point, 'eval_internal_error', `the audit trail failed: ${messageOf(error)}`)
    } finally {
      this.#asked = undefined
    }
  }

  #tell(audit: Audit, decision: Decision, input: JsonObject): void {
    const { clock, policyDigest, auditEnvValues } = this.#settings
    this.#told++
    audit(auditEvent(this.#told, clock(), policyDigest, input, decision, auditEnvValues), decision)
  }
}

function auditEvent(
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
