/** Keys to check tokens with: certificates and public keys in PEM, JSON Web Keys and sets of them. */
import { parseJson } from '../../value/json.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { BuiltinError, failure } from '../context.js'
import { parseCertificate } from '../x509/certificate.js'
import { CURVES, isCurveName } from '../x509/curve.js'
import { readElement } from '../x509/der.js'
import { type PemBlock, firstPemBlock } from '../x509/pem.js'
import { type PublicKey, readSubjectPublicKey } from '../x509/public-key.js'
import { bigintToBytes, bytesToBigint } from '../x509/rsa.js'
import { concatBytes } from '../../value/utf8.js'
import { decodeBase64Url } from '../base64url.js'

/** A key, with what a set says about it. */
export interface VerificationKey {
  /** Absent for keys that no signature can be checked with. */
  readonly key: PublicKey | undefined
  readonly id: string | undefined
  readonly algorithm: string | undefined
}

/** The keys that a text holds; a text that holds none is a builtin error. */
export function verificationKeys(text: string): readonly VerificationKey[] {
  const block = firstPemBlock(text)
  if (block !== undefined) return [{ key: keyOfBlock(block), id: undefined, algorithm: undefined }]
  try {
    return keysOfDocument(parseJson(text))
  } catch (error) {
    throw failure(`failed to parse a JWK key (set): ${error instanceof Error ? error.message : 'malformed'}`)
  }
}

function keyOfBlock(block: PemBlock): PublicKey | undefined {
  if (block.rest !== '') throw failure('extra data after a PEM certificate block')
  try {
    if (block.type === 'CERTIFICATE') return parseCertificate(block.bytes).publicKey.key
    if (block.type === 'PUBLIC KEY') return readSubjectPublicKey(readElement(block.bytes)).key
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error
    throw failure(`failed to parse a PEM ${block.type === 'CERTIFICATE' ? 'certificate' : 'key'}: ${error.message}`)
  }
  throw failure('failed to extract a Key from the PEM certificate')
}

function keysOfDocument(document: RegoValue): readonly VerificationKey[] {
  if (!(document instanceof RegoObject)) throw failure('not an object')
  const keys = document.get('keys')
  if (keys === undefined) return [keyOfJwk(document)]
  if (!isArray(keys)) throw failure('`keys` is no array')
  return keys.map(keyOfJwk)
}

function keyOfJwk(jwk: RegoValue): VerificationKey {
  if (!(jwk instanceof RegoObject)) throw failure('a key is no object')
  const misfit = ['kid', 'alg', 'use', 'x5t', 'x5u'].find((name) => jwk.has(name) && typeof jwk.get(name) !== 'string')
  if (misfit !== undefined) throw failure(`${misfit} of a key is no string`)
  return { key: publicKeyOfJwk(jwk), id: textMember(jwk, 'kid'), algorithm: textMember(jwk, 'alg') }
}

function publicKeyOfJwk(jwk: RegoObject): PublicKey | undefined {
  switch (jwk.get('kty')) {
    case 'RSA':
      return { kind: 'rsa', modulus: bytesToBigint(bytesMember(jwk, 'n')), exponent: bytesToBigint(bytesMember(jwk, 'e')) }
    case 'EC': {
      const curve = textMember(jwk, 'crv') ?? ''
      if (!isCurveName(curve)) throw failure(`unsupported curve ${curve}`)
      const { size, isPoint } = CURVES[curve]
      const [x, y] = [bytesToBigint(bytesMember(jwk, 'x')), bytesToBigint(bytesMember(jwk, 'y'))]
      const point = concatBytes([Uint8Array.of(4), bigintToBytes(x, size), bigintToBytes(y, size)])
      if (!isPoint(point)) throw failure('not a point of the curve')
      return { kind: 'ec', curve, point }
    }
    case 'OKP': {
      const bytes = bytesMember(jwk, 'x')
      return jwk.get('crv') === 'Ed25519' && bytes.length === 32 ? { kind: 'ed25519', bytes } : undefined
    }
    case 'oct':
      bytesMember(jwk, 'k')
      return undefined
    default:
      throw failure('unknown key type')
  }
}

export function textMember(object: RegoObject, name: string): string | undefined {
  const value = object.get(name)
  return typeof value === 'string' ? value : undefined
}

export function bytesMember(object: RegoObject, name: string): Uint8Array {
  const bytes = decodeBase64Url(textMember(object, name) ?? '')
  if (bytes === undefined || bytes.length === 0) throw failure(`missing or malformed ${name}`)
  return bytes
}
