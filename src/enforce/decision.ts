/**
 * The answer to one request. A denial is an ordinary value with a reason; so is every way in which no proper answer came
 * about, so that a caller who forgets a case stays closed.
 */
import { type Explanation, explanationOf, withExplanation } from './explain/explanation.js'
import type { JsonObject } from './json-value.js'

export type { JsonObject, JsonValue } from './json-value.js'

/** Why a request is denied, as a code. */
export type DenialCode =
  /** A rule of the policy said no. */
  | 'denied'
  /** The policy knows the API version of the point but has no rule for it. */
  | 'missing_rule'
  | 'unknown_point'
  | 'invalid_point'
  | 'no_api_version'
  /** The rule's value is not an object. */
  | 'result_type'
  | 'allowed_missing'
  | 'allowed_not_boolean'
  | 'metadata_array'
  | 'metadata_operation'
  | 'metadata_apply'
  /** A fragment does not compile together with the policy. */
  | 'compile'
  | 'fragment_namespace'
  /** The request was allowed, but a result member that narrows it is ill-typed. The state is as the decision left it. */
  | 'result_document'
  /** The input is not a JSON object, or does not fit the hook's schema. */
  | 'input'
  | 'closed'
  | 'reentrant'
  /** Evaluation failed: a conflict, an exhausted budget, a trap. */
  | `eval_${string}`

/** Everything known about a refusal. */
export interface DenialReason {
  readonly code: DenialCode
  /** One line for a log. */
  readonly message: string
  /** The `errors` of the policy's reason document; empty if it gave none. An empty list is a legal reason. */
  readonly errors: readonly string[]
  /** The policy's reason document (`data.policy.reason`); undefined if it gave none. */
  readonly document: JsonObject | undefined
  /** The same, as exact text. */
  readonly documentText: string | undefined
  /** Why there is no reason document, where evaluating it failed. */
  readonly reasonFailure: DenialCode | undefined
  /** The reference's `policyError` text, for every code but `denied`. */
  readonly policyError: string | undefined
  /**
   * What was asked against what the policy declares: the nearest container, process or fragment, and how the request
   * differs from it. Drawn when it is first looked at, and no part of the decision; looking never throws. Values of
   * environment variables are masked unless the enforcer was created with `explainEnvValues`. Not enumerable.
   */
  readonly explanation: Explanation
}

interface DecisionBase {
  readonly point: string
  /** The result document after defaults were applied; undefined where none came about. Numbers are doubles here. */
  readonly result: JsonObject | undefined
  /** The same, as exact text. */
  readonly resultText: string | undefined
}

export type Allowed<Grant> = DecisionBase & { readonly allowed: true } & Readonly<Grant>
export type Denied = DecisionBase & { readonly allowed: false; readonly reason: DenialReason }

/** `allowed: true` with what the caller may keep, or `allowed: false` with the reason. */
export type Decision<Grant = unknown> = Allowed<Grant> | Denied

/** A denial for which no policy text is responsible. `advice` is for the explanation only. */
export function deny(point: string, code: DenialCode, message: string, advice?: string): Denied {
  const reason = {
    code,
    message,
    errors: [],
    document: undefined,
    documentText: undefined,
    reasonFailure: undefined,
    policyError: message,
  }
  return {
    point,
    allowed: false,
    result: undefined,
    resultText: undefined,
    reason: withExplanation(reason, () => explanationOf({}, advice === undefined ? message : `${message}; ${advice}`)),
  }
}
