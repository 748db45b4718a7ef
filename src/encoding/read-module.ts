/**
 * Bytes to `WasmModule` (core specification 5.5). Byte ranges that stay bytes are views of the input, not copies.
 */
import { readConstantExpression } from './instruction.js'
import { readU32 } from './leb128.js'
import {
  type CustomSection,
  type DataSegment,
  type ElementSegment,
  type Export,
  type ExportKind,
  type FuncType,
  type Global,
  type GlobalType,
  type Import,
  type Limits,
  SECTION,
  type TableType,
  type WasmModule,
} from './module.js'
import { TYPE } from './opcode.js'
import { ByteReader, WasmFormatError } from './reader.js'

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]

/** In the order of the bytes that stand for them in imports and exports. */
const KINDS: readonly ExportKind[] = ['func', 'table', 'memory', 'global']

type Mutable<Form> = { -readonly [Key in keyof Form]: Form[Key] }

/**
 * Read a module.
 *
 * Errors: `WasmFormatError`, with the offset, on bytes that are no well-formed module of the features listed in `opcode.ts`.
 */
export function readModule(bytes: Uint8Array): WasmModule {
  const from = new ByteReader(bytes)
  for (const byte of HEADER) if (from.u8() !== byte) throw new WasmFormatError('not a WebAssembly module of version 1', 0)
  const customs: CustomSection[] = []
  const module: Mutable<WasmModule> = {
    types: [],
    imports: [],
    functions: [],
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    start: undefined,
    elements: [],
    code: [],
    data: [],
    dataCount: false,
    customs,
  }
  let previous = 0
  while (!from.done) {
    const id = from.u8()
    const section = from.section(readU32(from))
    if (id === SECTION.custom) {
      const name = readName(section)
      customs.push({ name, bytes: section.bytes(section.end - section.offset), after: previous })
      continue
    }
    readSection(id, section, module)
    if (!section.done) throw new WasmFormatError(`section ${id} is longer than its content`, section.offset)
    previous = id
  }
  if (module.functions.length !== module.code.length)
    throw new WasmFormatError('functions and bodies differ in number', bytes.length)
  return module
}

function readSection(id: number, from: ByteReader, module: Mutable<WasmModule>): void {
  switch (id) {
    case SECTION.type:
      module.types = vector(from, readFuncType)
      return
    case SECTION.import:
      module.imports = vector(from, readImport)
      return
    case SECTION.function:
      module.functions = vector(from, readU32)
      return
    case SECTION.table:
      module.tables = vector(from, readTableType)
      return
    case SECTION.memory:
      module.memories = vector(from, readLimits)
      return
    case SECTION.global:
      module.globals = vector(from, readGlobal)
      return
    case SECTION.export:
      module.exports = vector(from, readExport)
      return
    case SECTION.start:
      module.start = readU32(from)
      return
    case SECTION.element:
      module.elements = vector(from, readElementSegment)
      return
    case SECTION.dataCount:
      readU32(from)
      module.dataCount = true
      return
    case SECTION.code:
      module.code = vector(from, (one) => one.bytes(readU32(one)))
      return
    case SECTION.data:
      module.data = vector(from, readDataSegment)
      return
    default:
      throw new WasmFormatError(`unknown section ${id}`, from.offset)
  }
}

function vector<Item>(from: ByteReader, read: (from: ByteReader) => Item): Item[] {
  const items: Item[] = []
  for (let count = readU32(from); count > 0; count--) items.push(read(from))
  return items
}

function readName(from: ByteReader): string {
  return from.utf8(readU32(from))
}

function readFuncType(from: ByteReader): FuncType {
  if (from.u8() !== TYPE.func) throw new WasmFormatError('expected a function type', from.offset - 1)
  const params = [...from.bytes(readU32(from))]
  const results = [...from.bytes(readU32(from))]
  return { params, results }
}

function readLimits(from: ByteReader): Limits {
  const flags = from.u8()
  if (flags > 3) throw new WasmFormatError(`unknown limits ${flags}`, from.offset - 1)
  const min = readU32(from)
  return { min, max: (flags & 1) === 0 ? undefined : readU32(from), shared: (flags & 2) !== 0 }
}

function readTableType(from: ByteReader): TableType {
  return { element: from.u8(), limits: readLimits(from) }
}

function readGlobalType(from: ByteReader): GlobalType {
  return { type: from.u8(), mutable: from.u8() === 1 }
}

function readGlobal(from: ByteReader): Global {
  return { global: readGlobalType(from), init: readConstantExpression(from) }
}

function readImport(from: ByteReader): Import {
  const module = readName(from)
  const name = readName(from)
  switch (readKind(from)) {
    case 'func':
      return { module, name, desc: { kind: 'func', type: readU32(from) } }
    case 'table':
      return { module, name, desc: { kind: 'table', table: readTableType(from) } }
    case 'memory':
      return { module, name, desc: { kind: 'memory', memory: readLimits(from) } }
    case 'global':
      return { module, name, desc: { kind: 'global', global: readGlobalType(from) } }
  }
}

function readExport(from: ByteReader): Export {
  return { name: readName(from), kind: readKind(from), index: readU32(from) }
}

function readKind(from: ByteReader): ExportKind {
  const byte = from.u8()
  const kind = KINDS[byte]
  if (kind === undefined) throw new WasmFormatError(`unknown kind ${byte}`, from.offset - 1)
  return kind
}

/** Bit 0: passive or declared; bit 1: table index, or declared; bit 2: expressions instead of function indexes (5.5.12). */
function readElementSegment(from: ByteReader): ElementSegment {
  const flags = readU32(from)
  if (flags > 7) throw new WasmFormatError(`unknown element segment ${flags}`, from.offset - 1)
  const isActive = (flags & 1) === 0
  const table = isActive && (flags & 2) !== 0 ? readU32(from) : 0
  const offset = isActive ? readConstantExpression(from) : undefined
  const hasExpressions = (flags & 4) !== 0
  let elementType: number = TYPE.funcref
  if ((flags & 3) !== 0) {
    const written = from.u8()
    if (hasExpressions) elementType = written
    else if (written !== 0) throw new WasmFormatError(`unknown kind of elements ${written}`, from.offset - 1)
  }
  return {
    mode: isActive ? 'active' : (flags & 2) === 0 ? 'passive' : 'declared',
    table,
    offset,
    elementType,
    items: hasExpressions
      ? { kind: 'expressions', expressions: vector(from, readConstantExpression) }
      : { kind: 'functions', functions: vector(from, readU32) },
  }
}

function readDataSegment(from: ByteReader): DataSegment {
  const flags = readU32(from)
  if (flags > 2) throw new WasmFormatError(`unknown data segment ${flags}`, from.offset - 1)
  const memory = flags === 2 ? readU32(from) : 0
  const active = flags === 1 ? undefined : { memory, offset: readConstantExpression(from) }
  return { active, bytes: from.bytes(readU32(from)) }
}
