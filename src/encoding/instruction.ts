/**
 * Walks instructions, no further than finding which functions a body mentions and where a constant expression ends.
 */
import { readU32, skipLeb128 } from './leb128.js'
import { IMMEDIATES, type Immediate, OP, PREFIXED_IMMEDIATES } from './opcode.js'
import { ByteReader, WasmFormatError } from './reader.js'

/**
 * Calls `found` with the index of each function that `body` calls or refers to, in order, repetitions included.
 *
 * Shape:  `body` is an entry of the code section without its size: declarations of locals, then instructions.
 * Errors: `WasmFormatError` on an instruction that is not known.
 */
export function forEachFunctionMentioned(body: Uint8Array, found: (func: number) => void): void {
  const from = new ByteReader(body)
  for (let groups = readU32(from); groups > 0; groups--) {
    readU32(from)
    from.u8()
  }
  while (!from.done) {
    const start = from.offset
    const opcode = from.u8()
    if (opcode === OP.call || opcode === OP.refFunc || opcode === OP.returnCall) {
      found(readU32(from))
      continue
    }
    skipImmediate(from, IMMEDIATES[opcode], start)
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
