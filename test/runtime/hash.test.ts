/**
 * The layout and the hash, as the README has them and as the compiler writes them: read from raw memory.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryText } from '../support/arbitrary-value.js'
import { createRuntime } from '../support/runtime-harness.js'

const runtime = createRuntime()
const { call, parseJson, parseValue } = runtime
const u8 = (address: number): number => new Uint8Array(runtime.memory.buffer)[address] as number
const u32 = (address: number): number => new DataView(runtime.memory.buffer).getUint32(address, true)

/** MurmurHash3_x86_32, from its definition. */
function murmur3(bytes: Uint8Array, seed: number): number {
  const scramble = (word: number): number => {
    const mixed = Math.imul(word, 0xcc9e2d51)
    return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
  }
  let hash = seed
  const whole = bytes.length & ~3
  for (let at = 0; at < whole; at += 4) {
    hash ^= scramble(new DataView(bytes.buffer, bytes.byteOffset).getInt32(at, true))
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
  }
  let rest = 0
  for (let at = bytes.length - 1; at >= whole; at--) rest = (rest << 8) | (bytes[at] as number)
  if (bytes.length > whole) hash ^= scramble(rest)
  hash ^= bytes.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const stringHash = (text: string): number => murmur3(new TextEncoder().encode(text), 0) || 1
const integerHash = (value: bigint): number => murmur3(new Uint8Array(BigInt64Array.of(value).buffer), 3)

/** An object of more entries than go without an index. */
const indexed = (key: string): number =>
  parseValue(`{${key}: 0, 1000: 0, 1001: 0, 1002: 0, 1003: 0, 1004: 0, 1005: 0, 1006: 0, 1007: 0}`)

/** Whether the index has the place of a key where its hash says. */
function isWhereItBelongs(object: number, hash: number, isKey: (key: number) => boolean): boolean {
  const [entries, index, size] = [u32(object + 12), u32(object + 16), u32(object + 20)]
  expect(size & (size - 1)).toBe(0)
  for (let slot = hash & (size - 1); ; slot = (slot + 1) & (size - 1)) {
    const place = u32(index + 4 * slot)
    if (place === 0) return false
    if (isKey(u32(entries + 8 * (place - 1)))) return true
  }
}

test('the definition used here is the published one', () => {
  // Test vectors of the reference implementation.
  const text = (value: string): Uint8Array => new TextEncoder().encode(value)
  expect(murmur3(text(''), 0)).toBe(0)
  expect(murmur3(text(''), 1)).toBe(0x514e28b7)
  expect(murmur3(text('test'), 0)).toBe(0xba6bd213)
  expect(murmur3(text('Hello, world!'), 0)).toBe(0xc0363e43)
  expect(murmur3(text('The quick brown fox jumps over the lazy dog'), 0x9747b28c)).toBe(0x2fa826cd)
})

test('strings have the hash of their bytes, in the header and in an index', () => {
  fc.assert(
    fc.property(arbitraryText, (text) => {
      const top = call('opa_heap_ptr_get')
      const object = indexed(JSON.stringify(text))
      const isKey = (key: number): boolean => u8(key) === 4
      expect(isWhereItBelongs(object, stringHash(text), isKey)).toBe(true)
      const key = u32(u32(object + 12) + 8 * 8)
      expect([u8(key), u32(key + 4), u32(key + 8)]).toEqual([4, new TextEncoder().encode(text).length, stringHash(text)])
      call('opa_heap_ptr_set', top)
    }),
  )
})

const INTEGERS = [0n, 1n, -1n, 255n, 256n, 4294967296n, 2n ** 63n - 1n, -(2n ** 63n)]

test.each(INTEGERS)('the integer %s has the hash of its bytes, however it is spelt', (value) => {
  for (const text of [String(value), `${value}.0`, `${value}e0`, `${value}.00e0`]) {
    expect(isWhereItBelongs(indexed(text), integerHash(value), (key) => runtime.dumpValue(key) === text)).toBe(true)
  }
})

test('constants are looked up by an index of the compiler’s, or by halves without one', () => {
  const view = new DataView(runtime.memory.buffer)
  const keys = Array.from({ length: 40 }, (_, at) => `key-${String(at).padStart(2, '0')}`)
  for (const withIndex of [true, false]) {
    let at = 20_000
    const take = (size: number): number => {
      const address = at
      at += (size + 7) & ~7
      return address
    }
    const writeString = (text: string): number => {
      const address = take(12 + text.length)
      view.setUint32(address, 4, true)
      view.setUint32(address + 4, text.length, true)
      view.setUint32(address + 8, stringHash(text), true)
      new Uint8Array(runtime.memory.buffer).set(new TextEncoder().encode(text), address + 12)
      return address
    }
    const size = withIndex ? 128 : 0
    const [object, entries, index] = [take(24), take(8 * keys.length), take(4 * size)]
    new Uint8Array(runtime.memory.buffer).fill(0, object, index + 4 * size)
    const header = [6 | (3 << 8), keys.length, keys.length, entries, withIndex ? index : 0, size]
    header.forEach((word, place) => view.setUint32(object + 4 * place, word, true))
    keys.forEach((key, place) => {
      const address = writeString(key)
      view.setUint32(entries + 8 * place, address, true)
      view.setUint32(entries + 8 * place + 4, address, true)
      if (!withIndex) return
      let slot = stringHash(key) & (size - 1)
      while (view.getUint32(index + 4 * slot, true) !== 0) slot = (slot + 1) & (size - 1)
      view.setUint32(index + 4 * slot, place + 1, true)
    })
    const image = new Uint8Array(runtime.memory.buffer).slice(20_000, at)
    for (const key of keys.map((text) => JSON.stringify(text))) {
      expect(runtime.dumpJson(call('rt_get', object, parseJson(key)))).toBe(key)
    }
    expect(['"key-40"', '1', '[]'].map((key) => call('rt_get', object, parseJson(key)))).toEqual([0, 0, 0])
    call('rt_scan_open', object)
    expect(new Uint8Array(runtime.memory.buffer).slice(20_000, at)).toEqual(image)
  }
})
