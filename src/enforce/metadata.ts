/**
 * Metadata operations: how a policy's answer changes what the enforcer remembers.
 *
 * An answer may hold `metadata`, an array of operations. All of them are decoded before the first is applied; they are
 * then applied in order, whatever the decision is, and a failing one leaves the earlier ones in effect.
 */
import { cutItems, cutMembers, kindOfText } from './json-text.js'

/** One well-formed operation. Values are JSON texts. */
export type MetadataOperation =
  | {
      readonly type: 'map'
      readonly action: string
      readonly name: string
      readonly key: string
      readonly value: string | undefined
    }
  | { readonly type: 'set'; readonly action: string; readonly name: string; readonly value: string }
  | { readonly type: 'unknown'; readonly spelled: string }

export type MetadataFaultKind = 'metadata_array' | 'metadata_operation' | 'metadata_apply'

/** Why operations could not be decoded or applied. The text is the reference's. */
export class MetadataFault extends Error {
  override readonly name = 'MetadataFault'
  constructor(
    readonly kind: MetadataFaultKind,
    message: string,
  ) {
    super(message)
  }
}

/** Decodes the text of a result's `metadata` member. */
export function decodeOperations(metadata: string): MetadataOperation[] {
  if (kindOfText(metadata) !== 'array') throw new MetadataFault('metadata_array', 'error loading metadata array: invalid type')
  return cutItems(metadata).map(decodeOperation)
}

function decodeOperation(text: string): MetadataOperation {
  if (kindOfText(text) !== 'object') throw malformed('unable to load metadata object')
  const members = cutMembers(text)
  const type = readText(members, 'type', 'unable to load metadata type') ?? 'map'
  const name = readText(members, 'name', undefined)
  if (name === undefined) throw malformed('unable to load metadata name')
  const action = readText(members, 'action', undefined)
  if (action === undefined) throw malformed('unable to load metadata action')
  const key = readText(members, 'key', 'unable to load metadata key')
  const value = members.get('value')
  if (type === 'map') {
    if (value === undefined && action !== 'remove') throw malformed('missing metadata value')
    if (key === undefined) throw malformed('missing metadata key')
    return { type, action, name, key, value }
  }
  if (value === undefined) throw malformed('missing metadata value')
  return type === 'set' ? { type, action, name, value } : { type: 'unknown', spelled: type }
}

/** A member that must be text: its value; undefined if it is absent, or ill-typed where `fault` is not given. */
function readText(members: ReadonlyMap<string, string>, member: string, fault: string | undefined): string | undefined {
  const text = members.get(member)
  if (text === undefined) return undefined
  if (kindOfText(text) === 'string') return JSON.parse(text) as string
  if (fault === undefined) return undefined
  throw malformed(fault)
}

function malformed(message: string): MetadataFault {
  return new MetadataFault('metadata_operation', `error loading metadata operation: ${message}`)
}
