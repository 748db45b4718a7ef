/**
 * Constants as bytes in memory: what `memory.init` puts there is ready to use.
 *
 * A constant gets its address when code first asks for it, its parts before it. Layouts are those of `wasm/README.md`, with
 * every collection marked constant and sorted, every string with its hash, and an index for large tables whose keys all
 * are strings or small integers. Constants that the runtime holds anyway (null, booleans, small integers, the empty
 * string) have fixed addresses and no bytes here.
 */
import { ByteWriter } from '../encoding/writer.js'
import { encodeUtf8 } from '../value/utf8.js'
import type { ConstantId, ConstantPool } from './constants.js'
import {
  EMPTY_STRING_ADDRESS,
  FALSE_ADDRESS,
  FLAG,
  NULL_ADDRESS,
  NUMBER_IS_TEXT,
  TRUE_ADDRESS,
  TYPE_ID,
  UNINDEXED,
  indexSizeFor,
  smallIntegerAddress,
} from './layout.js'
import { murmur3, murmur3Integer } from './murmur.js'

const ALIGNMENT = 8
const CANONICAL_INTEGER = /^(?:0|-?[1-9][0-9]{0,18})$/

export class StaticData {
  readonly #out = new ByteWriter(1 << 12)
  readonly #addresses = new Map<ConstantId, number>()
  readonly #texts = new Map<string, number>()
  /** Hashes of the scalars that serve as keys. */
  readonly #hashes = new Map<ConstantId, number>()

  /** `base` is where the first byte will lie, a multiple of 8. */
  constructor(
    readonly pool: ConstantPool,
    readonly base: number,
  ) {}

  /** Address of the value. */
  addressOf(id: ConstantId): number {
    const known = this.#addresses.get(id)
    if (known !== undefined) return known
    const address = this.#place(id)
    this.#addresses.set(id, address)
    return address
  }

  /** Address of a NUL-terminated text, for the host. */
  textAddress(text: string): number {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    const address = this.#here()
    this.#out.bytes(encodeUtf8(text))
    this.#out.u8(0)
    this.#texts.set(text, address)
    return address
  }

  /** Everything laid out so far. */
  bytes(): Uint8Array {
    return this.#out.view()
  }

  #place(id: ConstantId): number {
    const parts = this.pool.partsOf(id)
    switch (parts.kind) {
      case 'null':
        return NULL_ADDRESS
      case 'boolean':
        return parts.value ? TRUE_ADDRESS : FALSE_ADDRESS
      case 'number':
        return this.#number(parts.text)
      case 'string':
        return parts.text === '' ? EMPTY_STRING_ADDRESS : this.#string(parts.text)
      case 'array':
        return this.#array(parts.items)
      case 'object':
        return this.#table(TYPE_ID.object, parts.entries, 2)
      case 'set':
        return this.#table(TYPE_ID.set, parts.items, 1)
    }
  }

  #number(text: string): number {
    const integer = integerOf(text)
    if (integer === undefined) {
      const bytes = encodeUtf8(text)
      const at = this.#start(TYPE_ID.number | (NUMBER_IS_TEXT << 8))
      this.#out.u32(bytes.length)
      this.#out.bytes(bytes)
      return at
    }
    const small = smallIntegerAddress(Number(integer))
    if (small !== undefined) return small
    const at = this.#start(TYPE_ID.number)
    this.#out.u32(0)
    this.#out.u64(integer)
    return at
  }

  #string(text: string): number {
    const bytes = encodeUtf8(text)
    const at = this.#start(TYPE_ID.string)
    this.#out.u32(bytes.length)
    this.#out.u32(stringHash(bytes))
    this.#out.bytes(bytes)
    return at
  }

  #array(items: readonly ConstantId[]): number {
    const slots = this.#slots(items)
    const at = this.#start(TYPE_ID.array | ((FLAG.sorted | FLAG.constant) << 8))
    this.#out.u32(items.length)
    this.#out.u32(items.length)
    this.#out.u32(slots)
    return at
  }

  #table(type: number, flat: readonly ConstantId[], width: number): number {
    const length = flat.length / width
    const entries = this.#slots(flat)
    const indexSize = indexSizeFor(length)
    const index = length > UNINDEXED ? this.#index(flat, width, indexSize) : 0
    const at = this.#start(type | ((FLAG.sorted | FLAG.constant) << 8))
    this.#out.u32(length)
    this.#out.u32(length)
    this.#out.u32(entries)
    this.#out.u32(index)
    this.#out.u32(index === 0 ? 0 : indexSize)
    return at
  }

  /** A row of addresses, after everything that they point to; 0 for an empty one. */
  #slots(ids: readonly ConstantId[]): number {
    if (ids.length === 0) return 0
    const addresses = ids.map((id) => this.addressOf(id))
    const at = this.#here()
    for (const address of addresses) this.#out.u32(address)
    return at
  }

  /** The hash index of a table, or 0 if the hash of one of its keys is not for us to know. */
  #index(flat: readonly ConstantId[], width: number, size: number): number {
    const slots = new Uint32Array(size)
    for (let place = 0; place < flat.length / width; place++) {
      const hash = this.#hashOf(flat[place * width] as ConstantId)
      if (hash === undefined) return 0
      let slot = hash & (size - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      slots[slot] = place + 1
    }
    const at = this.#here()
    for (const slot of slots) this.#out.u32(slot)
    return at
  }

  #hashOf(id: ConstantId): number | undefined {
    const known = this.#hashes.get(id)
    if (known !== undefined) return known
    const parts = this.pool.partsOf(id)
    if (parts.kind !== 'string' && parts.kind !== 'number') return undefined
    const hash = parts.kind === 'string' ? stringHash(encodeUtf8(parts.text)) : integerHash(parts.text)
    if (hash !== undefined) this.#hashes.set(id, hash)
    return hash
  }

  /** Where the next aligned bytes will lie. */
  #here(): number {
    this.#out.align(ALIGNMENT)
    return this.base + this.#out.length
  }

  #start(head: number): number {
    const at = this.#here()
    this.#out.u32(head)
    return at
  }
}

/** The integer that a text spells canonically, if it fits 64 bits. */
function integerOf(text: string): bigint | undefined {
  if (!CANONICAL_INTEGER.test(text)) return undefined
  const value = BigInt(text)
  return BigInt.asIntN(64, value) === value ? value : undefined
}

function integerHash(text: string): number | undefined {
  const integer = integerOf(text)
  return integer === undefined ? undefined : murmur3Integer(integer, TYPE_ID.number)
}

/** 0 means that there is no hash yet, so no string has it. */
function stringHash(bytes: Uint8Array): number {
  return murmur3(bytes, 0) || 1
}
