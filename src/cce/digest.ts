/** The identity of a policy. */
import { sha256Hex } from '../value/sha256.js'

/**
 * The SHA-256 of a policy's Rego text, as 64 lower-case hex digits: the value that goes into HOST_DATA.
 *
 * It is taken over the bytes of the text, never over the base64 they travel in.
 *
 * @example policyDigest(policyToRego(policy))
 */
export function policyDigest(rego: string | Uint8Array): string {
  return sha256Hex(rego)
}
