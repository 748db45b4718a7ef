/** The URL-safe alphabet of base64, beside the standard one in `value/base64.ts`. */
import { decodeBase64, encodeBase64 } from '../value/base64.js'

export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')
}

/** Without padding, as tokens have it. */
export function encodeBareBase64Url(bytes: Uint8Array): string {
  return encodeBase64Url(bytes).replace(/=+$/, '')
}

/** The bytes; undefined if the text is malformed. Padding may be missing. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (/[+/]/.test(text)) return undefined
  const padding = text.endsWith('=') ? '' : '='.repeat((4 - (text.length % 4)) % 4)
  return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding)
}
