/** Certificate requests, PKCS #10. */
import { type SignatureAlgorithm, readSignatureAlgorithm } from './certificate.js'
import {
  type DerElement,
  DerSequence,
  TAG,
  bitStringOf,
  contextTag,
  integerOf,
  oidOf,
  oidText,
  readElement,
  readElements,
} from './der.js'
import { type AlternativeNames, EXTENSION, type Extension, NO_NAMES, readAlternativeNames, readExtension } from './extension.js'
import { type DistinguishedName, readName } from './name.js'
import { type SubjectPublicKey, readSubjectPublicKey } from './public-key.js'

export interface RequestAttribute {
  readonly oid: readonly number[]
  readonly values: readonly (readonly { readonly oid: readonly number[]; readonly value: Uint8Array }[])[]
}

export interface CertificateRequest {
  readonly raw: Uint8Array
  readonly signed: Uint8Array
  readonly version: number
  readonly subject: DistinguishedName
  readonly publicKey: SubjectPublicKey
  /** Those that consist of sets of pairs; others are passed over, as Go does. */
  readonly attributes: readonly RequestAttribute[]
  readonly extensions: readonly Extension[]
  readonly names: AlternativeNames
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

export function parseRequest(bytes: Uint8Array): CertificateRequest {
  const element = readElement(bytes)
  const outer = new DerSequence(element)
  const signed = outer.next(TAG.sequence)
  const signatureAlgorithm = readSignatureAlgorithm(outer.next(TAG.sequence))
  const signature = bitStringOf(outer.next())
  const inner = new DerSequence(signed)
  const version = Number(integerOf(inner.next()))
  const subject = readName(inner.next())
  const publicKey = readSubjectPublicKey(inner.next(TAG.sequence))
  const attributePart = inner.optional(contextTag(0, true))
  const attributes = attributePart === undefined ? [] : readElements(attributePart.content)
  const extensions = attributes.flatMap(requestedExtensions)
  const alternative = extensions.find(({ oid }) => oidText(oid) === EXTENSION.subjectAltName)
  return {
    raw: element.raw,
    signed: signed.raw,
    version,
    subject,
    publicKey,
    attributes: attributes.flatMap(readAttribute),
    extensions,
    names: alternative === undefined ? NO_NAMES : readAlternativeNames(alternative.value),
    signatureAlgorithm,
    signature,
  }
}

function requestedExtensions(attribute: DerElement): readonly Extension[] {
  const sequence = new DerSequence(attribute)
  if (oidText(oidOf(sequence.next())) !== EXTENSION_REQUEST) return []
  const first = new DerSequence(sequence.next(TAG.set), TAG.set).next(TAG.sequence)
  return new DerSequence(first).rest().map(readExtension)
}

function readAttribute(attribute: DerElement): readonly RequestAttribute[] {
  try {
    const sequence = new DerSequence(attribute)
    const oid = oidOf(sequence.next())
    const values = new DerSequence(sequence.next(TAG.set), TAG.set).rest().map((value) =>
      new DerSequence(value).rest().map((pair) => {
        const parts = new DerSequence(pair)
        const type = oidOf(parts.next())
        const { content } = parts.next(TAG.octetString)
        if (!parts.isAtEnd) throw new Error('more than a pair')
        return { oid: type, value: content }
      }),
    )
    return [{ oid, values }]
  } catch {
    return []
  }
}
