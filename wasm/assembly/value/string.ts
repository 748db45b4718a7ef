/**
 * Strings: bytes with the length in front and room for a cached hash. The bytes are UTF-8, except where a builtin that
 * decodes made others.
 *
 *  0      4                 8             12
 *  │ 4    │ byteLength: u32 │ hash: u32   │ UTF-8 bytes …
 *
 * The hash is 0 until somebody needs it. Strings in data segments come with their hash.
 */
import { copyBytes, equalBytes } from '../memory/bytes'
import { allocate, release, shrink } from '../memory/heap'
import { EMPTY_STRING_ADDRESS } from '../memory/layout'
import { murmur3 } from '../memory/murmur'
import { TYPE_STRING, Value } from './type'

const LENGTH: usize = 4
const HASH: usize = 8
export const STRING_HEADER: usize = 12

export const EMPTY_STRING: Value = EMPTY_STRING_ADDRESS

/** A string of so many bytes, which the caller fills at once (see `stringBytes`). Do not ask for 0 bytes. */
export function newString(byteLength: u32): Value {
  const value = allocate(STRING_HEADER + byteLength)
  store<u32>(value, TYPE_STRING)
  store<u32>(value, byteLength, LENGTH)
  store<u32>(value, 0, HASH)
  return value
}

/** Cuts a new string down to the bytes that it turned out to have; not to none. */
export function shrinkString(value: Value, byteLength: u32): void {
  shrink(value, STRING_HEADER + stringLength(value), STRING_HEADER + byteLength)
  store<u32>(value, byteLength, LENGTH)
}

/** Takes a new string back that nobody has seen. */
export function discardString(value: Value): void {
  release(value, STRING_HEADER + stringLength(value))
}

/** A string of these bytes. */
export function stringFrom(bytes: usize, byteLength: u32): Value {
  if (byteLength == 0) return EMPTY_STRING
  const value = newString(byteLength)
  copyBytes(value + STRING_HEADER, bytes, byteLength)
  return value
}

/** Length in bytes. */
@inline export function stringLength(value: Value): u32 {
  return load<u32>(value, LENGTH)
}

/** Address of the first byte. */
@inline export function stringBytes(value: Value): usize {
  return value + STRING_HEADER
}

@inline export function stringHash(value: Value): u32 {
  const known = load<u32>(value, HASH)
  return known != 0 ? known : computeHash(value)
}

/**
 * Type and length in one word, to tell most values apart at one look: of any other type it is different. INVARIANT: the
 * bytes between type and length are zero.
 */
@inline export function stringHead(value: Value): u64 {
  return load<u64>(value)
}

/** Whether two strings of the same length are equal. */
export function stringsMatch(a: Value, b: Value): bool {
  const left = load<u32>(a, HASH)
  const right = load<u32>(b, HASH)
  if (left != right && left != 0 && right != 0) return false
  return equalBytes(stringBytes(a), stringBytes(b), stringLength(a))
}

function computeHash(value: Value): u32 {
  let hash = murmur3(stringBytes(value), stringLength(value), 0)
  if (hash == 0) hash = 1
  store<u32>(value, hash, HASH)
  return hash
}

export function writeEmptyString(): void {
  store<u32>(EMPTY_STRING, TYPE_STRING)
  store<u32>(EMPTY_STRING, 0, LENGTH)
  store<u32>(EMPTY_STRING, 1, HASH)
}
