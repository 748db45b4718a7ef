/** The identity of a policy, in the two ways it is written. */
import { policyDigest } from '../cce/digest.js'
import { encodeBase64 } from '../value/base64.js'

export interface WrittenDigest {
  /** 64 lower-case hexadecimal digits. */
  readonly hex: string
  readonly base64: string
}

/** The SHA-256 of a policy's Rego text. */
export function digestOf(text: string): WrittenDigest {
  const hex = policyDigest(text)
  return { hex, base64: encodeBase64(Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))) }
}
