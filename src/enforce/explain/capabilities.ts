/** Capabilities: which are missing, which are surplus, and which are kept where surplus ones are dropped. */
import type { JsonObject, JsonValue } from '../decision.js'
import { CAPABILITY_KINDS, isObject } from '../grant.js'
import { type Mismatch, listed, missingField, mismatch } from './explanation.js'
import { isTruthy, listOf } from './json.js'
import { sameNames } from './mounts.js'

/** The sets a container may have; `null` in the policy stands for the defaults. */
export function declaredCapabilities(
  container: JsonObject,
  privileged: JsonValue | undefined,
  data: (name: string) => JsonValue | undefined,
): JsonObject | undefined {
  if (container.capabilities !== null) return isObject(container.capabilities) ? container.capabilities : undefined
  const elevated = isTruthy(container.allow_elevated)
  if (elevated && typeof privileged !== 'boolean') return undefined
  const names =
    listOf(data(elevated && privileged === true ? 'defaultPrivilegedCapabilities' : 'defaultUnprivilegedCapabilities')) ?? []
  return {
    bounding: names,
    effective: names,
    permitted: names,
    ambient: [],
    inheritable: elevated && privileged === true ? names : [],
  }
}

/** Those of the request that are declared, kind by kind. */
export function sharedCapabilities(declared: JsonObject, requested: JsonValue | undefined): JsonObject {
  const sets = isObject(requested) ? requested : {}
  return Object.fromEntries(
    CAPABILITY_KINDS.map((kind) => {
      const allowed = new Set(listOf(declared[kind]) ?? [])
      return [kind, [...new Set((listOf(sets[kind]) ?? []).filter((name) => allowed.has(name)))].sort()]
    }),
  )
}

export function capabilityMismatches(declared: JsonObject | undefined, kept: JsonValue | undefined): readonly Mismatch[] {
  if (declared === undefined) return [missingField('capabilities')]
  const sets = isObject(kept) ? kept : {}
  return CAPABILITY_KINDS.flatMap((kind) => {
    if (sameNames(declared[kind], sets[kind])) return []
    const field = `capabilities.${kind}`
    const [expected, actual] = [listOf(declared[kind]), listOf(sets[kind])]
    if (expected === undefined) return [missingField(field)]
    if (actual === undefined) return [mismatch(field, 'the request does not say which')]
    const [lacking, surplus] = [difference(expected, actual), difference(actual, expected)]
    const words = [
      ...(lacking.length === 0 ? [] : [`the request lacks ${lacking.join(', ')}`]),
      ...(surplus.length === 0 ? [] : [`${surplus.join(', ')} not declared`]),
      ...(lacking.length + surplus.length === 0 ? ['a name is repeated'] : []),
    ]
    return listed('capabilities', [{ ...mismatch(field, words.join('; ')), expected, actual }])
  })
}

function difference(list: readonly JsonValue[], other: readonly JsonValue[]): readonly string[] {
  const known = new Set(other)
  return [...new Set(list.filter((one) => !known.has(one)))].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
}
