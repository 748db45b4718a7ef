/**
 * RSA with PKCS #1 v1.5 and PSS padding.
 *
 * Checking a signature needs nothing secret. Signing does, and big integers in JavaScript take time that depends on the
 * key: sign tokens only where nobody can measure how long a policy takes.
 */
import { mgf1 } from './mgf1.js'
import { concatBytes } from '../../value/utf8.js'
import type { HashName } from './hash.js'
import { HASHES } from './hash.js'

export interface RsaPublic {
  readonly modulus: bigint
  readonly exponent: bigint
}

export interface RsaSecret extends RsaPublic {
  readonly secretExponent: bigint
}

export function bytesToBigint(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`)
}

export function bigintToBytes(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(length * 2, '0')
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

export function byteLength(value: bigint): number {
  return Math.ceil(value.toString(16).length / 2)
}

function bitSize(value: bigint): number {
  return value.toString(2).length
}

/** Limbs of 64 bits that are multiplied with each other, for one unit of work. */
const PRODUCTS_PER_UNIT = 256

/** The work of a power: a product or two of numbers as long as the modulus for each bit of the exponent. */
export function powerCost(exponent: bigint, modulus: bigint): number {
  const limbs = bitSize(modulus) / 64 + 1
  return (bitSize(exponent) * limbs * limbs) / PRODUCTS_PER_UNIT
}

/** base^exponent mod modulus, by squaring. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** Exponents larger than this are refused, as Go refuses them, so that checking stays cheap. */
const MAX_EXPONENT = 2n ** 31n - 1n
/** Moduli of other sizes are refused: smaller ones are broken, larger ones are there to cost time. */
export const MODULUS_BITS = { min: 1024, max: 16384 } as const

function isUsable({ modulus, exponent }: RsaPublic): boolean {
  const bits = bitSize(modulus)
  return bits >= MODULUS_BITS.min && bits <= MODULUS_BITS.max && exponent > 1n && exponent <= MAX_EXPONENT
}

function encodedMessage(key: RsaPublic, signature: Uint8Array, length: number): Uint8Array | undefined {
  if (!isUsable(key) || signature.length !== byteLength(key.modulus)) return undefined
  const value = bytesToBigint(signature)
  if (value >= key.modulus) return undefined
  const message = modPow(value, key.exponent, key.modulus)
  return byteLength(message) > length ? undefined : bigintToBytes(message, length)
}

export function verifyPkcs1(key: RsaPublic, hash: HashName, digest: Uint8Array, signature: Uint8Array): boolean {
  const length = byteLength(key.modulus)
  const wanted = pkcs1Padding(hash, digest, length)
  const found = encodedMessage(key, signature, length)
  return wanted !== undefined && found !== undefined && isEqual(wanted, found)
}

/** Units of work for checking a signature of any kind. */
export const SIGNATURE_COST = 8000

export function signPkcs1(key: RsaSecret, hash: HashName, digest: Uint8Array): Uint8Array | undefined {
  const length = byteLength(key.modulus)
  const padded = pkcs1Padding(hash, digest, length)
  if (padded === undefined) return undefined
  return bigintToBytes(modPow(bytesToBigint(padded), key.secretExponent, key.modulus), length)
}

/** 00 01 ff … ff 00, then the digest in an ASN.1 wrapping. */
function pkcs1Padding(hash: HashName, digest: Uint8Array, length: number): Uint8Array | undefined {
  const tail = concatBytes([HASHES[hash].digestInfo, digest])
  const filling = length - tail.length - 3
  if (filling < 8) return undefined
  return concatBytes([Uint8Array.of(0, 1), new Uint8Array(filling).fill(0xff), Uint8Array.of(0), tail])
}

/** The length of the salt is taken from the signature. RFC 8017, section 9.1.2. */
export function verifyPss(key: RsaPublic, hash: HashName, digest: Uint8Array, signature: Uint8Array): boolean {
  const emBits = bitSize(key.modulus) - 1
  const length = Math.ceil(emBits / 8)
  const message = encodedMessage(key, signature, length)
  const { size, digest: compute } = HASHES[hash]
  if (message === undefined || length < size + 2 || message[length - 1] !== 0xbc) return false
  const masked = message.subarray(0, length - size - 1)
  const h = message.subarray(length - size - 1, length - 1)
  const unused = 0xff >> (8 * length - emBits)
  if (((masked[0] as number) & ~unused & 0xff) !== 0) return false
  const mask = mgf1(hash, h, masked.length)
  const db = masked.map((byte, at) => byte ^ (mask[at] as number))
  db[0] = (db[0] as number) & unused
  const one = db.findIndex((byte) => byte !== 0)
  if (one === -1 || db[one] !== 1) return false
  return isEqual(h, compute(concatBytes([new Uint8Array(8), digest, db.subarray(one + 1)])))
}

export function signPss(key: RsaSecret, hash: HashName, digest: Uint8Array, salt: Uint8Array): Uint8Array | undefined {
  const emBits = bitSize(key.modulus) - 1
  const length = Math.ceil(emBits / 8)
  const { size, digest: compute } = HASHES[hash]
  if (length < size + salt.length + 2) return undefined
  const h = compute(concatBytes([new Uint8Array(8), digest, salt]))
  const filling = new Uint8Array(length - size - salt.length - 2)
  const db = concatBytes([filling, Uint8Array.of(1), salt])
  const mask = mgf1(hash, h, db.length)
  const masked = db.map((byte, at) => byte ^ (mask[at] as number))
  masked[0] = (masked[0] as number) & (0xff >> (8 * length - emBits))
  const message = bytesToBigint(concatBytes([masked, h, Uint8Array.of(0xbc)]))
  return bigintToBytes(modPow(message, key.secretExponent, key.modulus), byteLength(key.modulus))
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
