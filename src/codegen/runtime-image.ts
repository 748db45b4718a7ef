/**
 * The runtime's image, read: what is exported under which index.
 */
import { walkBody } from '../encoding/instruction.js'
import { type FuncType, type WasmModule, importedCount } from '../encoding/module.js'
import { readModule } from '../encoding/read-module.js'
import { RUNTIME_IMAGE, RUNTIME_STATIC_END } from './runtime-image.generated.js'

export interface ImageFunction {
  readonly index: number
  readonly type: FuncType
}

export interface RuntimeImage {
  readonly module: WasmModule
  /** First address after the static data of the image. */
  readonly staticEnd: number
  /** Exported functions by name; imported ones as `env.NAME`. */
  readonly functions: ReadonlyMap<string, ImageFunction>
  /** Exported globals by name. */
  readonly globals: ReadonlyMap<string, number>
  /** What the body of a function mentions; nothing if the function is imported. */
  mentionedBy(func: number): Mentioned
}

/** Functions that a body calls or refers to, and constants in it that may be addresses of static data. */
export interface Mentioned {
  readonly functions: readonly number[]
  readonly addresses: readonly number[]
}

let shared: RuntimeImage | undefined

/** The runtime that ships with the compiler; read at first use. */
export function runtimeImage(): RuntimeImage {
  shared ??= readRuntimeImage(decodeBase64(RUNTIME_IMAGE), RUNTIME_STATIC_END)
  return shared
}

function readRuntimeImage(bytes: Uint8Array, staticEnd: number): RuntimeImage {
  const module = readModule(bytes)
  const functions = new Map<string, ImageFunction>()
  const globals = new Map<string, number>()
  const types = functionTypes(module)
  let imported = 0
  for (const one of module.imports) {
    if (one.desc.kind !== 'func') continue
    functions.set(`${one.module}.${one.name}`, { index: imported, type: typeAt(module, one.desc.type) })
    imported++
  }
  for (const { name, kind, index } of module.exports) {
    if (kind === 'func') functions.set(name, { index, type: types[index] as FuncType })
    else if (kind === 'global') globals.set(name, index)
  }
  return { module, staticEnd, functions, globals, mentionedBy: rememberMentioned(module, imported, staticEnd) }
}

const NOTHING: Mentioned = { functions: [], addresses: [] }

/** Bodies are walked when they are first asked about, once for all policies. */
function rememberMentioned(module: WasmModule, imported: number, staticEnd: number): (func: number) => Mentioned {
  const known = new Map<number, Mentioned>()
  return (func) => {
    const body = module.code[func - imported]
    if (body === undefined) return NOTHING
    const remembered = known.get(func)
    if (remembered !== undefined) return remembered
    const functions = new Set<number>()
    const addresses = new Set<number>()
    walkBody(body, {
      func: (index) => functions.add(index),
      address: (value) => value < staticEnd && addresses.add(value),
    })
    const mentioned = { functions: [...functions], addresses: [...addresses] }
    known.set(func, mentioned)
    return mentioned
  }
}

/** The type of each function, imported ones first. */
function functionTypes(module: WasmModule): readonly FuncType[] {
  const types: FuncType[] = []
  for (const { desc } of module.imports) if (desc.kind === 'func') types.push(typeAt(module, desc.type))
  for (const type of module.functions) types.push(typeAt(module, type))
  if (types.length !== importedCount(module, 'func') + module.code.length)
    throw new RangeError('functions and types differ in number')
  return types
}

function typeAt(module: WasmModule, index: number): FuncType {
  const type = module.types[index]
  if (type === undefined) throw new RangeError(`there is no type ${index}`)
  return type
}

function decodeBase64(text: string): Uint8Array {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}
