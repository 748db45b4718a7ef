/** `uuid.*`: reading UUIDs, and drawing random ones. */
import { type RegoValue, RegoObject, num } from '../../value/value.js'
import type { FunctionTable } from '../context.js'
import { bytesToHex } from '../hex.js'
import { stringOf } from '../operand.js'
import { randomBytes } from '../random.js'

/** 100-nanosecond steps from 1582-10-15, where UUIDs begin to count, to 1970. */
const GREGORIAN_OFFSET = 122_192_928_000_000_000n

export const UUID: FunctionTable = {
  'uuid.parse': (_, text) => {
    const bytes = parseUuid(stringOf(text, 1))
    return bytes === undefined ? undefined : describe(bytes)
  },
  'uuid.rfc4122': (context, key) => {
    const bytes = randomBytes(context, `uuid\u0000${stringOf(key, 1)}`, 16)
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
    const hex = bytesToHex(bytes)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  },
}

/** Takes the four spellings that Go's library takes: with hyphens, so in braces or as a URN, and bare. */
function parseUuid(text: string): Uint8Array | undefined {
  const [, plain] =
    /^(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.exec(text) ??
    /^.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}).$/is.exec(text) ??
    /^([0-9a-f]{32})$/i.exec(text) ??
    []
  const hex = plain?.replaceAll('-', '')
  return hex === undefined
    ? undefined
    : Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16))
}

function describe(bytes: Uint8Array): RegoObject {
  const view = new DataView(bytes.buffer)
  const version = view.getUint8(6) >> 4
  const fields: [string, RegoValue][] = [
    ['version', num(version)],
    ['variant', variantOf(view.getUint8(8))],
  ]
  if (version === 1 || version === 2) {
    const node = view.getUint8(10)
    fields.push(
      ['time', num(timeOf(view))],
      ['nodeid', (bytesToHex(bytes.subarray(10)).match(/../g) ?? []).join('-')],
      ['macvariables', `${(node & 2) === 0 ? 'global' : 'local'}:${(node & 1) === 0 ? 'unicast' : 'multicast'}`],
      ['clocksequence', num(view.getUint16(8) & 0x3fff)],
    )
  }
  if (version === 2) fields.push(['id', num(view.getUint32(0))], ['domain', domainOf(view.getUint8(9))])
  return RegoObject.of(fields)
}

/** Nanoseconds since 1970, in 64 bits as Go computes them. */
function timeOf(view: DataView): bigint {
  const steps = (BigInt(view.getUint16(6) & 0x0fff) << 48n) | (BigInt(view.getUint16(4)) << 32n) | BigInt(view.getUint32(0))
  return BigInt.asIntN(64, (steps - GREGORIAN_OFFSET) * 100n)
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122'
  if ((byte & 0xe0) === 0xc0) return 'Microsoft'
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved'
}

function domainOf(byte: number): string {
  return ['Person', 'Group', 'Org'][byte] ?? `Domain${byte}`
}
