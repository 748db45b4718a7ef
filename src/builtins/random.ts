/**
 * Randomness that is fixed within one evaluation: bytes derived from the seed of the evaluation and a key, by SHA-256 in
 * counter mode, so that equal calls agree and different ones have nothing to do with each other.
 */
import { sha256 } from '@noble/hashes/sha2'
import { concatBytes, encodeUtf8 } from '../value/utf8.js'
import type { BuiltinContext } from './context.js'

export function randomBytes(context: BuiltinContext, key: string, length: number): Uint8Array {
  const keyed = sha256(concatBytes([context.seed, encodeUtf8(key)]))
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) => sha256(concatBytes([keyed, Uint8Array.of(at)])))
  return concatBytes(blocks).slice(0, length)
}

/** An integer from 0 up to `limit`, every one as likely but for a part in 2^128. */
export function randomBelow(context: BuiltinContext, key: string, limit: bigint): bigint {
  const bytes = randomBytes(context, key, 16 + Math.ceil(limit.toString(16).length / 2))
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) % limit
}
