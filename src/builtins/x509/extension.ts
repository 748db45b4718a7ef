/** Extensions of certificates and requests: what Go's `crypto/x509` reads out of them. */
import { parseUrl, type GoUrl } from '../go/url.js'
import { type IpAddress, writeAddress } from '../ip-address.js'
import { failure } from '../context.js'
import {
  type DerElement,
  DerSequence,
  TAG,
  booleanOf,
  contextTag,
  expectTag,
  integerOf,
  malformed,
  oidOf,
  oidText,
  readElement,
  sequenceOf,
} from './der.js'

export interface Extension {
  readonly oid: readonly number[]
  readonly isCritical: boolean
  readonly value: Uint8Array
}

export const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  policies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
} as const

export function readExtension(element: DerElement): Extension {
  const sequence = new DerSequence(element)
  const oid = oidOf(sequence.next())
  const critical = sequence.optional(TAG.boolean)
  return { oid, isCritical: critical !== undefined && booleanOf(critical), value: sequence.next(TAG.octetString).content }
}

/** Names other than the subject's. A URI keeps its text beside its parts. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[]
  readonly emails: readonly string[]
  readonly ips: readonly IpAddress[]
  readonly uris: readonly { readonly text: string; readonly url: GoUrl }[]
}

export const NO_NAMES: AlternativeNames = { dnsNames: [], emails: [], ips: [], uris: [] }

export function readAlternativeNames(value: Uint8Array): AlternativeNames {
  const names = {
    dnsNames: [] as string[],
    emails: [] as string[],
    ips: [] as IpAddress[],
    uris: [] as AlternativeNames['uris'][number][],
  }
  for (const { tag, content } of sequenceOf(value).rest()) {
    if (tag === contextTag(1, false)) names.emails.push(asciiOf(content))
    else if (tag === contextTag(2, false)) names.dnsNames.push(asciiOf(content))
    else if (tag === contextTag(6, false)) {
      const text = asciiOf(content)
      names.uris.push({ text, url: parseUrl(text) })
    } else if (tag === contextTag(7, false)) names.ips.push(ipOf(content))
  }
  return names
}

function asciiOf(content: Uint8Array): string {
  if (content.some((byte) => byte >= 0x80)) throw malformed('invalid IA5String')
  return String.fromCharCode(...content)
}

function ipOf(content: Uint8Array): IpAddress {
  if (content.length !== 4 && content.length !== 16) throw failure(`x509: cannot parse IP address of length ${content.length}`)
  const value = content.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  if (content.length === 16 && value >> 32n === 0xffffn) return { bits: 32, value: value & 0xffffffffn }
  return { bits: content.length === 4 ? 32 : 128, value }
}

/** Go's bits: the first of the bit string is 1, the next 2 and so on. */
export function readKeyUsage(value: Uint8Array): number {
  const { content } = expectTag(readElement(value), TAG.bitString)
  let usage = 0
  for (let bit = 0; bit < 9; bit++) {
    const byte = content[1 + (bit >> 3)] ?? 0
    if ((byte & (0x80 >> (bit & 7))) !== 0) usage |= 1 << bit
  }
  return usage
}

export interface BasicConstraints {
  readonly isCa: boolean
  /** -1: not said. */
  readonly maxPathLength: number
}

export function readBasicConstraints(value: Uint8Array): BasicConstraints {
  const sequence = sequenceOf(value)
  const ca = sequence.optional(TAG.boolean)
  const length = sequence.optional(TAG.integer)
  return { isCa: ca !== undefined && booleanOf(ca), maxPathLength: length === undefined ? -1 : Number(integerOf(length)) }
}

const EXT_KEY_USAGES = [
  '2.5.29.37.0',
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.3',
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.5',
  '1.3.6.1.5.5.7.3.6',
  '1.3.6.1.5.5.7.3.7',
  '1.3.6.1.5.5.7.3.8',
  '1.3.6.1.5.5.7.3.9',
  '1.3.6.1.4.1.311.10.3.3',
  '2.16.840.1.113730.4.1',
  '1.3.6.1.4.1.311.2.1.22',
  '1.3.6.1.4.1.311.61.1.1',
]

/** Go's numbers of the usages that it knows, and the identifiers of the others. */
export function readExtKeyUsage(value: Uint8Array): { known: readonly number[]; unknown: readonly (readonly number[])[] } {
  const oids = sequenceOf(value).rest().map(oidOf)
  const places = oids.map((oid) => EXT_KEY_USAGES.indexOf(oidText(oid)))
  return { known: places.filter((place) => place !== -1), unknown: oids.filter((_, at) => places[at] === -1) }
}

export function readDistributionPoints(value: Uint8Array): string[] {
  const urls: string[] = []
  for (const point of sequenceOf(value).rest()) {
    const name = new DerSequence(point).optional(contextTag(0, true))
    if (name === undefined) continue
    const full = new DerSequence(name, contextTag(0, true)).optional(contextTag(0, true))
    if (full === undefined) continue
    for (const { tag, content } of new DerSequence(full, contextTag(0, true)).rest()) {
      if (tag === contextTag(6, false)) urls.push(asciiOf(content))
    }
  }
  return urls
}

export function readInfoAccess(value: Uint8Array): { ocsp: readonly string[]; issuers: readonly string[] } {
  const found = { ocsp: [] as string[], issuers: [] as string[] }
  for (const description of sequenceOf(value).rest()) {
    const sequence = new DerSequence(description)
    const method = oidText(oidOf(sequence.next()))
    const { tag, content } = sequence.next()
    if (tag !== contextTag(6, false)) continue
    if (method === '1.3.6.1.5.5.7.48.1') found.ocsp.push(asciiOf(content))
    else if (method === '1.3.6.1.5.5.7.48.2') found.issuers.push(asciiOf(content))
  }
  return found
}

/** Identifiers of certificate policies, or pairs of them for mappings. */
export function readPolicies(value: Uint8Array): (readonly number[])[] {
  return sequenceOf(value)
    .rest()
    .map((policy) => oidOf(new DerSequence(policy).next()))
}

export function readPolicyMappings(value: Uint8Array): (readonly [issuer: string, subject: string])[] {
  return sequenceOf(value)
    .rest()
    .map((mapping) => {
      const sequence = new DerSequence(mapping)
      return [oidText(oidOf(sequence.next())), oidText(oidOf(sequence.next()))] as const
    })
}

/** A small integer behind an implicit tag or alone. */
function smallIntegerOf(content: Uint8Array): number {
  return content.reduce((value, byte) => value * 256 + byte, 0)
}

export function readPolicyConstraints(value: Uint8Array): { explicitPolicy?: number; inhibitMapping?: number } {
  const found: { explicitPolicy?: number; inhibitMapping?: number } = {}
  for (const { tag, content } of sequenceOf(value).rest()) {
    if (tag === contextTag(0, false)) found.explicitPolicy = smallIntegerOf(content)
    else if (tag === contextTag(1, false)) found.inhibitMapping = smallIntegerOf(content)
  }
  return found
}

/** A range of addresses in a name constraint. */
export interface IpRange {
  readonly address: string
  readonly mask: Uint8Array
  readonly bytes: Uint8Array
}

export interface NameConstraints {
  readonly dns: readonly string[]
  readonly emails: readonly string[]
  readonly uris: readonly string[]
  readonly ips: readonly IpRange[]
}

export const NO_CONSTRAINTS: NameConstraints = { dns: [], emails: [], uris: [], ips: [] }

/** What is permitted and what is excluded; `isComplete` is false if there are constraints of other kinds. */
export function readNameConstraints(value: Uint8Array): {
  permitted: NameConstraints
  excluded: NameConstraints
  isComplete: boolean
} {
  let permitted = NO_CONSTRAINTS
  let excluded = NO_CONSTRAINTS
  let isComplete = true
  for (const part of sequenceOf(value).rest()) {
    const constraints = { dns: [] as string[], emails: [] as string[], uris: [] as string[], ips: [] as IpRange[] }
    for (const subtree of new DerSequence(part, part.tag).rest()) {
      const { tag, content } = new DerSequence(subtree).next()
      if (tag === contextTag(2, false)) constraints.dns.push(asciiOf(content))
      else if (tag === contextTag(1, false)) constraints.emails.push(asciiOf(content))
      else if (tag === contextTag(6, false)) constraints.uris.push(asciiOf(content))
      else if (tag === contextTag(7, false)) constraints.ips.push(ipRangeOf(content))
      else isComplete = false
    }
    if (part.tag === contextTag(0, true)) permitted = constraints
    else if (part.tag === contextTag(1, true)) excluded = constraints
  }
  return { permitted, excluded, isComplete }
}

function ipRangeOf(content: Uint8Array): IpRange {
  if (content.length !== 8 && content.length !== 32) {
    throw failure(`x509: IP constraint contained value of length ${content.length}`)
  }
  const half = content.length / 2
  return {
    address: writeAddress(ipOf(content.subarray(0, half))),
    bytes: content.subarray(0, half),
    mask: content.subarray(half),
  }
}
