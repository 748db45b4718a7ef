/** Public keys: from certificates and PEM, as documents, and checking signatures. */
import { num, RegoObject, type RegoValue } from '../../value/value.js'
import { encodeBase64 } from '../../value/base64.js'
import { failure } from '../context.js'
import { type CurveName, CURVES, curveOfOid } from './curve.js'
import { type DerElement, DerSequence, TAG, bitStringOf, integerOf, malformed, oidOf, oidText, readElement } from './der.js'

export type PublicKey =
  | { readonly kind: 'rsa'; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly kind: 'ec'; readonly curve: CurveName; readonly point: Uint8Array }
  | { readonly kind: 'ed25519'; readonly bytes: Uint8Array }

const RSA = '1.2.840.113549.1.1.1'
const EC = '1.2.840.10045.2.1'
const ED25519 = '1.3.101.112'
/** Algorithms that Go knows by name only. */
const OTHERS: Readonly<Record<string, number>> = { '1.2.840.10040.4.1': 2 }

/** A SubjectPublicKeyInfo; `key` is undefined for algorithms that nothing here can use. */
export interface SubjectPublicKey {
  readonly key: PublicKey | undefined
  /** Go's number of the algorithm; 0 is unknown. */
  readonly algorithm: number
  readonly raw: Uint8Array
}

export function readSubjectPublicKey(element: DerElement): SubjectPublicKey {
  const info = new DerSequence(element)
  const algorithm = new DerSequence(info.next(TAG.sequence))
  const oid = oidText(oidOf(algorithm.next()))
  const bits = bitStringOf(info.next())
  const key = readKey(oid, algorithm, bits)
  const numbers = { rsa: 1, ec: 3, ed25519: 4 }
  return { key, algorithm: key === undefined ? (OTHERS[oid] ?? 0) : numbers[key.kind], raw: element.raw }
}

function readKey(oid: string, algorithm: DerSequence, bits: Uint8Array): PublicKey | undefined {
  switch (oid) {
    case RSA:
      return readRsaKey(bits)
    case EC: {
      const curve = curveOfOid(oidText(oidOf(algorithm.next())))
      if (curve === undefined) throw failure('x509: unsupported elliptic curve')
      if (!CURVES[curve].isPoint(bits)) throw failure('x509: failed to unmarshal elliptic curve point')
      return { kind: 'ec', curve, point: bits }
    }
    case ED25519:
      if (bits.length !== 32) throw failure('x509: wrong Ed25519 public key size')
      return { kind: 'ed25519', bytes: bits }
    default:
      return undefined
  }
}

/** PKCS #1. */
function readRsaKey(bytes: Uint8Array): PublicKey {
  const sequence = new DerSequence(readElement(bytes))
  const [modulus, exponent] = [integerOf(sequence.next()), integerOf(sequence.next())]
  if (modulus <= 0n) throw failure('x509: RSA modulus is not a positive number')
  if (exponent <= 0n) throw failure('x509: RSA public exponent is not a positive number')
  if (!sequence.isAtEnd) throw malformed('trailing data')
  return { kind: 'rsa', modulus, exponent }
}

/** As Go's `encoding/json` writes a key. */
export function publicKeyDocument(key: PublicKey | undefined): RegoValue {
  switch (key?.kind) {
    case undefined:
      return null
    case 'rsa':
      return RegoObject.of([
        ['N', num(key.modulus)],
        ['E', num(key.exponent)],
      ])
    case 'ec': {
      const [x, y] = CURVES[key.curve].coordinates(key.point)
      return RegoObject.of([
        ['Curve', RegoObject.of([])],
        ['X', num(x)],
        ['Y', num(y)],
      ])
    }
    case 'ed25519':
      return encodeBase64(key.bytes)
  }
}
