/**
 * IP addresses and CIDR blocks as Go's `net` package reads and writes them.
 *
 * An IPv6 address that maps an IPv4 one (`::ffff:1.2.3.4`) is that IPv4 address, in blocks too as far as their prefix
 * covers the mapping.
 */

export interface IpAddress {
  /** 32 or 128. */
  readonly bits: 32 | 128
  readonly value: bigint
}

/** All addresses that share the first `prefix` bits of `base`. */
export interface CidrBlock {
  readonly base: IpAddress
  readonly prefix: number
}

const MAPPED = 0xffffn << 32n

/** The address; undefined if the text is none. Zones are not accepted. */
export function parseAddress(text: string): IpAddress | undefined {
  const parsed = text.includes(':') ? parseV6(text) : parseV4(text)
  return parsed === undefined ? undefined : unmapped(parsed)
}

export function parseCidr(text: string): CidrBlock | undefined {
  const slash = text.indexOf('/')
  if (slash === -1) return undefined
  const address = text.slice(0, slash)
  const parsed = address.includes(':') ? parseV6(address) : parseV4(address)
  const prefixText = text.slice(slash + 1)
  if (parsed === undefined || !/^[0-9]{1,4}$/.test(prefixText)) return undefined
  const prefix = Number(prefixText)
  if (prefix > parsed.bits) return undefined
  return blockOf(parsed, prefix)
}

/** The block around an address. */
export function blockOf(address: IpAddress, prefix: number): CidrBlock {
  const hostBits = BigInt(address.bits - prefix)
  const base: IpAddress = { bits: address.bits, value: (address.value >> hostBits) << hostBits }
  const plain = unmapped(base)
  return plain.bits < base.bits && prefix >= 96 ? { base: plain, prefix: prefix - 96 } : { base, prefix }
}

export function firstAddress({ base }: CidrBlock): bigint {
  return base.value
}

export function lastAddress({ base, prefix }: CidrBlock): bigint {
  return base.value | ((1n << BigInt(base.bits - prefix)) - 1n)
}

export function containsAddress(block: CidrBlock, address: IpAddress): boolean {
  return block.base.bits === address.bits && address.value >= firstAddress(block) && address.value <= lastAddress(block)
}

export function writeAddress({ bits, value }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.')
  const groups = Array.from({ length: 8 }, (_, at) => (value >> BigInt(112 - 16 * at)) & 0xffffn)
  const zeros = longestZeros(groups)
  const text = (part: readonly bigint[]): string => part.map((group) => group.toString(16)).join(':')
  if (zeros === undefined) return text(groups)
  return `${text(groups.slice(0, zeros.start))}::${text(groups.slice(zeros.end))}`
}

export function writeCidr(address: IpAddress, prefix: number): string {
  return `${writeAddress(address)}/${prefix}`
}

/** The first of the longest runs of at least two groups that are zero. */
function longestZeros(groups: readonly bigint[]): { start: number; end: number } | undefined {
  let best: { start: number; end: number } | undefined
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (end < groups.length && groups[end] === 0n) end++
    if (end - start >= 2 && (best === undefined || end - start > best.end - best.start)) best = { start, end }
    if (end > start) start = end
  }
  return best
}

function unmapped(address: IpAddress): IpAddress {
  if (address.bits === 32 || address.value >> 32n !== 0xffffn) return address
  return { bits: 32, value: address.value - MAPPED }
}

function parseV4(text: string): IpAddress | undefined {
  if (!/^(?:(?:0|[1-9][0-9]{0,2})(?:\.|$)){4}$/.test(text) || text.endsWith('.')) return undefined
  const fields = text.split('.').map(Number)
  if (fields.some((field) => field > 255)) return undefined
  return { bits: 32, value: fields.reduce((value, field) => (value << 8n) | BigInt(field), 0n) }
}

function parseV6(text: string): IpAddress | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [groupsOf(halves[0] as string, halves.length === 1), groupsOf(halves[1] ?? '', true)]
  if (head === undefined || tail === undefined) return undefined
  const count = head.length + tail.length
  if (halves.length === 1 ? count !== 8 : count > 7) return undefined
  const groups = [...head, ...Array<bigint>(8 - count).fill(0n), ...tail]
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | group, 0n) }
}

/** Groups of hexadecimal digits; the last may be an IPv4 address if it ends the text. */
function groupsOf(text: string, isLast: boolean): bigint[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: bigint[] = []
  for (const [at, part] of parts.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(BigInt(`0x${part}`))
      continue
    }
    const dotted = isLast && at === parts.length - 1 ? parseV4(part) : undefined
    if (dotted === undefined) return undefined
    groups.push(dotted.value >> 16n, dotted.value & 0xffffn)
  }
  return groups
}
