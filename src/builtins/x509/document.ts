/** Certificates and requests as documents, in the shape that Go's `encoding/json` gives its `x509.Certificate`. */
import { encodeBase64 } from '../../value/base64.js'
import { RegoObject, type RegoValue, num } from '../../value/value.js'
import type { GoUrl } from '../go/url.js'
import { writeAddress } from '../ip-address.js'
import type { Certificate } from './certificate.js'
import { oidText } from './der.js'
import type { AlternativeNames, Extension, NameConstraints } from './extension.js'
import { readFacts } from './facts.js'
import { nameDocument } from './name.js'
import { publicKeyDocument } from './public-key.js'
import type { CertificateRequest } from './request.js'

/** A Go slice: empty ones are nil here, which JSON writes as null. */
function list(items: readonly RegoValue[]): RegoValue {
  return items.length === 0 ? null : [...items]
}

function bytes(value: Uint8Array | undefined): RegoValue {
  return value === undefined ? null : encodeBase64(value)
}

function oidList(oid: readonly number[]): RegoValue {
  return oid.map(num)
}

function time(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** A certificate, with the texts of its URIs where `withUriStrings`. */
export function certificateDocument(certificate: Certificate, withUriStrings: boolean): RegoObject {
  const facts = readFacts(certificate)
  const { basicConstraints: basic, policyConstraints: policy } = facts
  const maxPathLength = basic?.maxPathLength ?? 0
  return RegoObject.of([
    ['AuthorityKeyId', bytes(facts.authorityKeyId)],
    ['BasicConstraintsValid', basic !== undefined],
    ['CRLDistributionPoints', list(facts.distributionPoints)],
    ...namesFields(facts.names),
    ...constraintFields('Permitted', facts.permitted),
    ...constraintFields('Excluded', facts.excluded),
    ['PermittedDNSDomainsCritical', facts.constraintsAreCritical],
    ['ExtKeyUsage', list(facts.extKeyUsage.known.map(num))],
    ['UnknownExtKeyUsage', list(facts.extKeyUsage.unknown.map(oidList))],
    ['Extensions', extensionList(certificate.extensions)],
    ['ExtraExtensions', null],
    ['InhibitAnyPolicy', num(facts.inhibitAnyPolicy ?? 0)],
    ['InhibitAnyPolicyZero', facts.inhibitAnyPolicy === 0],
    ['InhibitPolicyMapping', num(policy.inhibitMapping ?? 0)],
    ['InhibitPolicyMappingZero', policy.inhibitMapping === 0],
    ['RequireExplicitPolicy', num(policy.explicitPolicy ?? 0)],
    ['RequireExplicitPolicyZero', policy.explicitPolicy === 0],
    ['IsCA', basic?.isCa ?? false],
    ['MaxPathLen', num(maxPathLength)],
    ['MaxPathLenZero', basic !== undefined && maxPathLength === 0],
    ['Issuer', nameDocument(certificate.issuer)],
    ['Subject', nameDocument(certificate.subject)],
    ['IssuingCertificateURL', list(facts.infoAccess.issuers)],
    ['OCSPServer', list(facts.infoAccess.ocsp)],
    ['KeyUsage', num(facts.keyUsage)],
    ['NotAfter', time(certificate.notAfter)],
    ['NotBefore', time(certificate.notBefore)],
    ['Policies', list(facts.policies.map(oidText))],
    ['PolicyIdentifiers', list(facts.policies.map(oidList))],
    ['PolicyMappings', list(facts.policyMappings.map(mappingDocument))],
    ['PublicKey', publicKeyDocument(certificate.publicKey.key)],
    ['PublicKeyAlgorithm', num(certificate.publicKey.algorithm)],
    ['Raw', bytes(certificate.raw)],
    ['RawIssuer', bytes(certificate.issuer.raw)],
    ['RawSubject', bytes(certificate.subject.raw)],
    ['RawSubjectPublicKeyInfo', bytes(certificate.publicKey.raw)],
    ['RawTBSCertificate', bytes(certificate.signed)],
    ['SerialNumber', num(certificate.serialNumber)],
    ['Signature', bytes(certificate.signature)],
    ['SignatureAlgorithm', num(certificate.signatureAlgorithm.number)],
    ['SubjectKeyId', bytes(facts.subjectKeyId)],
    ['UnhandledCriticalExtensions', list(facts.unhandled.map(oidList))],
    ['Version', num(certificate.version)],
    ...(withUriStrings ? [['URIStrings', list(facts.names.uris.map(({ text }) => text))] as const] : []),
  ])
}

export function requestDocument(request: CertificateRequest): RegoObject {
  return RegoObject.of([
    ['Attributes', list(request.attributes.map(attributeDocument))],
    ...namesFields(request.names),
    ['Extensions', extensionList(request.extensions)],
    ['ExtraExtensions', null],
    ['PublicKey', publicKeyDocument(request.publicKey.key)],
    ['PublicKeyAlgorithm', num(request.publicKey.algorithm)],
    ['Raw', bytes(request.raw)],
    ['RawSubject', bytes(request.subject.raw)],
    ['RawSubjectPublicKeyInfo', bytes(request.publicKey.raw)],
    ['RawTBSCertificateRequest', bytes(request.signed)],
    ['Signature', bytes(request.signature)],
    ['SignatureAlgorithm', num(request.signatureAlgorithm.number)],
    ['Subject', nameDocument(request.subject)],
    ['Version', num(request.version)],
  ])
}

function namesFields({ dnsNames, emails, ips, uris }: AlternativeNames): readonly (readonly [RegoValue, RegoValue])[] {
  return [
    ['DNSNames', list(dnsNames)],
    ['EmailAddresses', list(emails)],
    ['IPAddresses', list(ips.map(writeAddress))],
    ['URIs', list(uris.map(({ url }) => urlDocument(url)))],
  ]
}

function constraintFields(kind: string, constraints: NameConstraints): readonly (readonly [RegoValue, RegoValue])[] {
  return [
    [`${kind}DNSDomains`, list(constraints.dns)],
    [`${kind}EmailAddresses`, list(constraints.emails)],
    [`${kind}URIDomains`, list(constraints.uris)],
    [
      `${kind}IPRanges`,
      list(
        constraints.ips.map(({ address, mask }) =>
          RegoObject.of([
            ['IP', address],
            ['Mask', encodeBase64(mask)],
          ]),
        ),
      ),
    ],
  ]
}

function extensionList(extensions: readonly Extension[]): RegoValue {
  return list(
    extensions.map(({ oid, isCritical, value }) =>
      RegoObject.of([
        ['Id', oidList(oid)],
        ['Critical', isCritical],
        ['Value', encodeBase64(value)],
      ]),
    ),
  )
}

function mappingDocument([issuer, subject]: readonly [string, string]): RegoObject {
  return RegoObject.of([
    ['IssuerDomainPolicy', issuer],
    ['SubjectDomainPolicy', subject],
  ])
}

/** `User` shows nothing of what it holds: its fields are private in Go. */
function urlDocument(url: GoUrl): RegoObject {
  return RegoObject.of([
    ['Scheme', url.scheme],
    ['Opaque', url.opaque],
    ['User', url.hasUser ? RegoObject.of([]) : null],
    ['Host', url.host],
    ['Path', url.path],
    ['RawPath', url.keepsRawPath ? url.rawPath : ''],
    ['OmitHost', false],
    ['ForceQuery', url.forceQuery],
    ['RawQuery', url.rawQuery],
    ['Fragment', url.fragment],
    ['RawFragment', ''],
  ])
}

function attributeDocument({ oid, values }: CertificateRequest['attributes'][number]): RegoObject {
  const pairs = values.map((set) =>
    set.map(({ oid: type, value }) =>
      RegoObject.of([
        ['Type', oidList(type)],
        ['Value', encodeBase64(value)],
      ]),
    ),
  )
  return RegoObject.of([
    ['Type', oidList(oid)],
    ['Value', pairs],
  ])
}
