/** Whether a certificate is for a host: RFC 6125 as Go has it, alternative names only. */
import { parseAddress } from '../ip-address.js'
import type { CertificateFacts } from './facts.js'

export function matchesHostname({ names }: CertificateFacts, hostname: string): boolean {
  const bracketed = /^\[(.*)\]$/.exec(hostname)?.[1]
  const address = parseAddress(bracketed ?? hostname)
  if (address !== undefined) return names.ips.some((ip) => ip.bits === address.bits && ip.value === address.value)
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (!isHostname(host, false)) return names.dnsNames.some((name) => name.toLowerCase() === host)
  return names.dnsNames.some((name) => matchesPattern(name.toLowerCase().replace(/\.$/, ''), host))
}

/** A `*` stands for the first label of a name, whole. */
function matchesPattern(pattern: string, host: string): boolean {
  if (!isHostname(pattern, true)) return false
  const [first, ...rest] = pattern.split('.')
  const [hostFirst, ...hostRest] = host.split('.')
  return rest.join('.') === hostRest.join('.') && (first === hostFirst || (first === '*' && rest.length > 0))
}

function isHostname(text: string, isPattern: boolean): boolean {
  if (text === '' || text === '*') return false
  return text
    .split('.')
    .every((label, at) => (isPattern && at === 0 && label === '*') || /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/.test(label))
}
