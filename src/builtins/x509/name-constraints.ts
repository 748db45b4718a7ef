/** Name constraints: what a certificate authority may vouch for. RFC 5280, section 4.2.1.10. */
import type { IpRange, NameConstraints } from './extension.js'
import type { CertificateFacts } from './facts.js'
import type { IpAddress } from '../ip-address.js'

/** Whether names of the certificates below an issuer are outside of what it may vouch for. */
export function violatesConstraints(
  issuer: CertificateFacts,
  below: readonly CertificateFacts[],
  maxComparisons: number,
): boolean {
  if (count(issuer.permitted) + count(issuer.excluded) === 0) return false
  let comparisons = 0
  const isOutside = <Name, Constraint>(
    names: readonly Name[],
    permitted: readonly Constraint[],
    excluded: readonly Constraint[],
    matches: (name: Name, constraint: Constraint) => boolean,
  ): boolean =>
    names.some((name) => {
      comparisons += permitted.length + excluded.length
      if (comparisons > maxComparisons || excluded.some((constraint) => matches(name, constraint))) return true
      return permitted.length > 0 && !permitted.some((constraint) => matches(name, constraint))
    })
  const { permitted, excluded } = issuer
  return below.some(
    ({ names }) =>
      isOutside(names.dnsNames, permitted.dns, excluded.dns, isWithinDomain) ||
      isOutside(names.emails, permitted.emails, excluded.emails, isMailbox) ||
      isOutside(
        names.uris.map(({ url }) => url.hostname),
        permitted.uris,
        excluded.uris,
        isUriHost,
      ) ||
      isOutside(names.ips, permitted.ips, excluded.ips, isInRange),
  )
}

function count({ dns, emails, uris, ips }: NameConstraints): number {
  return dns.length + emails.length + uris.length + ips.length
}

/** `example.com` covers itself and everything below; `.example.com` only what is below. */
function isWithinDomain(name: string, constraint: string): boolean {
  if (constraint === '') return true
  const host = name.toLowerCase().replace(/\.$/, '')
  const domain = constraint.toLowerCase()
  if (domain.startsWith('.')) return host.endsWith(domain)
  return host === domain || host.endsWith(`.${domain}`)
}

function isMailbox(mailbox: string, constraint: string): boolean {
  if (constraint.includes('@')) {
    const [local, domain] = splitMailbox(mailbox)
    const [wantedLocal, wantedDomain] = splitMailbox(constraint)
    return local === wantedLocal && domain.toLowerCase() === wantedDomain.toLowerCase()
  }
  const domain = splitMailbox(mailbox)[1]
  // Without a leading dot a mail constraint is about that very host.
  return constraint.startsWith('.') || constraint === ''
    ? isWithinDomain(domain, constraint)
    : domain.toLowerCase() === constraint.toLowerCase()
}

function splitMailbox(mailbox: string): readonly [local: string, domain: string] {
  const at = mailbox.lastIndexOf('@')
  return [mailbox.slice(0, at), mailbox.slice(at + 1)]
}

function isUriHost(host: string, constraint: string): boolean {
  return (
    host !== '' &&
    (constraint.startsWith('.') || constraint === ''
      ? isWithinDomain(host, constraint)
      : host.toLowerCase() === constraint.toLowerCase())
  )
}

function isInRange(address: IpAddress, { bytes, mask }: IpRange): boolean {
  if (bytes.length * 8 !== address.bits) return false
  const number = (part: Uint8Array): bigint => part.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  return (address.value & number(mask)) === (number(bytes) & number(mask))
}
