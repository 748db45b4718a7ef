/**
 * Telling apart what a policy can come as. Only the outside is looked at: JSON begins with a brace, base64 has nothing but
 * its alphabet, and everything else is Rego, which has a blank after `package`.
 */
import { decodeBase64 } from '../value/base64.js'
import { decodeUtf8, hasRawBytes } from '../value/utf8.js'
import { policyError } from './policy-error.js'

/** A text and what it is. */
export interface PolicyDocument {
  readonly form: 'rego' | 'json'
  readonly text: string
}

const JSON_START = /^[\ufeff\s]*\{/
const BASE64_ONLY = /^[A-Za-z0-9+/=\r\n]+$/

/** The text that `source` holds, out of its base64; throws `PolicyError`. */
export function readDocument(source: string | Uint8Array): PolicyDocument {
  const text = textOf(source)
  const trimmed = text.trim()
  if (!BASE64_ONLY.test(trimmed)) return documentOf(text)
  const bytes = decodeBase64(trimmed)
  if (bytes === undefined) throw policyError('policy-is-bad-base64')
  return documentOf(textOf(bytes))
}

function documentOf(text: string): PolicyDocument {
  if (text.trim() === '') throw policyError('policy-is-empty')
  return { form: JSON_START.test(text) ? 'json' : 'rego', text }
}

function textOf(source: string | Uint8Array): string {
  const text = typeof source === 'string' ? source : decodeUtf8(source)
  if (hasRawBytes(text)) throw policyError('policy-is-not-utf8')
  return text
}
