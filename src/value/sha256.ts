/** SHA-256, synchronously and in browsers too (WebCrypto is asynchronous). */
import { sha256 } from '@noble/hashes/sha2.js'

/** The digest of bytes, or of a text's UTF-8 bytes, as 64 lower-case hex digits. */
export function sha256Hex(content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return [...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
