import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readS32, readS64, readU32, writeS32, writeS64, writeU32 } from '../../src/encoding/leb128.js'
import { ByteReader } from '../../src/encoding/reader.js'
import { ByteWriter } from '../../src/encoding/writer.js'

function bytesOf(write: (out: ByteWriter) => void): number[] {
  const out = new ByteWriter()
  write(out)
  return [...out.view()]
}

function readerOf(...bytes: number[]): ByteReader {
  return new ByteReader(Uint8Array.from(bytes))
}

describe('unsigned 32-bit integers', () => {
  test.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [70000, [0xf0, 0xa2, 0x04]],
    [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i is written as %j', (value, bytes) => {
    expect(bytesOf((out) => writeU32(out, value))).toEqual(bytes)
    expect(readU32(readerOf(...bytes))).toBe(value)
  })

  test.each([-1, 1.5, 2 ** 32, Number.NaN])('%d is refused', (value) => {
    expect(() => writeU32(new ByteWriter(), value)).toThrow(RangeError)
  })

  test.each([[[0xff, 0xff, 0xff, 0xff, 0x1f]], [[0x80, 0x80, 0x80, 0x80, 0x80, 0x00]]])('%j does not fit', (bytes) => {
    expect(() => readU32(readerOf(...bytes))).toThrow('integer does not fit 32 bits at byte 0')
  })

  test('an unfinished integer is an error', () => {
    expect(() => readU32(readerOf(0x80))).toThrow('unexpected end at byte 1')
  })
})

describe('signed integers', () => {
  test.each([
    [0, [0x00]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-1, [0x7f]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('%i is written as %j', (value, bytes) => {
    expect(bytesOf((out) => writeS32(out, value))).toEqual(bytes)
    expect(bytesOf((out) => writeS64(out, BigInt(value)))).toEqual(bytes)
  })

  test('every 32-bit integer comes back', () => {
    fc.assert(fc.property(fc.integer(), (value) => readS32(readerOf(...bytesOf((out) => writeS32(out, value)))) === value))
  })

  test('every 64-bit integer comes back', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
        (value) => readS64(readerOf(...bytesOf((out) => writeS64(out, value)))) === value,
      ),
    )
  })

  test('bits beyond the width have to repeat the sign', () => {
    expect(() => readS32(readerOf(0xff, 0xff, 0xff, 0xff, 0x0f))).toThrow('integer does not fit 32 bits at byte 0')
  })
})
