/** The error for documents that are no policies, with every fault found in them. */
import { POLICY_MESSAGES, type PolicyMessageRow } from '../diagnostics/catalogue/policy.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Location } from '../source/source.js'
import { JsonValueError } from './json-value.js'

export type PolicyRule = keyof typeof POLICY_MESSAGES

/** One fault. It has a place in a JSON document, or one in a text, or neither where the whole is at fault. */
export interface PolicyFault {
  /** Name of the message in the catalogue; for Rego, of the diagnostic. */
  readonly rule: string
  readonly message: string
  readonly hint?: string
  /** JSON pointer; `""` is the whole document. */
  readonly pointer?: string
  readonly location?: Location
}

export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code = 'ERR_POLICY'

  /** `faults` is not empty. */
  constructor(readonly faults: readonly PolicyFault[]) {
    super(faults.map(describe).join('\n'))
  }
}

/** A fault of the catalogue. */
export function policyFault<Rule extends PolicyRule>(
  rule: Rule,
  place: Pick<PolicyFault, 'pointer' | 'location'>,
  ...facts: Parameters<(typeof POLICY_MESSAGES)[Rule]['text']>
): PolicyFault {
  const row = POLICY_MESSAGES[rule] as PolicyMessageRow<readonly unknown[]>
  const hint = row.hint?.(...facts)
  return { rule, message: row.text(...facts), ...(hint === undefined ? {} : { hint }), ...place }
}

/** A fault about the whole document. */
export function policyError<Rule extends PolicyRule>(
  rule: Rule,
  ...facts: Parameters<(typeof POLICY_MESSAGES)[Rule]['text']>
): PolicyError {
  return new PolicyError([policyFault(rule, {}, ...facts)])
}

/** Faults of a Rego text as faults of the policy that it should be. */
export function errorOfDiagnostics(diagnostics: readonly Diagnostic[]): PolicyError {
  return new PolicyError(
    diagnostics.map(({ rule, message, hint, location }) => ({
      rule,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(location === undefined ? {} : { location }),
    })),
  )
}

/** Runs `convert`; what it finds not to be JSON becomes a `PolicyError`. */
export function asJson<Result>(convert: () => Result): Result {
  try {
    return convert()
  } catch (error) {
    if (error instanceof JsonValueError) throw new PolicyError([policyFault(error.fault, { pointer: error.pointer })])
    throw error
  }
}

function describe(fault: PolicyFault): string {
  const { location, pointer, message, hint } = fault
  const advice = hint === undefined ? '' : ` (${hint})`
  if (location !== undefined) return `${location.file}:${location.row}:${location.col}: ${message}${advice}`
  return pointer === undefined ? `${message}${advice}` : `${pointer || '/'}: ${message}${advice}`
}
