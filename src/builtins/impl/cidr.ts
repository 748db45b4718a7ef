/** `net.cidr_*`: blocks of addresses. */
import { RegoObject, RegoSet, type RegoValue, isArray, num } from '../../value/value.js'
import { type BuiltinContext, BuiltinLimitError, type FunctionTable, failure } from '../context.js'
import { type Member, mergeBlocks } from '../cidr-merge.js'
import {
  type CidrBlock,
  blockOf,
  containsAddress,
  firstAddress,
  lastAddress,
  parseAddress,
  parseCidr,
  writeAddress,
  writeCidr,
} from '../ip-address.js'
import { stringOf } from '../operand.js'

/** Most addresses that a block is expanded to: beyond it the call fails instead of filling the memory. */
const MAX_EXPANSION = 1n << 24n
/** Units of work that an address takes: it is written, and put in its place among the others. */
const ADDRESS_COST = 10

export const CIDR: FunctionTable = {
  'net.cidr_contains': (_, block, inner) => contains(blockOperand(block, 1), stringOf(inner, 2)),
  'net.cidr_overlap': (_, block, inner) => contains(blockOperand(block, 1), stringOf(inner, 2)),
  'net.cidr_contains_matches': (context, blocks, inner) => matches(context, blocks as RegoValue, inner as RegoValue),
  'net.cidr_intersects': (_, a, b) => {
    const [left, right] = [blockOperand(a, 1), blockOperand(b, 2)]
    return (
      left.base.bits === right.base.bits && firstAddress(left) <= lastAddress(right) && firstAddress(right) <= lastAddress(left)
    )
  },
  'net.cidr_is_valid': (_, block) => typeof block === 'string' && parseCidr(block) !== undefined,
  'net.cidr_expand': (context, block) => expand(context, blockOperand(block, 1)),
  'net.cidr_merge': (context, blocks) => {
    const members = blocks instanceof RegoSet ? blocks.items : blocks
    if (members === undefined || !isArray(members)) throw failure('operand must be an array')
    context.spend?.(members.length * ADDRESS_COST)
    return RegoSet.of(mergeBlocks(members.map(memberOf)))
  },
}

function blockOperand(value: RegoValue | undefined, place: number): CidrBlock {
  return cidrOf(stringOf(value, place))
}

function cidrOf(text: string): CidrBlock {
  const block = parseCidr(text)
  if (block === undefined) throw failure(`invalid CIDR address: ${text}`)
  return block
}

function contains(block: CidrBlock, inner: string): boolean {
  const address = parseAddress(inner)
  if (address !== undefined) return containsAddress(block, address)
  const other = parseCidr(inner)
  if (other === undefined) throw failure(`not a valid textual representation of an IP address or CIDR: ${inner}`)
  return containsAddress(block, other.base) && containsAddress(block, { ...other.base, value: lastAddress(other) })
}

function expand(context: BuiltinContext, block: CidrBlock): RegoSet {
  const [first, last] = [firstAddress(block), lastAddress(block)]
  if (last - first >= MAX_EXPANSION) throw new BuiltinLimitError(`a block of ${last - first + 1n} addresses is not expanded`)
  context.spend?.(ADDRESS_COST * Number(last - first + 1n))
  const addresses: string[] = []
  for (let value = first; value <= last; value++) {
    addresses.push(writeAddress({ bits: block.base.bits, value }))
  }
  return RegoSet.of(addresses)
}

/** A block or a bare address, which stands for the block of its class as Go has it. */
function memberOf(item: RegoValue): Member {
  if (typeof item !== 'string') throw failure('element must be string')
  const address = parseAddress(item)
  if (address === undefined) {
    const block = cidrOf(item)
    return { block, text: writeCidr(block.base, block.prefix) }
  }
  if (address.bits === 128) throw failure('IPv6 invalid: needs prefix length')
  const firstByte = Number(address.value >> 24n)
  const prefix = firstByte < 128 ? 8 : firstByte < 192 ? 16 : 24
  return { block: blockOf(address, prefix), text: writeCidr(address, prefix) }
}

/** Pairs of keys: a block of the left operand, and an entry of the right one that it contains. */
function matches({ spend }: BuiltinContext, left: RegoValue, right: RegoValue): RegoSet {
  const found: RegoValue[] = []
  const [outer, inner] = [entriesOf(left), entriesOf(right)]
  spend?.(outer.length * inner.length * ADDRESS_COST)
  for (const [leftKey, leftItem] of outer) {
    const block = firstOf(leftItem, 1)
    for (const [rightKey, rightItem] of inner) {
      const entry = firstOf(rightItem, 2)
      // Both are called the first operand from here on.
      if (contains(cidrOf(stringOf(block, 1)), stringOf(entry, 1))) found.push([leftKey, rightKey])
    }
  }
  return RegoSet.of(found)
}

function entriesOf(operand: RegoValue): readonly (readonly [key: RegoValue, item: RegoValue])[] {
  if (typeof operand === 'string') return [[operand, operand]]
  if (operand instanceof RegoSet) return operand.items.map((item) => [item, item])
  if (operand instanceof RegoObject) return operand.entries
  return isArray(operand) ? operand.map((item, at) => [num(at), item]) : []
}

/** A string, or the first member of an array whose others belong to the policy. */
function firstOf(item: RegoValue, place: number): RegoValue {
  if (typeof item === 'string') return item
  if (isArray(item) && item.length > 0) return item[0] as RegoValue
  throw failure(`operand ${place}: element must be string or non-empty array`)
}
