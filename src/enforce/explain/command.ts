/** Argument vectors, working directories and the like: what has to be equal. */
import type { JsonObject, JsonValue } from '../decision.js'
import { type Mismatch, differs, listed, missingField, mismatch } from './explanation.js'
import { isTruthy, listOf, sameJson } from './json.js'

/** How an argument vector differs from the declared one. */
export function commandMismatches(
  field: string,
  command: JsonValue | undefined,
  argList: JsonValue | undefined,
): readonly Mismatch[] {
  const [expected, actual] = [listOf(command), listOf(argList)]
  if (expected === undefined) return [missingField(field)]
  if (actual === undefined) return [mismatch(field, 'the request has no argument vector')]
  const found: Mismatch[] = []
  for (let at = 0; at < Math.max(expected.length, actual.length); at++) {
    if (!sameJson(expected[at], actual[at])) found.push(differs(`${field}[${at}]`, expected[at], actual[at]))
  }
  return listed(field, found)
}

/** A field that has to equal a member of the request. */
export function equalityMismatches(
  field: string,
  expected: JsonValue | undefined,
  actual: JsonValue | undefined,
): readonly Mismatch[] {
  if (expected === undefined) return [missingField(field)]
  return sameJson(expected, actual) ? [] : [differs(field, expected, actual)]
}

export function noNewPrivilegesMismatches(container: JsonObject, input: JsonObject): readonly Mismatch[] {
  const declared = container.no_new_privileges
  if (declared === undefined) return [missingField('no_new_privileges')]
  return isTruthy(declared) && !isTruthy(input.noNewPrivileges)
    ? [differs('no_new_privileges', declared, input.noNewPrivileges)]
    : []
}

export function privilegeMismatches(container: JsonObject, input: JsonObject): readonly Mismatch[] {
  const declared = container.allow_elevated
  if (declared === undefined) return [missingField('allow_elevated')]
  if (!isTruthy(input.privileged) || sameJson(input.privileged, declared)) return []
  return [mismatch('allow_elevated', `${JSON.stringify(declared)}, but a privileged container was asked for`)]
}

/** No policy can allow device nodes. */
export function deviceFaults(input: JsonObject): readonly Mismatch[] {
  const devices = listOf(input.devices)
  if (devices?.length === 0) return []
  return [
    mismatch(
      'devices',
      devices === undefined
        ? 'the request does not say that there are none'
        : `${devices.length} asked for; no policy can allow any`,
    ),
  ]
}
