/** The fewest blocks that cover the addresses of others. */
import { type CidrBlock, type IpAddress, firstAddress, lastAddress, writeCidr } from './ip-address.js'

/** A block, and how it is written if it stays alone. */
export interface Member {
  readonly block: CidrBlock
  readonly text: string
}

interface Range {
  readonly bits: 32 | 128
  first: bigint
  last: bigint
  readonly members: Member[]
}

const MAPPED = 0xffffn << 32n

export function mergeBlocks(members: readonly Member[]): string[] {
  const wide = members.filter(({ block }) => block.base.bits === 128)
  // A block of IPv6 that covers the mapped IPv4 addresses takes those in.
  const isCovered = ({ block }: Member): boolean =>
    block.base.bits === 32 &&
    wide.some((one) => firstAddress(one.block) <= MAPPED && lastAddress(one.block) >= MAPPED + lastAddress(block))
  const rest = members.filter((member) => !isCovered(member))
  return [32, 128].flatMap((bits) => rangesOf(rest.filter(({ block }) => block.base.bits === bits)).flatMap(writeRange))
}

function rangesOf(members: readonly Member[]): Range[] {
  const sorted = [...members].sort((a, b) => (firstAddress(a.block) < firstAddress(b.block) ? -1 : 1))
  const ranges: Range[] = []
  for (const member of sorted) {
    const open = ranges.at(-1)
    const [first, last] = [firstAddress(member.block), lastAddress(member.block)]
    if (open !== undefined && first <= open.last + 1n) {
      if (last > open.last) open.last = last
      open.members.push(member)
    } else ranges.push({ bits: member.block.base.bits, first, last, members: [member] })
  }
  return ranges
}

function writeRange({ bits, first, last, members }: Range): string[] {
  const [only, ...others] = members
  if (only !== undefined && others.length === 0) return [only.text]
  const texts: string[] = []
  for (let at = first; at <= last;) {
    const size = largestBlock(at, last, bits)
    const base: IpAddress = { bits, value: at }
    texts.push(writeCidr(base, bits - size))
    at += 1n << BigInt(size)
  }
  return texts
}

/** How many low bits the largest block has that begins at an address and does not pass another. */
function largestBlock(at: bigint, last: bigint, bits: number): number {
  let size = 0
  while (size < bits && (at & ((1n << BigInt(size + 1)) - 1n)) === 0n && at + (1n << BigInt(size + 1)) - 1n <= last) size++
  return size
}
