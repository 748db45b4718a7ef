/** JSON Web Keys and sets of them, as far as they check and make signatures. RFC 7517, RFC 7518. */
import { decodeBase64 } from '../../value/base64.js'
import { concatBytes } from '../../value/utf8.js'
import { RegoObject, type RegoValue, isArray } from '../../value/value.js'
import { decodeBase64Url } from '../base64url.js'
import { failure } from '../context.js'
import { parseCertificate } from '../x509/certificate.js'
import { CURVES, isCurveName } from '../x509/curve.js'
import type { PublicKey } from '../x509/public-key.js'
import { bigintToBytes, bytesToBigint } from '../x509/rsa.js'
import type { VerificationKey } from './key.js'

/** What the member `alg` of a key may be: algorithms for signatures, for the encryption of keys and of contents. */
const KEY_ALGORITHMS: ReadonlySet<string> = new Set([
  ...['none', 'HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'ES256K'],
  ...['PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519'],
  ...['RSA1_5', 'RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512', 'A128KW', 'A192KW', 'A256KW', 'dir'],
  ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW'],
  ...['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW'],
  ...['A128GCM', 'A192GCM', 'A256GCM', 'A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512'],
])

/** The keys of a key set, or the one key that a document is. */
export function keysOfDocument(document: RegoValue): readonly VerificationKey[] {
  if (!(document instanceof RegoObject)) throw failure('not an object')
  const keys = document.get('keys')
  if (keys === undefined) return [keyOfJwk(document)]
  if (!isArray(keys)) throw failure('`keys` is no array')
  return keys.map(keyOfJwk)
}

function keyOfJwk(jwk: RegoValue): VerificationKey {
  if (!(jwk instanceof RegoObject)) throw failure('a key is no object')
  const misfit = ['kid', 'alg', 'use', 'x5t', 'x5u', 'x5t#S256'].find((name) => typeof (jwk.get(name) ?? '') !== 'string')
  if (misfit !== undefined) throw failure(`${misfit} of a key is no string`)
  const algorithm = textMember(jwk, 'alg')
  if (jwk.has('alg') && !KEY_ALGORITHMS.has(algorithm ?? '')) throw failure(`invalid key algorithm ${algorithm ?? ''}`)
  if (!isArray(jwk.get('key_ops') ?? [])) throw failure('key_ops of a key is no list')
  checkChain(jwk.get('x5c'))
  const isSecret = jwk.get('kty') === 'oct'
  const isPrivate = !isSecret && jwk.has('d')
  if (isPrivate) bytesMember(jwk, 'd')
  return {
    key: isSecret ? undefined : publicKeyOfJwk(jwk),
    secret: isSecret ? bytesMember(jwk, 'k') : undefined,
    isPrivate,
    id: textMember(jwk, 'kid'),
    algorithm,
  }
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
    default:
      throw failure('unknown key type')
  }
}

/** The certificates that a key may come with have to be some. */
function checkChain(chain: RegoValue | undefined): void {
  if (chain === undefined) return
  if (!isArray(chain)) throw failure('x5c of a key is no list')
  for (const member of chain) {
    const bytes = typeof member === 'string' ? decodeBase64(member) : undefined
    if (bytes === undefined) throw failure('x5c of a key holds what is no certificate')
    parseCertificate(bytes)
  }
}

export function textMember(object: RegoObject, name: string): string | undefined {
  const value = object.get(name)
  return typeof value === 'string' ? value : undefined
}

export function bytesMember(object: RegoObject, name: string): Uint8Array {
  // Keys come in either alphabet.
  const text = (textMember(object, name) ?? '').replaceAll('+', '-').replaceAll('/', '_')
  const bytes = decodeBase64Url(text)
  if (bytes === undefined || bytes.length === 0) throw failure(`missing or malformed ${name}`)
  return bytes
}
