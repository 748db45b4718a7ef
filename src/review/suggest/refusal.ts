/** What changes are found from: a refused request, and how it was explained. */
import type { PolicyFacts } from '../../cce/warnings/facts.js'
import type { Explanation } from '../../enforce/explain/explanation.js'
import type { JsonObject, JsonValue } from '../../enforce/json-value.js'
import type { Step } from '../place.js'
import type { PolicyChange } from './patch.js'

/** A refused request, and how it was explained. */
export interface Refusal {
  readonly point: string
  /** The request, with values in place of masks. */
  readonly input: JsonObject
  readonly explanation: Explanation
  readonly facts: PolicyFacts
}

/** Undefined where the request does not say. */
export function replace(path: readonly (Step | '-')[], value: JsonValue | undefined): PolicyChange | undefined {
  return value === undefined ? undefined : { op: 'replace', path, value }
}

export function isChange(change: PolicyChange | undefined): change is PolicyChange {
  return change !== undefined
}
