/** What a WebAssembly policy module says of itself, without evaluating anything. */
import { readU32 } from '../../encoding/leb128.js'
import { readModule } from '../../encoding/read-module.js'
import { ByteReader, WasmFormatError } from '../../encoding/reader.js'
import { parseListedName } from '../../load/host-session.js'
import { PolicyMemory } from '../../load/policy-memory.js'
import { CliError } from '../command.js'

export interface WasmFacts {
  /** As in `1.3`. */
  readonly abi: string
  /** Ids by name. */
  readonly entrypoints: Readonly<Record<string, number>>
  /** Builtins that the host has to supply, and how they are called. */
  readonly builtins: readonly { readonly name: string; readonly calls: 'json' | 'text' | 'strict' }[]
  readonly imports: readonly string[]
  /** Pages of 64 KiB that the module wants at least. */
  readonly memoryPages: number
  readonly bytes: number
  readonly sections: readonly { readonly name: string; readonly bytes: number }[]
  /** Whether it counts work and knows places, as modules of this compiler do. */
  readonly isOurs: boolean
}

const SECTION_NAMES: Readonly<Record<number, string>> = {
  0: 'custom',
  1: 'type',
  2: 'import',
  3: 'function',
  4: 'table',
  5: 'memory',
  6: 'global',
  7: 'export',
  8: 'start',
  9: 'element',
  10: 'code',
  11: 'data',
  12: 'data count',
}

/** Whether bytes begin as a WebAssembly module does. */
export function isWasm(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d
}

/** Errors: `CliError` if the bytes are no policy module. */
export function inspectWasm(bytes: Uint8Array, name: string): WasmFacts {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(bytes))
    return { ...askModule(module, memoryPagesOf(bytes)), bytes: bytes.length, sections: sectionsOf(bytes) }
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WasmFormatError || error instanceof WebAssembly.LinkError) {
      throw new CliError(`${name}: is no WebAssembly module: ${error.message}`)
    }
    if (error instanceof TypeError || error instanceof WebAssembly.RuntimeError)
      throw new CliError(`${name}: is no policy module: ${error.message}`)
    throw error
  }
}

interface PolicyExports {
  readonly builtins: () => number
  readonly entrypoints: () => number
  readonly opa_json_dump: (value: number) => number
  readonly opa_wasm_abi_version?: WebAssembly.Global
  readonly opa_wasm_abi_minor_version?: WebAssembly.Global
}

function askModule(module: WebAssembly.Module, memoryPages: number): Omit<WasmFacts, 'bytes' | 'sections'> {
  const imports = WebAssembly.Module.imports(module)
  const names = new Set(WebAssembly.Module.exports(module).map(({ name }) => name))
  for (const wanted of ['builtins', 'entrypoints', 'opa_json_dump']) {
    if (!names.has(wanted)) throw new TypeError(`it has no \`${wanted}\``)
  }
  const memory = new WebAssembly.Memory({ initial: memoryPages })
  const functions = imports.filter(({ kind }) => kind === 'function').map(({ name }) => [name, refuse] as const)
  const instance = new WebAssembly.Instance(module, { env: { ...Object.fromEntries(functions), memory } })
  const exports = instance.exports as WebAssembly.Exports & PolicyExports
  const text = new PolicyMemory(memory)
  const ask = (address: number): Readonly<Record<string, number>> =>
    JSON.parse(text.read(exports.opa_json_dump(address))) as Readonly<Record<string, number>>
  const listed = Object.keys(ask(exports.builtins())).map(parseListedName)
  return {
    abi: `${exports.opa_wasm_abi_version?.value ?? 0}.${exports.opa_wasm_abi_minor_version?.value ?? 0}`,
    entrypoints: ask(exports.entrypoints()),
    builtins: listed.map(({ name, transport }) => ({ name, calls: transport })),
    imports: imports.map(({ module: from, name, kind }) => `${from}.${name}: ${kind}`),
    memoryPages,
    isOurs: names.has('rt_fuel') && names.has('rt_place'),
  }
}

function refuse(): never {
  throw new TypeError('it calls its host before it is asked anything')
}

/** What the import of the memory says. */
function memoryPagesOf(bytes: Uint8Array): number {
  const { imports } = readModule(bytes)
  const memory = imports.map(({ desc }) => desc).find((desc) => desc.kind === 'memory')
  if (memory?.kind !== 'memory') throw new TypeError('it does not import its memory')
  return memory.memory.min
}

function sectionsOf(bytes: Uint8Array): WasmFacts['sections'] {
  const reader = new ByteReader(bytes, 8)
  const sections: { name: string; bytes: number }[] = []
  while (!reader.done) {
    const id = reader.u8()
    const size = readU32(reader)
    const section = reader.section(size)
    const custom = id === 0 ? ` ${section.utf8(readU32(section))}` : ''
    sections.push({ name: `${SECTION_NAMES[id] ?? `section ${id}`}${custom}`, bytes: size })
  }
  return sections
}
