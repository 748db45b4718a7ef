/** Keys to check tokens with: certificates and public keys in PEM, JSON Web Keys and sets of them. */
import { parseJson } from '../../value/json.js'
import { BuiltinError, failure } from '../context.js'
import { parseCertificate } from '../x509/certificate.js'
import { readElement } from '../x509/der.js'
import { type PemBlock, firstPemBlock } from '../x509/pem.js'
import { type PublicKey, readSubjectPublicKey } from '../x509/public-key.js'
import { keysOfDocument } from './jwk.js'

/** A key, with what a set says about it. */
export interface VerificationKey {
  /** Absent for keys that no signature can be checked with. */
  readonly key: PublicKey | undefined
  /** The key of `oct` keys, which only MACs are checked with. */
  readonly secret: Uint8Array | undefined
  /** Whether it came with its private part. */
  readonly isPrivate: boolean
  readonly id: string | undefined
  readonly algorithm: string | undefined
}

const UNNAMED = { secret: undefined, isPrivate: false, id: undefined, algorithm: undefined }

/** The keys that a text holds; a text that holds none is a builtin error. */
export function verificationKeys(text: string): readonly VerificationKey[] {
  const block = firstPemBlock(text)
  if (block !== undefined) return [{ ...UNNAMED, key: keyOfBlock(block) }]
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
