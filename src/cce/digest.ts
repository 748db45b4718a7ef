/** The identity of a policy. */
import { anyOf, bytes, text } from '../options.js'
import { sha256Hex } from '../value/sha256.js'

const REGO = anyOf('text or a Uint8Array', text, bytes)

/**
 * The SHA-256 of a policy's Rego text, as 64 lower-case hex digits: the value that goes into HOST_DATA.
 *
 * It is taken over the bytes of the text, never over the base64 they travel in.
 *
 * @example policyDigest(policyToRego(policy))
 */
export function policyDigest(rego: string | Uint8Array): string {
  REGO(rego, 'rego')
  return sha256Hex(rego)
}
