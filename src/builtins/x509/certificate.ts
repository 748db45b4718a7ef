/** Certificates: DER to what is needed of them, both for checking chains and for documents. */
import { failure } from '../context.js'
import {
  type DerElement,
  DerSequence,
  TAG,
  bitStringOf,
  contextTag,
  expectTag,
  integerOf,
  malformed,
  oidOf,
  oidText,
  readElement,
  readElements,
  timeOf,
} from './der.js'
import { type Extension, readExtension } from './extension.js'
import type { HashName } from './hash.js'
import { type DistinguishedName, readName } from './name.js'
import { type SubjectPublicKey, readSubjectPublicKey } from './public-key.js'
import type { SignatureScheme } from './signature.js'

export interface Certificate {
  readonly raw: Uint8Array
  /** The part that the signature is over. */
  readonly signed: Uint8Array
  /** 1, 2 or 3. */
  readonly version: number
  readonly serialNumber: bigint
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly issuer: DistinguishedName
  readonly subject: DistinguishedName
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: SubjectPublicKey
  readonly extensions: readonly Extension[]
}

/** Go's number of an algorithm, and how to check its signatures; ECDSA's are in DER. */
export interface SignatureAlgorithm {
  readonly number: number
  readonly scheme: SignatureScheme | undefined
}

const ALGORITHMS: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['1.2.840.113549.1.1.4', { number: 2, scheme: undefined }],
  ['1.2.840.113549.1.1.5', { number: 3, scheme: undefined }],
  ['1.2.840.113549.1.1.11', { number: 4, scheme: { kind: 'rsa-pkcs1', hash: 'SHA-256' } }],
  ['1.2.840.113549.1.1.12', { number: 5, scheme: { kind: 'rsa-pkcs1', hash: 'SHA-384' } }],
  ['1.2.840.113549.1.1.13', { number: 6, scheme: { kind: 'rsa-pkcs1', hash: 'SHA-512' } }],
  ['1.2.840.10040.4.3', { number: 7, scheme: undefined }],
  ['2.16.840.1.101.3.4.3.2', { number: 8, scheme: undefined }],
  ['1.2.840.10045.4.1', { number: 9, scheme: undefined }],
  ['1.2.840.10045.4.3.2', { number: 10, scheme: { kind: 'ecdsa', hash: 'SHA-256' } }],
  ['1.2.840.10045.4.3.3', { number: 11, scheme: { kind: 'ecdsa', hash: 'SHA-384' } }],
  ['1.2.840.10045.4.3.4', { number: 12, scheme: { kind: 'ecdsa', hash: 'SHA-512' } }],
  ['1.3.101.112', { number: 16, scheme: { kind: 'ed25519' } }],
])

const PSS = '1.2.840.113549.1.1.10'
const PSS_HASHES: ReadonlyMap<string, readonly [number: number, hash: HashName, saltLength: bigint]> = new Map([
  ['2.16.840.1.101.3.4.2.1', [13, 'SHA-256', 32n]],
  ['2.16.840.1.101.3.4.2.2', [14, 'SHA-384', 48n]],
  ['2.16.840.1.101.3.4.2.3', [15, 'SHA-512', 64n]],
])

const UNKNOWN: SignatureAlgorithm = { number: 0, scheme: undefined }

export function readSignatureAlgorithm(element: DerElement): SignatureAlgorithm {
  const sequence = new DerSequence(element)
  const oid = oidText(oidOf(sequence.next()))
  return oid === PSS ? readPss(sequence) : (ALGORITHMS.get(oid) ?? UNKNOWN)
}

/** PSS with one hash throughout and a salt of its length is known, anything else is not. */
function readPss(sequence: DerSequence): SignatureAlgorithm {
  try {
    const parameters = new DerSequence(sequence.next())
    const hashPart = new DerSequence(parameters.next(contextTag(0, true)), contextTag(0, true))
    const known = PSS_HASHES.get(oidText(oidOf(new DerSequence(hashPart.next()).next())))
    const mask = new DerSequence(new DerSequence(parameters.next(contextTag(1, true)), contextTag(1, true)).next())
    mask.next()
    const maskHash = oidText(oidOf(new DerSequence(mask.next()).next()))
    const salt = integerOf(new DerSequence(parameters.next(contextTag(2, true)), contextTag(2, true)).next())
    if (known === undefined || salt !== known[2] || PSS_HASHES.get(maskHash) !== known) return UNKNOWN
    return { number: known[0], scheme: { kind: 'rsa-pss', hash: known[1] } }
  } catch {
    return UNKNOWN
  }
}

/** The certificates that bytes consist of. */
export function parseCertificates(bytes: Uint8Array): Certificate[] {
  return readElements(bytes).map(readCertificate)
}

export function parseCertificate(bytes: Uint8Array): Certificate {
  return readCertificate(readElement(bytes))
}

function readCertificate(element: DerElement): Certificate {
  const outer = new DerSequence(element)
  const signed = outer.next(TAG.sequence)
  const outerAlgorithm = outer.next(TAG.sequence)
  const signature = bitStringOf(outer.next())
  const inner = new DerSequence(signed)
  const versionPart = inner.optional(contextTag(0, true))
  const version = versionPart === undefined ? 1 : Number(integerOf(readElement(versionPart.content))) + 1
  if (version < 1 || version > 3) throw failure('x509: malformed version')
  const serialNumber = integerOf(inner.next())
  if (serialNumber < 0n) throw failure('x509: negative serial number')
  const innerAlgorithm = inner.next(TAG.sequence)
  if (oidPart(innerAlgorithm) !== oidPart(outerAlgorithm)) {
    throw failure("x509: inner and outer signature algorithm identifiers don't match")
  }
  const issuer = readName(inner.next())
  const validity = new DerSequence(inner.next(TAG.sequence))
  const notBefore = timeOf(validity.next())
  const notAfter = timeOf(validity.next())
  const subject = readName(inner.next())
  const publicKey = readSubjectPublicKey(inner.next(TAG.sequence))
  inner.optional(contextTag(1, false))
  inner.optional(contextTag(2, false))
  const extensions = readExtensions(inner.optional(contextTag(3, true)))
  return {
    raw: element.raw,
    signed: signed.raw,
    version,
    serialNumber,
    signatureAlgorithm: readSignatureAlgorithm(outerAlgorithm),
    signature,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
  }
}

function oidPart(element: DerElement): string {
  return oidText(oidOf(new DerSequence(element).next()))
}

function readExtensions(part: DerElement | undefined): Extension[] {
  if (part === undefined) return []
  const extensions = new DerSequence(expectTag(readElement(part.content), TAG.sequence)).rest().map(readExtension)
  const seen = new Set<string>()
  for (const { oid } of extensions) {
    if (seen.has(oidText(oid))) throw malformed('certificate contains duplicate extensions')
    seen.add(oidText(oid))
  }
  return extensions
}
