/**
 * Writes the instructions of one function body.
 *
 * Labels are absolute: `block`, `loop` and `if` hand out the label that a branch names, and the writer turns it into the
 * relative depth of the format, so that no caller counts how deep it is.
 */
import { writeS32, writeS64, writeU32 } from './leb128.js'
import { OP, type Opcode, PREFIXED, TYPE } from './opcode.js'
import type { ByteWriter } from './writer.js'

/** The target of a branch: how many structured instructions were open when it was opened. */
export type Label = number

export class CodeWriter {
  #open = 0

  constructor(readonly out: ByteWriter) {}

  /** How many structured instructions are open. */
  get depth(): number {
    return this.#open
  }

  /** An instruction without immediates. */
  op(opcode: Opcode): void {
    this.out.u8(opcode)
  }

  i32Const(value: number): void {
    if (value >= -0x40 && value < 0x40) return this.out.pair(OP.i32Const, value & 0x7f)
    this.out.u8(OP.i32Const)
    writeS32(this.out, value)
  }

  i64Const(value: bigint): void {
    this.out.u8(OP.i64Const)
    writeS64(this.out, value)
  }

  localGet(index: number): void {
    this.#indexed(OP.localGet, index)
  }

  localSet(index: number): void {
    this.#indexed(OP.localSet, index)
  }

  localTee(index: number): void {
    this.#indexed(OP.localTee, index)
  }

  globalGet(index: number): void {
    this.#indexed(OP.globalGet, index)
  }

  globalSet(index: number): void {
    this.#indexed(OP.globalSet, index)
  }

  call(func: number): void {
    this.#indexed(OP.call, func)
  }

  /** A load or store at a constant offset from the address on the stack; `alignment` is a power of two as its exponent. */
  memory(
    opcode: typeof OP.i32Load | typeof OP.i32Load8U | typeof OP.i32Load16U | typeof OP.i32Store,
    alignment: number,
    offset: number,
  ): void {
    this.#indexed(opcode, alignment)
    writeU32(this.out, offset)
  }

  memorySize(): void {
    this.#indexed(OP.memorySize, 0)
  }

  memoryGrow(): void {
    this.#indexed(OP.memoryGrow, 0)
  }

  memoryInit(segment: number): void {
    this.#indexed(OP.prefixed, PREFIXED.memoryInit)
    writeU32(this.out, segment)
    this.out.u8(0)
  }

  dataDrop(segment: number): void {
    this.#indexed(OP.prefixed, PREFIXED.dataDrop)
    writeU32(this.out, segment)
  }

  block(result: number = TYPE.empty): Label {
    return this.#structure(OP.block, result)
  }

  loop(): Label {
    return this.#structure(OP.loop, TYPE.empty)
  }

  if(result: number = TYPE.empty): Label {
    return this.#structure(OP.if, result)
  }

  else(): void {
    this.out.u8(OP.else)
  }

  /** Close the innermost structured instruction. */
  end(): void {
    this.#open--
    this.out.u8(OP.end)
  }

  br(label: Label): void {
    this.#indexed(OP.br, this.#relative(label))
  }

  brIf(label: Label): void {
    this.#indexed(OP.brIf, this.#relative(label))
  }

  brTable(labels: readonly Label[], otherwise: Label): void {
    this.#indexed(OP.brTable, labels.length)
    for (const label of labels) writeU32(this.out, this.#relative(label))
    writeU32(this.out, this.#relative(otherwise))
  }

  #structure(opcode: number, result: number): Label {
    this.out.pair(opcode, result)
    return this.#open++
  }

  #relative(label: Label): number {
    if (label >= this.#open) throw new RangeError(`label ${label} is not open`)
    return this.#open - 1 - label
  }

  #indexed(opcode: number, index: number): void {
    if (index >= 0 && index < 0x80) return this.out.pair(opcode, index)
    this.out.u8(opcode)
    writeU32(this.out, index)
  }
}
