/** The hashes of signatures, with what PKCS #1 puts in front of their digests. RFC 8017, section 9.2. */
import { sha1 } from '@noble/hashes/legacy'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2'

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

export interface Hash {
  /** Bytes of a digest. */
  readonly size: number
  readonly digest: (bytes: Uint8Array) => Uint8Array
  readonly digestInfo: Uint8Array
}

const prefix = (hex: string): Uint8Array => Uint8Array.from((hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)))

export const HASHES: Readonly<Record<HashName, Hash>> = {
  'SHA-1': { size: 20, digest: sha1, digestInfo: prefix('3021300906052b0e03021a05000414') },
  'SHA-256': { size: 32, digest: sha256, digestInfo: prefix('3031300d060960864801650304020105000420') },
  'SHA-384': { size: 48, digest: sha384, digestInfo: prefix('3041300d060960864801650304020205000430') },
  'SHA-512': { size: 64, digest: sha512, digestInfo: prefix('3051300d060960864801650304020305000440') },
}
