/**
 * Walks instructions, no further than finding what a body mentions and where a constant expression ends.
 */
import { readS32, readU32, skipLeb128 } from './leb128.js'
import { IMMEDIATES, type Immediate, OP, PREFIXED_IMMEDIATES } from './opcode.js'
import { ByteReader, WasmFormatError } from './reader.js'

/** Told what a body mentions, in order, repetitions included. */
export interface BodyVisitor {
  /** Index of a function that is called or referred to. */
  readonly func: (index: number) => unknown
  /** A constant that may be an address: the operand of `i32.const`, or the offset of a load or store. */
  readonly address?: (value: number) => unknown
}

/**
 * Walk a body.
 *
 * Shape:  `body` is an entry of the code section without its size: declarations of locals, then instructions.
 * Errors: `WasmFormatError` on an instruction that is not known.
 */
export function walkBody(body: Uint8Array, visitor: BodyVisitor): void {
  const from = new ByteReader(body)
  for (let groups = readU32(from); groups > 0; groups--) {
    readU32(from)
    from.u8()
  }
  while (!from.done) {
    const start = from.offset
    const opcode = from.u8()
    if (opcode === OP.call || opcode === OP.refFunc || opcode === OP.returnCall) visitor.func(readU32(from))
    else if (opcode === OP.i32Const && visitor.address !== undefined) visitor.address(readS32(from) >>> 0)
    else if (IMMEDIATES[opcode] === 'memory' && visitor.address !== undefined) {
      skipLeb128(from, 32)
      visitor.address(readU32(from))
    } else skipImmediate(from, IMMEDIATES[opcode], start)
  }
}

/** A constant expression, its `end` included. */
export function readConstantExpression(from: ByteReader): Uint8Array {
  const first = from.offset
  for (;;) {
    const start = from.offset
    const opcode = from.u8()
    if (opcode === OP.end) return from.source.subarray(first, from.offset)
    skipImmediate(from, IMMEDIATES[opcode], start)
  }
}

/** The value of a constant expression that is a single `i32.const`, as an address; undefined for any other. */
export function constantAddress(expression: Uint8Array): number | undefined {
  const from = new ByteReader(expression)
  if (from.u8() !== OP.i32Const) return undefined
  const value = readS32(from) >>> 0
  return from.u8() === OP.end && from.done ? value : undefined
}

function skipImmediate(from: ByteReader, immediate: Immediate | undefined, start: number): void {
  switch (immediate) {
    case 'none':
      return
    case 'u32':
      return skipLeb128(from, 32)
    case 'u32 u32':
    case 'memory':
      skipLeb128(from, 32)
      return skipLeb128(from, 32)
    case 's32':
      return skipLeb128(from, 32)
    case 'block':
      return skipLeb128(from, 33)
    case 's64':
      return skipLeb128(from, 64)
    case 'f32':
      from.bytes(4)
      return
    case 'f64':
      from.bytes(8)
      return
    case 'branch table':
      for (let count = readU32(from); count >= 0; count--) skipLeb128(from, 32)
      return
    case 'types':
      from.bytes(readU32(from))
      return
    case 'prefixed': {
      const second = readU32(from)
      const after = PREFIXED_IMMEDIATES[second]
      if (after === undefined) throw new WasmFormatError(`unknown instruction 0xfc ${second}`, start)
      return skipImmediate(from, after, start)
    }
    case undefined:
      throw new WasmFormatError('unknown instruction', start)
  }
}
