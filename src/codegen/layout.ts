/**
 * What both sides know of a value's place in memory: type ids, fixed addresses, field offsets. Drawn in `wasm/README.md`;
 * a test compares every number here with what the runtime itself makes.
 */

/** First byte of a value. */
export const TYPE_ID = { null: 1, boolean: 2, number: 3, string: 4, array: 5, object: 6, set: 7 } as const

/** Values that exist once. */
export const NULL_ADDRESS = 16
export const FALSE_ADDRESS = 24
export const TRUE_ADDRESS = 32
export const EMPTY_STRING_ADDRESS = 40
const INTEGERS = 64
const SMALLEST_INTEGER = -1
const LARGEST_INTEGER = 255

/** Address of an integer that exists once, undefined for others. */
export function smallIntegerAddress(value: number): number | undefined {
  return value >= SMALLEST_INTEGER && value <= LARGEST_INTEGER ? INTEGERS + (value - SMALLEST_INTEGER) * 16 : undefined
}

/** First two bytes of `false` and of `true`, as one little-endian number. */
export const FALSE_HEAD = TYPE_ID.boolean
export const TRUE_HEAD = TYPE_ID.boolean | 0x100

/** Offset of the 64 bits of an integer. */
export const INTEGER_OFFSET = 8

/** Second byte of a number that is held as text. */
export const NUMBER_IS_TEXT = 1

/** Second byte of collections. */
export const FLAG = { sorted: 1, constant: 2 } as const

/** Tables with more entries may have an index. */
export const UNINDEXED = 8

/** Size of the index for a table of so many entries. */
export function indexSizeFor(length: number): number {
  let size = 32
  while (size <= length * 2) size *= 2
  return size
}

/** Lengths are 32-bit, and one block never comes near this. */
export const PAGE_SIZE = 65536
