/** The signature algorithms of tokens, by the names that headers have. RFC 7518. */
import { hmac } from '@noble/hashes/hmac'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2'
import type { CHash } from '@noble/hashes/utils'
import type { CurveName } from '../x509/curve.js'
import type { SignatureScheme } from '../x509/signature.js'

export type TokenAlgorithm =
  | { readonly kind: 'mac'; readonly compute: (key: Uint8Array, message: Uint8Array) => Uint8Array }
  | { readonly kind: 'signature'; readonly scheme: SignatureScheme; readonly curve: CurveName | undefined }

const mac = (hash: CHash): TokenAlgorithm => ({ kind: 'mac', compute: (key, message) => hmac(hash, key, message) })

const signature = (scheme: SignatureScheme, curve?: CurveName): TokenAlgorithm => ({ kind: 'signature', scheme, curve })

export const TOKEN_ALGORITHMS: ReadonlyMap<string, TokenAlgorithm> = new Map([
  ['HS256', mac(sha256)],
  ['HS384', mac(sha384)],
  ['HS512', mac(sha512)],
  ['RS256', signature({ kind: 'rsa-pkcs1', hash: 'SHA-256' })],
  ['RS384', signature({ kind: 'rsa-pkcs1', hash: 'SHA-384' })],
  ['RS512', signature({ kind: 'rsa-pkcs1', hash: 'SHA-512' })],
  ['PS256', signature({ kind: 'rsa-pss', hash: 'SHA-256' })],
  ['PS384', signature({ kind: 'rsa-pss', hash: 'SHA-384' })],
  ['PS512', signature({ kind: 'rsa-pss', hash: 'SHA-512' })],
  ['ES256', signature({ kind: 'ecdsa', hash: 'SHA-256' }, 'P-256')],
  ['ES384', signature({ kind: 'ecdsa', hash: 'SHA-384' }, 'P-384')],
  ['ES512', signature({ kind: 'ecdsa', hash: 'SHA-512' }, 'P-521')],
  ['EdDSA', signature({ kind: 'ed25519' })],
])
