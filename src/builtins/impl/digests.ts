/** `crypto.*` digests and message authentication codes. */
import { hmac } from '@noble/hashes/hmac'
import { md5, sha1 } from '@noble/hashes/legacy'
import { sha256, sha512 } from '@noble/hashes/sha2'
import type { CHash } from '@noble/hashes/utils'
import { encodeUtf8 } from '../../value/utf8.js'
import type { FunctionTable, HostFunction } from '../context.js'
import { bytesToHex } from '../hex.js'
import { stringOf } from '../operand.js'

const digest =
  (hash: CHash): HostFunction =>
  (_, text) =>
    bytesToHex(hash(encodeUtf8(stringOf(text, 1))))

const code =
  (hash: CHash): HostFunction =>
  (_, text, key) => {
    const message = encodeUtf8(stringOf(text, 1))
    return bytesToHex(hmac(hash, encodeUtf8(stringOf(key, 2)), message))
  }

export const DIGESTS: FunctionTable = {
  'crypto.md5': digest(md5),
  'crypto.sha1': digest(sha1),
  'crypto.sha256': digest(sha256),
  'crypto.hmac.md5': code(md5),
  'crypto.hmac.sha1': code(sha1),
  'crypto.hmac.sha256': code(sha256),
  'crypto.hmac.sha512': code(sha512),
  'crypto.hmac.equal': (_, a, b) => isEqual(encodeUtf8(stringOf(a, 1)), encodeUtf8(stringOf(b, 2))),
}

/** Looks at every byte, however early the first difference is. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  return a.reduce((difference, byte, at) => difference | (byte ^ (b[at] as number)), 0) === 0
}
