/**
 * `WasmModule` to bytes (core specification 5.5): always the same bytes for the same module.
 */
import { writeU32 } from './leb128.js'
import {
  type DataSegment,
  type ElementSegment,
  type ExportKind,
  type FuncType,
  type GlobalType,
  type Import,
  type Limits,
  SECTION,
  type TableType,
  type WasmModule,
} from './module.js'
import { TYPE } from './opcode.js'
import { ByteWriter } from './writer.js'

const KIND_BYTES: Readonly<Record<ExportKind, number>> = { func: 0, table: 1, memory: 2, global: 3 }

/** Write a module. Sections without content are left out. */
export function writeModule(module: WasmModule): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(1 << 16)
  out.bytes(Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00))
  const content = new ByteWriter(1 << 16)

  const customsAfter = (id: number): void => {
    for (const custom of module.customs) {
      if (custom.after !== id) continue
      content.clear()
      writeName(content, custom.name)
      content.bytes(custom.bytes)
      writeSection(out, SECTION.custom, content)
    }
  }
  const section = (id: number, isPresent: boolean, write: () => void): void => {
    if (isPresent) {
      content.clear()
      write()
      writeSection(out, id, content)
    }
    customsAfter(id)
  }
  const list = <Item>(id: number, items: readonly Item[], write: (out: ByteWriter, item: Item) => void): void =>
    section(id, items.length > 0, () => writeVector(content, items, write))

  customsAfter(SECTION.custom)
  list(SECTION.type, module.types, writeFuncType)
  list(SECTION.import, module.imports, writeImport)
  list(SECTION.function, module.functions, writeU32)
  list(SECTION.table, module.tables, writeTableType)
  list(SECTION.memory, module.memories, writeLimits)
  list(SECTION.global, module.globals, (to, one) => {
    writeGlobalType(to, one.global)
    to.bytes(one.init)
  })
  list(SECTION.export, module.exports, (to, one) => {
    writeName(to, one.name)
    to.u8(KIND_BYTES[one.kind])
    writeU32(to, one.index)
  })
  section(SECTION.start, module.start !== undefined, () => writeU32(content, module.start as number))
  list(SECTION.element, module.elements, writeElementSegment)
  section(SECTION.dataCount, module.dataCount, () => writeU32(content, module.data.length))
  list(SECTION.code, module.code, writeSized)
  list(SECTION.data, module.data, writeDataSegment)
  return out.toBytes()
}

function writeSection(out: ByteWriter, id: number, content: ByteWriter): void {
  out.u8(id)
  writeU32(out, content.length)
  out.bytes(content.view())
}

function writeVector<Item>(out: ByteWriter, items: readonly Item[], write: (out: ByteWriter, item: Item) => void): void {
  writeU32(out, items.length)
  for (const item of items) write(out, item)
}

function writeSized(out: ByteWriter, bytes: Uint8Array): void {
  writeU32(out, bytes.length)
  out.bytes(bytes)
}

const encoder = new TextEncoder()

function writeName(out: ByteWriter, name: string): void {
  writeSized(out, encoder.encode(name))
}

function writeFuncType(out: ByteWriter, type: FuncType): void {
  out.u8(TYPE.func)
  writeSized(out, Uint8Array.from(type.params))
  writeSized(out, Uint8Array.from(type.results))
}

function writeLimits(out: ByteWriter, limits: Limits): void {
  out.u8((limits.max === undefined ? 0 : 1) | (limits.shared ? 2 : 0))
  writeU32(out, limits.min)
  if (limits.max !== undefined) writeU32(out, limits.max)
}

function writeTableType(out: ByteWriter, table: TableType): void {
  out.u8(table.element)
  writeLimits(out, table.limits)
}

function writeGlobalType(out: ByteWriter, global: GlobalType): void {
  out.u8(global.type)
  out.u8(global.mutable ? 1 : 0)
}

function writeImport(out: ByteWriter, one: Import): void {
  writeName(out, one.module)
  writeName(out, one.name)
  out.u8(KIND_BYTES[one.desc.kind])
  switch (one.desc.kind) {
    case 'func':
      return writeU32(out, one.desc.type)
    case 'table':
      return writeTableType(out, one.desc.table)
    case 'memory':
      return writeLimits(out, one.desc.memory)
    case 'global':
      return writeGlobalType(out, one.desc.global)
  }
}

/** See `readElementSegment` for the flags. */
function writeElementSegment(out: ByteWriter, segment: ElementSegment): void {
  const hasExpressions = segment.items.kind === 'expressions'
  const isPlain = segment.mode === 'active' && segment.table === 0 && segment.elementType === TYPE.funcref
  const mode = segment.mode === 'active' ? (isPlain ? 0 : 2) : segment.mode === 'passive' ? 1 : 3
  writeU32(out, mode | (hasExpressions ? 4 : 0))
  if (segment.offset !== undefined) {
    if (!isPlain) writeU32(out, segment.table)
    out.bytes(segment.offset)
  }
  if (mode !== 0) out.u8(hasExpressions ? segment.elementType : 0)
  if (segment.items.kind === 'functions') writeVector(out, segment.items.functions, writeU32)
  else writeVector(out, segment.items.expressions, (to, expression) => to.bytes(expression))
}

function writeDataSegment(out: ByteWriter, segment: DataSegment): void {
  if (segment.active === undefined) writeU32(out, 1)
  else if (segment.active.memory === 0) {
    writeU32(out, 0)
    out.bytes(segment.active.offset)
  } else {
    writeU32(out, 2)
    writeU32(out, segment.active.memory)
    out.bytes(segment.active.offset)
  }
  writeSized(out, segment.bytes)
}
