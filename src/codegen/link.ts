/**
 * The image and what was added to it, as one module.
 *
 * No index moves: functions of the image that nobody reaches keep their places, but lose their bodies.
 */
import { forEachFunctionMentioned } from '../encoding/instruction.js'
import { type Export, type Global, type Import, type WasmModule, importedCount } from '../encoding/module.js'
import { OP } from '../encoding/opcode.js'
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
}

/** No locals, and an instruction that traps. */
const UNREACHED_BODY = Uint8Array.of(0, OP.unreachable, OP.end)

export function linkModule(parts: LinkParts): WasmModule {
  const { builder, entries } = parts
  const { image } = builder
  const exports = abiExports(image, entries)
  const added = builder.added
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
    code: [...reachedCode(exports, builder), ...added.map(({ body }) => body)],
    data: [...image.module.data, ...(parts.constants.length === 0 ? [] : [{ active: undefined, bytes: parts.constants }])],
    dataCount: true,
    customs: [],
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
  return { ...one, desc: { kind: 'memory', memory: { min: Math.ceil(image.staticEnd / PAGE_SIZE), max: undefined, shared: false } } }
}

function isStrict(at: number, image: RuntimeImage): boolean {
  return importedCount(image.module, 'global') + at === image.globals.get('rt_strict')
}

function one(global: Global): Global {
  return { global: global.global, init: Uint8Array.of(OP.i32Const, 1, OP.end) }
}

/** Bodies of the image: those that exports, added functions, tables or each other reach. */
function reachedCode(exports: readonly Export[], builder: ModuleBuilder): readonly Uint8Array[] {
  const { module } = builder.image
  const imported = importedCount(module, 'func')
  const reached = new Set<number>()
  const waiting: number[] = []
  const reach = (func: number): void => {
    if (reached.has(func)) return
    reached.add(func)
    waiting.push(func)
  }
  for (const func of builder.used) reach(func)
  for (const { kind, index } of exports) if (kind === 'func') reach(index)
  for (const { items } of module.elements) if (items.kind === 'functions') items.functions.forEach(reach)
  for (let func = waiting.pop(); func !== undefined; func = waiting.pop()) {
    const body = module.code[func - imported]
    if (body !== undefined) forEachFunctionMentioned(body, reach)
  }
  return module.code.map((body, at) => (reached.has(imported + at) ? body : UNREACHED_BODY))
}
