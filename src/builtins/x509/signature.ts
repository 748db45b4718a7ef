/** Checks signatures over messages. */
import { ed25519 } from '@noble/curves/ed25519'
import { CURVES } from './curve.js'
import { DerSequence, integerOf, readElement } from './der.js'
import { HASHES, type HashName } from './hash.js'
import type { PublicKey } from './public-key.js'
import { bigintToBytes, byteLength, verifyPkcs1, verifyPss } from './rsa.js'
import { concatBytes } from '../../value/utf8.js'

/** How a signature is made; `hash` is absent where the scheme has its own. */
export type SignatureScheme =
  { readonly kind: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa'; readonly hash: HashName } | { readonly kind: 'ed25519' }

/** Whether a signature is right. ECDSA signatures are r and s side by side; see `fixedSizeEcdsa` for those in DER. */
export function verifySignature(scheme: SignatureScheme, key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (scheme.kind === 'ed25519') return key.kind === 'ed25519' && verifyEd25519(key.bytes, message, signature)
  const digest = HASHES[scheme.hash].digest(message)
  switch (scheme.kind) {
    case 'rsa-pkcs1':
      return key.kind === 'rsa' && verifyPkcs1(key, scheme.hash, digest, signature)
    case 'rsa-pss':
      return key.kind === 'rsa' && verifyPss(key, scheme.hash, digest, signature)
    case 'ecdsa':
      return key.kind === 'ec' && CURVES[key.curve].verify(signature, digest, key.point)
  }
}

function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** An ECDSA signature in DER as r and s of a fixed size; undefined if it is malformed. */
export function fixedSizeEcdsa(der: Uint8Array, size: number): Uint8Array | undefined {
  try {
    const sequence = new DerSequence(readElement(der))
    const [r, s] = [integerOf(sequence.next()), integerOf(sequence.next())]
    if (!sequence.isAtEnd || r <= 0n || s <= 0n || byteLength(r) > size || byteLength(s) > size) return undefined
    return concatBytes([bigintToBytes(r, size), bigintToBytes(s, size)])
  } catch {
    return undefined
  }
}
