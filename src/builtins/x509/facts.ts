/** What the extensions of a certificate say, all in one place. */
import { failure } from '../context.js'
import type { Certificate } from './certificate.js'
import { TAG, contextTag, expectTag, integerOf, oidText, readElement, sequenceOf } from './der.js'
import {
  type AlternativeNames,
  type BasicConstraints,
  EXTENSION,
  type NameConstraints,
  NO_CONSTRAINTS,
  NO_NAMES,
  readAlternativeNames,
  readBasicConstraints,
  readDistributionPoints,
  readExtKeyUsage,
  readInfoAccess,
  readKeyUsage,
  readNameConstraints,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
} from './extension.js'

export interface CertificateFacts {
  readonly names: AlternativeNames
  readonly keyUsage: number
  readonly basicConstraints: BasicConstraints | undefined
  readonly extKeyUsage: { readonly known: readonly number[]; readonly unknown: readonly (readonly number[])[] }
  readonly permitted: NameConstraints
  readonly excluded: NameConstraints
  readonly constraintsAreCritical: boolean
  readonly distributionPoints: readonly string[]
  readonly infoAccess: { readonly ocsp: readonly string[]; readonly issuers: readonly string[] }
  readonly policies: readonly (readonly number[])[]
  readonly policyMappings: readonly (readonly [issuer: string, subject: string])[]
  readonly policyConstraints: { readonly explicitPolicy?: number; readonly inhibitMapping?: number }
  readonly inhibitAnyPolicy: number | undefined
  readonly subjectKeyId: Uint8Array | undefined
  readonly authorityKeyId: Uint8Array | undefined
  /** Identifiers of critical extensions that nothing here understands. */
  readonly unhandled: readonly (readonly number[])[]
}

type Draft = { -readonly [Field in keyof CertificateFacts]: CertificateFacts[Field] }

export function readFacts(certificate: Pick<Certificate, 'extensions'>): CertificateFacts {
  const unhandled: (readonly number[])[] = []
  const facts: Draft = {
    names: NO_NAMES,
    keyUsage: 0,
    basicConstraints: undefined,
    extKeyUsage: { known: [], unknown: [] },
    permitted: NO_CONSTRAINTS,
    excluded: NO_CONSTRAINTS,
    constraintsAreCritical: false,
    distributionPoints: [],
    infoAccess: { ocsp: [], issuers: [] },
    policies: [],
    policyMappings: [],
    policyConstraints: {},
    inhibitAnyPolicy: undefined,
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    unhandled,
  }
  for (const { oid, isCritical, value } of certificate.extensions) {
    const isHandled = readInto(facts, oidText(oid), value, isCritical)
    if (isCritical && !isHandled) unhandled.push(oid)
  }
  return facts
}

/** Whether the extension was understood, all of it. */
function readInto(facts: Draft, oid: string, value: Uint8Array, isCritical: boolean): boolean {
  switch (oid) {
    case EXTENSION.keyUsage:
      facts.keyUsage = readKeyUsage(value)
      return true
    case EXTENSION.basicConstraints:
      facts.basicConstraints = readBasicConstraints(value)
      return true
    case EXTENSION.subjectAltName: {
      facts.names = readAlternativeNames(value)
      const { dnsNames, emails, ips, uris } = facts.names
      return dnsNames.length + emails.length + ips.length + uris.length > 0
    }
    case EXTENSION.nameConstraints: {
      const { permitted, excluded, isComplete } = readNameConstraints(value)
      facts.permitted = permitted
      facts.excluded = excluded
      facts.constraintsAreCritical = isCritical
      return isComplete
    }
    case EXTENSION.crlDistributionPoints:
      facts.distributionPoints = readDistributionPoints(value)
      return true
    case EXTENSION.authorityKeyId:
      if (isCritical) throw failure('x509: authority key identifier incorrectly marked critical')
      facts.authorityKeyId = sequenceOf(value).optional(contextTag(0, false))?.content
      return true
    case EXTENSION.subjectKeyId:
      if (isCritical) throw failure('x509: subject key identifier incorrectly marked critical')
      facts.subjectKeyId = expectTag(readElement(value), TAG.octetString).content
      return true
    case EXTENSION.extKeyUsage:
      facts.extKeyUsage = readExtKeyUsage(value)
      return true
    case EXTENSION.policies:
      facts.policies = readPolicies(value)
      return true
    case EXTENSION.policyMappings:
      facts.policyMappings = readPolicyMappings(value)
      return true
    case EXTENSION.policyConstraints:
      facts.policyConstraints = readPolicyConstraints(value)
      return true
    case EXTENSION.inhibitAnyPolicy:
      facts.inhibitAnyPolicy = Number(integerOf(readElement(value)))
      return true
    case EXTENSION.authorityInfoAccess:
      if (isCritical) throw failure('x509: authority info access incorrectly marked critical')
      facts.infoAccess = readInfoAccess(value)
      return true
    default:
      return false
  }
}
