/**
 * The runtime image on its own, without a policy: instantiated with a memory and stub imports, and reached through the ABI.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseValueText } from '../../src/value/text.js'
import type { RegoValue } from '../../src/value/value.js'
import { writeValueText } from '../../src/value/text.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const IMAGE = new URL('../../wasm/build/runtime.wasm', import.meta.url)

/** A plausible end of a policy's data. */
export const HEAP_BASE = 65_536

/** What `opa_abort` was called with. */
export class RuntimeAbort extends Error {}

type Call = (...args: (number | bigint)[]) => number

export interface Runtime {
  readonly memory: WebAssembly.Memory
  /** Calls an export. */
  call(name: string, ...args: (number | bigint)[]): number
  /** Names of the native builtins' exports, each with its number of parameters. */
  readonly natives: ReadonlyMap<string, number>
  /** The exported global of this name. */
  global(name: string): WebAssembly.Global
  /** Copies bytes or text into the heap; the host's `opa_malloc`. */
  place(text: string | Uint8Array): { readonly address: number; readonly length: number }
  /** The value that a text spells, 0 if it is malformed. */
  parseJson(text: string | Uint8Array): number
  parseValue(text: string): number
  dumpJson(value: number): string
  dumpValue(value: number): string
  /** A value of this side, there. */
  toRuntime(value: RegoValue): number
  /** A value of that side, here. */
  fromRuntime(value: number): RegoValue
  /** The NUL-terminated text at an address. */
  textAt(address: number): string
}

let compiled: WebAssembly.Module | undefined

export function createRuntime(pages = 5): Runtime {
  compiled ??= new WebAssembly.Module(readImage())
  const memory = new WebAssembly.Memory({ initial: pages })
  const textAt = (address: number): string => {
    const bytes = new Uint8Array(memory.buffer)
    return new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)))
  }
  const undefinedResult = (): number => 0
  const { exports } = new WebAssembly.Instance(compiled, {
    env: {
      memory,
      opa_abort: (address: number) => {
        throw new RuntimeAbort(textAt(address))
      },
      opa_println: undefinedResult,
      opa_builtin0: undefinedResult,
      opa_builtin1: undefinedResult,
      opa_builtin2: undefinedResult,
      opa_builtin3: undefinedResult,
      opa_builtin4: undefinedResult,
    },
  })
  const call = (name: string, ...args: (number | bigint)[]): number => (exports[name] as Call)(...args)
  const place = (text: string | Uint8Array): { address: number; length: number } => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    const address = call('opa_malloc', bytes.length)
    new Uint8Array(memory.buffer).set(bytes, address)
    return { address, length: bytes.length }
  }
  const parse = (name: string, text: string | Uint8Array): number => {
    const { address, length } = place(text)
    const value = call(name, address, length)
    call('opa_free', address)
    return value
  }
  const dump = (name: string, value: number): string => {
    const address = call(name, value)
    const text = textAt(address)
    call('opa_free', address)
    return text
  }
  call('rt_init', HEAP_BASE)
  return {
    memory,
    call,
    natives: new Map(
      Object.entries(exports).flatMap(([name, value]) =>
        name.startsWith('rt_builtin_') && typeof value === 'function' ? [[name, value.length] as const] : [],
      ),
    ),
    global: (name) => exports[name] as WebAssembly.Global,
    place,
    parseJson: (text) => parse('opa_json_parse', text),
    parseValue: (text) => parse('opa_value_parse', text),
    dumpJson: (value) => dump('opa_json_dump', value),
    dumpValue: (value) => dump('opa_value_dump', value),
    toRuntime: (value) => parse('opa_value_parse', writeValueText(value)),
    fromRuntime: (value) => parseValueText(dump('opa_value_dump', value)),
    textAt,
  }
}

function readImage(): Uint8Array<ArrayBuffer> {
  if (!existsSync(IMAGE)) execFileSync(process.execPath, ['scripts/build-runtime.mjs'], { cwd: ROOT })
  return new Uint8Array(readFileSync(IMAGE))
}
