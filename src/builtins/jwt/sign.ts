/** Signs tokens with JSON Web Keys. */
import { ed25519 } from '@noble/curves/ed25519'
import type { RegoObject } from '../../value/value.js'
import { type BuiltinContext, failure } from '../context.js'
import { randomBytes } from '../random.js'
import { CURVES } from '../x509/curve.js'
import { HASHES } from '../x509/hash.js'
import { type RsaSecret, SIGNATURE_COST, bigintToBytes, bytesToBigint, powerCost, signPkcs1, signPss } from '../x509/rsa.js'
import type { TokenAlgorithm } from './algorithm.js'
import { bytesMember } from './jwk.js'

/** The signature over a message; a key that does not fit the algorithm is a builtin error. */
export function signMessage(
  context: BuiltinContext,
  algorithm: TokenAlgorithm,
  jwk: RegoObject,
  message: Uint8Array,
): Uint8Array {
  const type = jwk.get('kty')
  if (algorithm.kind === 'mac') {
    if (type !== 'oct') throw unfit()
    return algorithm.compute(bytesMember(jwk, 'k'), message)
  }
  const { scheme, curve } = algorithm
  context.spend?.(SIGNATURE_COST)
  switch (scheme.kind) {
    case 'ed25519': {
      if (type !== 'OKP' || jwk.get('crv') !== 'Ed25519') throw unfit()
      return ed25519.sign(message, bytesMember(jwk, 'd'))
    }
    case 'ecdsa': {
      if (type !== 'EC' || curve === undefined || jwk.get('crv') !== curve) throw unfit()
      const { size, sign } = CURVES[curve]
      return sign(HASHES[scheme.hash].digest(message), bigintToBytes(bytesToBigint(bytesMember(jwk, 'd')), size))
    }
    case 'rsa-pkcs1':
    case 'rsa-pss': {
      if (type !== 'RSA') throw unfit()
      const { size, digest } = HASHES[scheme.hash]
      const hashed = digest(message)
      const key = rsaSecret(jwk)
      context.spend?.(powerCost(key.secretExponent, key.modulus))
      const signature =
        scheme.kind === 'rsa-pkcs1'
          ? signPkcs1(key, scheme.hash, hashed)
          : signPss(key, scheme.hash, hashed, randomBytes(context, `pss\u0000${String.fromCharCode(...hashed)}`, size))
      if (signature === undefined) throw failure('RSA key is too small for this algorithm')
      return signature
    }
  }
}

function rsaSecret(jwk: RegoObject): RsaSecret {
  if (!jwk.has('p') || !jwk.has('q')) throw failure('failed to sign payload: an RSA key without its primes')
  const integer = (name: string): bigint => bytesToBigint(bytesMember(jwk, name))
  const [modulus, exponent, secretExponent] = [integer('n'), integer('e'), integer('d')]
  if (integer('p') * integer('q') !== modulus) throw failure('crypto/rsa: p * q != n')
  return { modulus, exponent, secretExponent }
}

function unfit(): Error {
  return failure('failed to sign payload: key does not fit the algorithm')
}
