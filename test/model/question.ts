/**
 * What a decision depends on: the policy's declarations, what the guest supplied, the state, and the request.
 */
import { equalValues } from '../../src/value/compare.js'
import type { RegoObject, RegoValue } from '../../src/value/value.js'
import { type Maybe, at, isTrue, some } from './rego.js'
import { isAtLeast } from './versions.js'

/** The version of the rules that the model describes. */
export const FRAMEWORK_VERSION = '0.5.0'
export const API_VERSION = '0.12.0'

export interface Question {
  /** The policy's own documents by name, without its rules for points. */
  readonly policy: RegoObject
  readonly data: RegoObject
  /** `data.metadata`. */
  readonly state: RegoObject
  readonly input: RegoValue
  /** What the module of a fragment that is being loaded exports; undefined if none is. */
  readonly fragment: RegoObject | undefined
}

/** An evaluation that ends in an error rather than with an answer. */
export class ModelError extends Error {
  constructor(readonly kind: string) {
    super(kind)
  }
}

export function isLinux({ state }: Question): boolean {
  return some(at(state, 'operatingsystem'), (one) => one === 'linux')
}

export function isWindows({ state }: Question): boolean {
  return some(at(state, 'operatingsystem'), (one) => one === 'windows')
}

/** The value of a document that goes by two names; both at once have to agree. */
export function aliased(documents: Maybe, name: string, legacyName: string): RegoValue {
  const [value, legacy] = [at(documents, name), at(documents, legacyName)]
  if (value !== undefined && legacy !== undefined && !equalValues(value, legacy)) throw new ModelError('eval_conflict_error')
  return value ?? legacy ?? null
}

/** The policy's framework version; `null` if it states none. */
export function frameworkVersion({ policy }: Question): RegoValue {
  return aliased(policy, 'framework_version', 'framework_svn')
}

export function isFlagSet({ policy }: Question, name: string): boolean {
  return isTrue(at(policy, name))
}

/** Dropping capabilities takes a policy that is new enough to mean it. */
export function mayDropCapabilities(question: Question): boolean {
  if (at(question.policy, 'allow_capability_dropping') === undefined) return false
  return isAtLeast(frameworkVersion(question), '0.2.2') && isFlagSet(question, 'allow_capability_dropping')
}
