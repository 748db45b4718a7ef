/** Private keys: PKCS #1, PKCS #8 and SEC 1, as documents of two kinds. */
import { ed25519, x25519 } from '@noble/curves/ed25519'
import { encodeBase64 } from '../../value/base64.js'
import { concatBytes } from '../../value/utf8.js'
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import { encodeBareBase64Url } from '../base64url.js'
import { BuiltinError, BuiltinLimitError, failure } from '../context.js'
import { CURVES, type CurveName, curveOfOid } from './curve.js'
import { DerSequence, TAG, bitStringOf, contextTag, integerOf, oidOf, oidText, readElement, sequenceOf } from './der.js'
import type { PemBlock } from './pem.js'
import type { PublicKey } from './public-key.js'
import { MODULUS_BITS, bigintToBytes, byteLength, bytesToBigint, modPow } from './rsa.js'

export type PrivateKey =
  | {
      readonly kind: 'rsa'
      readonly modulus: bigint
      readonly exponent: bigint
      readonly secretExponent: bigint
      readonly primes: readonly [bigint, bigint]
    }
  | { readonly kind: 'ec'; readonly curve: CurveName; readonly secret: Uint8Array }
  | { readonly kind: 'ed25519'; readonly seed: Uint8Array }
  | { readonly kind: 'x25519'; readonly seed: Uint8Array }

/** The key in a PEM block; undefined if the block is of another type. */
export function privateKeyOfBlock(block: PemBlock): PrivateKey | undefined {
  switch (block.type) {
    case 'RSA PRIVATE KEY':
      return readPkcs1(block.bytes)
    case 'EC PRIVATE KEY':
      return readSec1(block.bytes, undefined)
    case 'PRIVATE KEY':
      return readPkcs8(block.bytes)
    default:
      return undefined
  }
}

/** The key, whatever its block calls itself; undefined if it has none of the forms. */
export function privateKeyOfAnyForm(bytes: Uint8Array): PrivateKey | undefined {
  for (const read of [readPkcs1, readPkcs8, (der: Uint8Array) => readSec1(der, undefined)]) {
    try {
      return read(bytes)
    } catch (error) {
      if (!(error instanceof BuiltinError)) throw error
    }
  }
  return undefined
}

function readPkcs1(bytes: Uint8Array): PrivateKey {
  const sequence = sequenceOf(bytes)
  const version = integerOf(sequence.next())
  if (version !== 0n) throw failure('x509: unsupported private key version')
  const [modulus = 0n, exponent = 0n, secretExponent = 0n, p = 0n, q = 0n] = Array.from({ length: 5 }, () =>
    integerOf(sequence.next()),
  )
  if (modulus <= 0n || secretExponent <= 0n || p <= 1n || q <= 1n || p * q !== modulus) {
    throw failure('x509: private key contains invalid values')
  }
  if (byteLength(modulus) * 8 > MODULUS_BITS.max) throw new BuiltinLimitError('the RSA key is too long')
  return { kind: 'rsa', modulus, exponent, secretExponent, primes: [p, q] }
}

function readPkcs8(bytes: Uint8Array): PrivateKey {
  const sequence = new DerSequence(readElement(bytes))
  integerOf(sequence.next())
  const algorithm = new DerSequence(sequence.next(TAG.sequence))
  const inner = sequence.next(TAG.octetString).content
  const oid = oidText(oidOf(algorithm.next()))
  switch (oid) {
    case '1.2.840.113549.1.1.1':
      return readPkcs1(inner)
    case '1.2.840.10045.2.1':
      return readSec1(inner, curveOfOid(oidText(oidOf(algorithm.next()))))
    case '1.3.101.112':
    case '1.3.101.110': {
      const seed = readElement(inner)
      const isEd25519 = oid === '1.3.101.112'
      if (seed.tag !== TAG.octetString || seed.content.length !== 32) {
        throw failure(`x509: invalid ${isEd25519 ? 'Ed25519' : 'X25519'} private key length`)
      }
      return { kind: isEd25519 ? 'ed25519' : 'x25519', seed: seed.content }
    }
    default:
      throw failure(`x509: PKCS#8 wrapping contained private key with unknown algorithm: ${oid}`)
  }
}

function readSec1(bytes: Uint8Array, outerCurve: CurveName | undefined): PrivateKey {
  const sequence = sequenceOf(bytes)
  if (integerOf(sequence.next()) !== 1n) throw failure('x509: unknown EC private key version')
  const secret = sequence.next(TAG.octetString).content
  const named = sequence.optional(contextTag(0, true))
  const curve = outerCurve ?? (named === undefined ? undefined : curveOfOid(oidText(oidOf(readElement(named.content)))))
  const bits = sequence.optional(contextTag(1, true))
  if (bits !== undefined) bitStringOf(readElement(bits.content))
  if (curve === undefined) throw failure('x509: unknown elliptic curve')
  const { size } = CURVES[curve]
  return { kind: 'ec', curve, secret: bigintToBytes(bytesToBigint(secret), size) }
}

/** As JSON Web Key. */
export function privateJwk(key: PrivateKey): RegoObject {
  const integer = (value: bigint): string => encodeBareBase64Url(bigintToBytes(value, byteLength(value)))
  switch (key.kind) {
    case 'rsa': {
      const [p, q] = key.primes
      return RegoObject.of([
        ['kty', 'RSA'],
        ['n', integer(key.modulus)],
        ['e', integer(key.exponent)],
        ['d', integer(key.secretExponent)],
        ['p', integer(p)],
        ['q', integer(q)],
        ...Object.entries(crtOf(key)).map(([name, value]) => [name, integer(value)] as const),
      ])
    }
    case 'ec': {
      const { size } = CURVES[key.curve]
      const point = CURVES[key.curve].publicPoint(key.secret)
      return RegoObject.of([
        ['kty', 'EC'],
        ['crv', key.curve],
        ['x', encodeBareBase64Url(point.subarray(1, 1 + size))],
        ['y', encodeBareBase64Url(point.subarray(1 + size))],
        ['d', encodeBareBase64Url(key.secret)],
      ])
    }
    case 'ed25519':
    case 'x25519':
      return RegoObject.of([
        ['kty', 'OKP'],
        ['crv', key.kind === 'ed25519' ? 'Ed25519' : 'X25519'],
        ['x', encodeBareBase64Url((key.kind === 'ed25519' ? ed25519 : x25519).getPublicKey(key.seed))],
        ['d', encodeBareBase64Url(key.seed)],
      ])
  }
}

/** As Go's `encoding/json` writes a key. */
export function privateKeyDocument(key: PrivateKey): RegoValue {
  switch (key.kind) {
    case 'rsa': {
      const { dp, dq, qi } = crtOf(key)
      return RegoObject.of([
        ['N', num(key.modulus)],
        ['E', num(key.exponent)],
        ['D', num(key.secretExponent)],
        ['Primes', key.primes.map(num)],
        [
          'Precomputed',
          RegoObject.of([
            ['Dp', num(dp)],
            ['Dq', num(dq)],
            ['Qinv', num(qi)],
            ['CRTValues', []],
          ]),
        ],
      ])
    }
    case 'ec': {
      const [x, y] = CURVES[key.curve].coordinates(CURVES[key.curve].publicPoint(key.secret))
      return RegoObject.of([
        ['Curve', RegoObject.of([])],
        ['D', num(bytesToBigint(key.secret))],
        ['X', num(x)],
        ['Y', num(y)],
      ])
    }
    case 'ed25519':
      return encodeBase64(concatBytes([key.seed, ed25519.getPublicKey(key.seed)]))
    case 'x25519':
      return RegoObject.of([])
  }
}

function crtOf({
  secretExponent,
  primes: [p, q],
}: Extract<PrivateKey, { kind: 'rsa' }>): Readonly<Record<'dp' | 'dq' | 'qi', bigint>> {
  return { dp: secretExponent % (p - 1n), dq: secretExponent % (q - 1n), qi: modPow(q, p - 2n, p) }
}

/** The public part, in the form in which certificates carry it, to compare the two. */
export function matchesPublicKey(key: PrivateKey, publicKey: PublicKey): boolean {
  if (key.kind === 'rsa') {
    return publicKey.kind === 'rsa' && key.modulus === publicKey.modulus && key.exponent === publicKey.exponent
  }
  if (key.kind === 'x25519') return false
  const own = key.kind === 'ec' ? CURVES[key.curve].publicPoint(key.secret) : ed25519.getPublicKey(key.seed)
  const other = publicKey.kind === 'ec' ? publicKey.point : publicKey.kind === 'ed25519' ? publicKey.bytes : undefined
  return other !== undefined && own.length === other.length && own.every((byte, at) => byte === other[at])
}
