/**
 * The type id in the first byte of every value. A value is an address; 0 is undefined.
 */
export type Value = usize

export const UNDEFINED: Value = 0

export const TYPE_NULL: u32 = 1
export const TYPE_BOOLEAN: u32 = 2
export const TYPE_NUMBER: u32 = 3
export const TYPE_STRING: u32 = 4
export const TYPE_ARRAY: u32 = 5
export const TYPE_OBJECT: u32 = 6
export const TYPE_SET: u32 = 7

/** The type id of a value that is not undefined. */
@inline export function typeOf(value: Value): u32 {
  return load<u8>(value)
}

/** The type id, 0 for undefined. */
export function typeOrNone(value: Value): u32 {
  return value == UNDEFINED ? 0 : typeOf(value)
}
