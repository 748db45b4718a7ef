/** The mask generation function of PSS. RFC 8017, appendix B.2.1. */
import { concatBytes } from '../../value/utf8.js'
import { HASHES, type HashName } from './hash.js'

export function mgf1(hash: HashName, seed: Uint8Array, length: number): Uint8Array {
  const { size, digest } = HASHES[hash]
  const blocks = Array.from({ length: Math.ceil(length / size) }, (_, counter) =>
    digest(concatBytes([seed, Uint8Array.of(counter >>> 24, counter >>> 16, counter >>> 8, counter)])),
  )
  return concatBytes(blocks).slice(0, length)
}
