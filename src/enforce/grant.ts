/**
 * What an allowed decision hands back: members of the result document, checked and narrowed to the request.
 *
 * A policy can only take away: kept variables and capabilities are those that the request had. An absent or null member
 * keeps the request as it is; a member of another type refuses the request although the policy allowed it.
 */
import type { JsonObject, JsonValue } from './decision.js'
import type { GrantField } from './points.js'

/** The five capability sets of a Linux process. */
export interface CapabilitySets {
  readonly bounding: readonly string[]
  readonly effective: readonly string[]
  readonly inheritable: readonly string[]
  readonly permitted: readonly string[]
  readonly ambient: readonly string[]
}

export const CAPABILITY_KINDS = ['bounding', 'effective', 'inheritable', 'permitted', 'ambient'] as const

/** A result member of another type than the caller can use. The text is the reference's. */
export class GrantFault extends Error {
  override readonly name = 'GrantFault'
}

export interface GrantContext {
  readonly input: JsonObject
  readonly result: JsonObject
  /** Whether stdio was allowed when the container of this request was created. */
  readonly storedStdioAccess: boolean
}

/** Reads the grant fields of an enforcement point. @throws GrantFault */
export function readGrant(fields: readonly GrantField[], context: GrantContext): Record<string, unknown> {
  const grant: Record<string, unknown> = {}
  for (const field of fields) Object.assign(grant, GRANT_READERS[field](context))
  return grant
}

const GRANT_READERS: Readonly<Record<GrantField, (context: GrantContext) => Record<string, unknown>>> = {
  envList: ({ input, result }) => ({ envList: keepList('env_list', result.env_list, input.envList) }),
  capabilities: ({ input, result }) => ({ capabilities: keepCapabilities(result.caps_list, input.capabilities) }),
  allowStdioAccess: ({ result }) => {
    if (typeof result.allow_stdio_access !== 'boolean') throw new GrantFault("value for 'allow_stdio_access' is not a boolean")
    return { allowStdioAccess: result.allow_stdio_access }
  },
  storedStdioAccess: ({ storedStdioAccess }) => ({ allowStdioAccess: storedStdioAccess }),
  providersToKeep: ({ input, result }) => ({
    providersToKeep: keepList('providers_to_keep', result.providers_to_keep, input.providers),
  }),
  fragment: ({ result }) => ({ addModule: result.add_module === true, parameters: readParameters(result.parameters) }),
  allowedLedgers: ({ result }) => ({ allowedLedgers: readLedgers(result.allowed_ledgers) }),
}

/** The texts of the request that the result keeps; the request itself where the result says nothing. */
function keepList(member: string, kept: JsonValue | undefined, requested: JsonValue | undefined): readonly string[] {
  const request = isTextList(requested) ? requested : []
  if (kept === undefined || kept === null) return request
  if (!isList(kept))
    throw new GrantFault(`policy returned incorrect type for '${member}', expected []interface{}, received ${goTypeOf(kept)}`)
  for (const one of kept) {
    if (typeof one !== 'string')
      throw new GrantFault(`members of ${member} from policy must be strings, received ${goTypeOf(one)}`)
  }
  const keep = new Set(kept)
  return [...new Set(request)].filter((one) => keep.has(one))
}

function keepCapabilities(kept: JsonValue | undefined, requested: JsonValue | undefined): CapabilitySets | undefined {
  const request = isObject(requested) ? requested : undefined
  if (kept === undefined || kept === null)
    return request === undefined ? undefined : capabilitySets((kind) => textsOf(request[kind]))
  if (!isObject(kept)) {
    throw new GrantFault(
      `policy returned incorrect type for 'caps_list', expected map[string]interface{}, received ${goTypeOf(kept)}`,
    )
  }
  return capabilitySets((kind) => {
    const list = kept[kind]
    if (list === undefined || !isList(list)) {
      throw new GrantFault(`capability sets of caps_list from policy must be an array of interface{}, received ${goTypeOf(list)}`)
    }
    for (const one of list) {
      if (typeof one !== 'string')
        throw new GrantFault(`members of capability sets from policy must be strings, received ${goTypeOf(one)}`)
    }
    const keep = new Set(list)
    return textsOf(request?.[kind]).filter((one) => keep.has(one))
  })
}

function capabilitySets(read: (kind: (typeof CAPABILITY_KINDS)[number]) => readonly string[]): CapabilitySets {
  return {
    bounding: read('bounding'),
    effective: read('effective'),
    inheritable: read('inheritable'),
    permitted: read('permitted'),
    ambient: read('ambient'),
  }
}

function readParameters(parameters: JsonValue | undefined): readonly JsonObject[] {
  if (parameters === undefined) return []
  if (!isList(parameters)) {
    throw new GrantFault("unable to get parameters from load_fragment result: value for 'parameters' is not an array")
  }
  return parameters.map((one) => {
    if (!isObject(one)) throw new GrantFault(`parameters must be an object, got ${goTypeOf(one)}`)
    return one
  })
}

function readLedgers(ledgers: JsonValue | undefined): readonly string[] {
  if (ledgers === undefined || !isList(ledgers)) {
    throw new GrantFault(
      `unable to get allowed_ledgers from load_transparency_trust_list result: ${
        ledgers === undefined ? "unable to find value for key 'allowed_ledgers'" : "value for 'allowed_ledgers' is not an array"
      }`,
    )
  }
  if (ledgers.length === 0) throw new GrantFault('transparency trust list carries no ledgers authorized by the policy')
  return ledgers.map((one) => {
    if (typeof one !== 'string') throw new GrantFault(`Elements of result.allowed_ledgers must be strings, got ${goTypeOf(one)}`)
    return one
  })
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function isTextList(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** The name that the reference, a Go program, has for the type of a decoded value. */
function goTypeOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '<nil>'
  if (Array.isArray(value)) return '[]interface {}'
  return { object: 'map[string]interface {}', string: 'string', number: 'json.Number', boolean: 'bool' }[typeof value as 'object']
}
