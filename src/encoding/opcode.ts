/**
 * Opcodes of the WebAssembly instructions (core specification 5.4), and what follows each of them in the bytes.
 *
 * `OP` names those that the compiler writes. `IMMEDIATES` knows all of version 2.0 without vectors, because bodies made by
 * other compilers have to be walked.
 */

export const OP = {
  unreachable: 0x00,
  nop: 0x01,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  returnCall: 0x12,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  i32Load: 0x28,
  i32Load8U: 0x2d,
  i32Load16U: 0x2f,
  i32Store: 0x36,
  memorySize: 0x3f,
  memoryGrow: 0x40,
  i32Const: 0x41,
  i64Const: 0x42,
  i32Eqz: 0x45,
  i32Eq: 0x46,
  i32Ne: 0x47,
  i32LtU: 0x49,
  i32GtU: 0x4b,
  i32LeS: 0x4c,
  i32GeU: 0x4f,
  i64LtS: 0x53,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  i32Mul: 0x6c,
  i64Sub: 0x7d,
  refFunc: 0xd2,
  prefixed: 0xfc,
} as const

export type Opcode = (typeof OP)[keyof typeof OP]

/** Second byte of the instructions that begin with `prefixed`. */
export const PREFIXED = { memoryInit: 8, dataDrop: 9 } as const

/** Types as the binary format writes them. */
export const TYPE = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  funcref: 0x70,
  externref: 0x6f,
  func: 0x60,
  empty: 0x40,
} as const

/** What follows an opcode. */
export type Immediate =
  | 'none'
  /** An index or a count. */
  | 'u32'
  | 'u32 u32'
  | 's32'
  | 's64'
  | 'f32'
  | 'f64'
  /** The type of a block: one signed integer of 33 bits. */
  | 'block'
  /** Alignment and offset. */
  | 'memory'
  | 'branch table'
  /** A vector of types. */
  | 'types'
  /** A second opcode: see `PREFIXED_IMMEDIATES`. */
  | 'prefixed'

function ranges(
  ...rows: readonly (readonly [first: number, last: number, immediate: Immediate])[]
): readonly (Immediate | undefined)[] {
  const table: (Immediate | undefined)[] = new Array<Immediate | undefined>(256).fill(undefined)
  for (const [first, last, immediate] of rows) table.fill(immediate, first, last + 1)
  return table
}

/** By opcode; undefined for what is not known. */
export const IMMEDIATES = ranges(
  [0x00, 0x01, 'none'],
  [0x02, 0x04, 'block'],
  [0x05, 0x05, 'none'],
  [0x0b, 0x0b, 'none'],
  [0x0c, 0x0d, 'u32'],
  [0x0e, 0x0e, 'branch table'],
  [0x0f, 0x0f, 'none'],
  [0x10, 0x10, 'u32'],
  [0x11, 0x11, 'u32 u32'],
  [0x12, 0x12, 'u32'],
  [0x13, 0x13, 'u32 u32'],
  [0x1a, 0x1b, 'none'],
  [0x1c, 0x1c, 'types'],
  [0x20, 0x26, 'u32'],
  [0x28, 0x3e, 'memory'],
  [0x3f, 0x40, 'u32'],
  [0x41, 0x41, 's32'],
  [0x42, 0x42, 's64'],
  [0x43, 0x43, 'f32'],
  [0x44, 0x44, 'f64'],
  [0x45, 0xc4, 'none'],
  [0xd0, 0xd0, 'u32'],
  [0xd1, 0xd1, 'none'],
  [0xd2, 0xd2, 'u32'],
  [0xfc, 0xfc, 'prefixed'],
)

/** By second byte, after 0xfc: saturating conversions, bulk memory, tables. */
export const PREFIXED_IMMEDIATES = ranges(
  [0, 7, 'none'],
  [8, 8, 'u32 u32'],
  [9, 9, 'u32'],
  [10, 10, 'u32 u32'],
  [11, 11, 'u32'],
  [12, 12, 'u32 u32'],
  [13, 13, 'u32'],
  [14, 14, 'u32 u32'],
  [15, 17, 'u32'],
)
