/**
 * LEB128, the variable-length integers of the WebAssembly binary format (core specification 5.2.2).
 */
import { type ByteReader, WasmFormatError } from './reader.js'
import type { ByteWriter } from './writer.js'

const U32_LIMIT = 2 ** 32

/**
 * Append an unsigned integer, 0 to 2^32 - 1: one to five bytes, low seven bits first.
 *
 * @example writeU32(out, 70000) // f0 a2 04
 */
export function writeU32(out: ByteWriter, value: number): void {
  if (!(value >= 0 && value < U32_LIMIT) || !Number.isInteger(value))
    throw new RangeError(`not an unsigned 32-bit integer: ${value}`)
  let rest = value
  for (; rest >= 0x4000; rest >>>= 7) out.u8((rest & 0x7f) | 0x80)
  if (rest < 0x80) out.u8(rest)
  else out.pair((rest & 0x7f) | 0x80, rest >>> 7)
}

/**
 * Append a signed 32-bit integer; addresses above 2^31 come in as their unsigned value and are taken modulo 2^32.
 *
 * @example writeS32(out, -1) // 7f
 */
export function writeS32(out: ByteWriter, value: number): void {
  let rest = value | 0
  for (;;) {
    const low = rest & 0x7f
    rest >>= 7
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      out.u8(low)
      return
    }
    out.u8(low | 0x80)
  }
}

/** Append a signed 64-bit integer. */
export function writeS64(out: ByteWriter, value: bigint): void {
  let rest = BigInt.asIntN(64, value)
  for (;;) {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    if ((rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0)) {
      out.u8(low)
      return
    }
    out.u8(low | 0x80)
  }
}

/** Read an unsigned 32-bit integer. */
export function readU32(from: ByteReader): number {
  const start = from.offset
  let value = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = from.u8()
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) {
      if (value >= U32_LIMIT) break
      return value
    }
  }
  throw new WasmFormatError('integer does not fit 32 bits', start)
}

/** Read a signed 32-bit integer. */
export function readS32(from: ByteReader): number {
  const start = from.offset
  let value = 0
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = from.u8()
    value |= (byte & 0x7f) << shift
    if (byte < 0x80) return (value << (25 - shift)) >> (25 - shift)
  }
  // The fifth byte holds four more bits; the rest of it repeats the sign.
  const last = from.u8()
  const rest = last & 0x78
  if (last < 0x80 && (rest === 0 || rest === 0x78)) return value | (last << 28)
  throw new WasmFormatError('integer does not fit 32 bits', start)
}

/** Read a signed 64-bit integer. */
export function readS64(from: ByteReader): bigint {
  const start = from.offset
  let value = 0n
  for (let shift = 0n; shift < 64n; shift += 7n) {
    const byte = from.u8()
    value |= BigInt(byte & 0x7f) << shift
    if (byte >= 0x80) continue
    if ((byte & 0x40) !== 0) value -= 1n << (shift + 7n)
    if (BigInt.asIntN(64, value) !== value) break
    return value
  }
  throw new WasmFormatError('integer does not fit 64 bits', start)
}

/** Pass over an integer of up to `bits` bits, signed or not. */
export function skipLeb128(from: ByteReader, bits: 32 | 33 | 64): void {
  const start = from.offset
  const limit = Math.ceil(bits / 7)
  for (let count = 1; from.u8() >= 0x80; count++)
    if (count === limit) throw new WasmFormatError(`integer does not fit ${bits} bits`, start)
}
