/**
 * The image and what was added to it, as one module.
 *
 * No index moves: functions of the image that nobody reaches keep their places, but lose their bodies.
 */
import { constantAddress } from '../encoding/instruction.js'
import {
  type CustomSection,
  type DataSegment,
  type Export,
  type Global,
  type Import,
  type WasmModule,
  importedCount,
} from '../encoding/module.js'
import { OP } from '../encoding/opcode.js'
import { countBelow } from '../value/ascending.js'
import { ABI_PREFIX, KEPT_GLOBALS } from './abi.js'
import type { EntryFunctions } from './entry.js'
import { PAGE_SIZE } from './layout.js'
import type { ModuleBuilder } from './module-builder.js'
import type { RuntimeImage } from './runtime-image.js'

export interface LinkParts {
  readonly builder: ModuleBuilder
  readonly entries: EntryFunctions
  readonly start: number
  readonly constants: Uint8Array
  /** The first value of `rt_strict`. */
  readonly strict: boolean
  readonly customs: readonly CustomSection[]
}

/** No locals, and an instruction that traps. */
const UNREACHED_BODY = Uint8Array.of(0, OP.unreachable, OP.end)

export function linkModule(parts: LinkParts): WasmModule {
  const { builder, entries } = parts
  const { image } = builder
  const exports = abiExports(image, entries)
  const added = builder.added
  const reached = reachImage(exports, builder)
  const data = reachedData(reached, image)
  return {
    types: builder.types,
    imports: image.module.imports.map((one) => (one.desc.kind === 'memory' ? memoryImport(one, image) : one)),
    functions: [...image.module.functions, ...added.map(({ type }) => type)],
    tables: image.module.tables,
    memories: image.module.memories,
    globals: image.module.globals.map((global, at) => (parts.strict && isStrict(at, image) ? one(global) : global)),
    exports,
    start: parts.start,
    elements: image.module.elements,
    code: [...reached.code, ...added.map(({ body }) => body)],
    // Ours first: the start function names it by number, and the image names none of its own.
    data: [...(parts.constants.length === 0 ? [] : [{ active: undefined, bytes: parts.constants }]), ...data],
    dataCount: true,
    customs: parts.customs,
  }
}

/** The ABI, and what our own loader sets and reads. */
function abiExports(image: RuntimeImage, entries: EntryFunctions): readonly Export[] {
  const kept = image.module.exports.filter(
    ({ name }) => name.startsWith(ABI_PREFIX) || KEPT_GLOBALS.some((global) => global === name),
  )
  return [
    { name: 'memory', kind: 'memory', index: 0 },
    ...kept,
    ...Object.entries(entries).map(([name, index]): Export => ({ name, kind: 'func', index })),
  ]
}

/** The host may bring as little as the image's own data need. */
function memoryImport(one: Import, image: RuntimeImage): Import {
  return {
    ...one,
    desc: { kind: 'memory', memory: { min: Math.ceil(image.staticEnd / PAGE_SIZE), max: undefined, shared: false } },
  }
}

function isStrict(at: number, image: RuntimeImage): boolean {
  return importedCount(image.module, 'global') + at === image.globals.get('rt_strict')
}

function one(global: Global): Global {
  return { global: global.global, init: Uint8Array.of(OP.i32Const, 1, OP.end) }
}

interface Reached {
  /** Bodies of the image; those that nobody reaches have lost theirs. */
  readonly code: readonly Uint8Array[]
  /** Constants in the other bodies that may be addresses of the image's data, ascending. */
  readonly addresses: readonly number[]
}

/** What exports, added functions, tables or each other reach of the image. */
function reachImage(exports: readonly Export[], builder: ModuleBuilder): Reached {
  const { image } = builder
  const { module } = image
  const reached = new Set<number>(builder.used)
  for (const { kind, index } of exports) if (kind === 'func') reached.add(index)
  for (const { items } of module.elements) if (items.kind === 'functions') for (const func of items.functions) reached.add(func)
  const addresses = new Set<number>()
  // A set is walked in the order of insertion, what is added on the way included.
  for (const func of reached) {
    const mentioned = image.mentionedBy(func)
    for (const callee of mentioned.functions) reached.add(callee)
    for (const address of mentioned.addresses) addresses.add(address)
  }
  const imported = importedCount(module, 'func')
  return {
    code: module.code.map((body, at) => (reached.has(imported + at) ? body : UNREACHED_BODY)),
    addresses: [...addresses].sort((a, b) => a - b),
  }
}

/**
 * The image's data, without the texts that no reached body mentions.
 *
 * AssemblyScript puts a header in front of a text: the size of the block, two words for a garbage collector, the class of
 * strings, the length. Nobody reads the first three, and where zeros are left out the size lies in a segment of its own.
 */
function reachedData(reached: Reached, image: RuntimeImage): readonly DataSegment[] {
  const texts = new Set<number>()
  const starts = image.module.data.map(({ active }) => (active === undefined ? undefined : constantAddress(active.offset)))
  image.module.data.forEach(({ bytes }, at) => {
    const start = starts[at]
    if (start !== undefined && isText(bytes)) texts.add(start)
  })
  return image.module.data.filter(({ bytes }, at) => {
    const start = starts[at]
    if (start === undefined) return true
    if (bytes.length <= BLOCK_SIZE && texts.has(start + CLASS_OFFSET)) return false
    if (!texts.has(start)) return true
    const first = reached.addresses[countBelow(reached.addresses, start)]
    return first !== undefined && first < start + bytes.length
  })
}

/** Bytes of the block's size at the most, and where the class lies from there. */
const BLOCK_SIZE = 4
const CLASS_OFFSET = 12
const STRING_CLASS = 2

/**
 * Whether a segment is one text literal and no table, from its class on. Code finds its way into a table from constants
 * that may lie outside of it; into a text it goes from its length or its beginning.
 */
function isText(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return false
  const header = new DataView(bytes.buffer, bytes.byteOffset, 8)
  const length = header.getUint32(4, true)
  // The last byte of the last character is 0 for ASCII, and is left out.
  return header.getUint32(0, true) === STRING_CLASS && length >= bytes.length - 8 && length <= bytes.length - 8 + 1
}
