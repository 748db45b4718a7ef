import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareStrings } from '../../src/value/compare.js'
import { decodeUtf8, encodeUtf8, joinRawBytes, toWellFormed } from '../../src/value/utf8.js'

test('bytes that are not UTF-8 are characters of their own', () => {
  expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0x80, 0xc3, 0xa9))).toBe('a\udcff\udc80é')
  expect(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\udced\udca0\udc80')
  expect(toWellFormed('a\udcff')).toBe('a\ufffd')
  expect(joinRawBytes('\udcc3\udca9')).toBe('é')
})

test('any bytes survive the way through a string', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(encodeUtf8(decodeUtf8(bytes))).toEqual(bytes)
    }),
  )
  const leads = fc.array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5, 0xff))
  fc.assert(
    fc.property(leads, (units) => {
      const bytes = Uint8Array.from(units)
      expect(encodeUtf8(decodeUtf8(bytes))).toEqual(bytes)
      expect(toWellFormed(decodeUtf8(bytes)).length).toBeLessThanOrEqual(units.length)
    }),
  )
})

test('strings are ordered as their bytes are', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '\uffff', '😀', '\udc80', '\udcc3', '\udca9', '\udcff', '\u0800'))
    .map((all) => joinRawBytes(all.join('')))
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareStrings(a, b))).toBe(Math.sign(compareBytes(encodeUtf8(a), encodeUtf8(b))))
    }),
    { numRuns: 2000 },
  )
})

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return (a[at] as number) - (b[at] as number)
  }
  return a.length - b.length
}
