/**
 * The one place that meets `@open-policy-agent/opa-wasm`: instantiation and the published protocol of host builtins are its
 * business, everything after that is ours, because it drops falsy inputs and digits of numbers.
 */
import * as sdk from '@open-policy-agent/opa-wasm'

/** The exports of a policy module that we call; all values and addresses are numbers. */
export interface PolicyExports {
  readonly opa_malloc: (size: number) => number
  readonly opa_free: (address: number) => void
  readonly opa_json_parse: (address: number, length: number) => number
  readonly opa_json_dump: (value: number) => number
  readonly opa_value_parse: (address: number, length: number) => number
  readonly opa_value_dump: (value: number) => number
  readonly opa_value_free?: (value: number) => void
  readonly opa_value_add_path: (base: number, path: number, value: number) => number
  readonly opa_value_remove_path: (base: number, path: number) => number
  readonly opa_heap_ptr_get: () => number
  readonly opa_heap_ptr_set: (address: number) => void
  readonly opa_heap_blocks_stash?: () => void
  readonly opa_heap_blocks_restore?: () => void
  readonly opa_heap_stash_clear?: () => void
  readonly opa_eval: (
    reserved: 0,
    entrypoint: number,
    data: number,
    input: number,
    inputLength: number,
    heap: number,
    format: 0 | 1,
  ) => number
  readonly rt_fuel?: WebAssembly.Global
  readonly rt_memory_limit?: WebAssembly.Global
  readonly rt_place?: WebAssembly.Global
}

/** What the SDK hands over after loading. */
export interface LoadedModule {
  readonly exports: PolicyExports
  readonly memory: WebAssembly.Memory
  /** Ids of the entrypoints by name. */
  readonly entrypoints: ReadonlyMap<string, number>
  /** Address of the empty document that is `data` at first. */
  readonly dataAddress: number
  /** First free address after it. */
  readonly heapBase: number
}

/** Functions that the module may call, by the names under which it lists them. They get and give JSON values. */
export type SdkBuiltins = Readonly<Record<string, (...args: unknown[]) => unknown>>

interface SdkFunctions {
  readonly loadPolicy: typeof sdk.loadPolicy
  readonly loadPolicySync: typeof sdk.loadPolicySync
}

/** The package is CommonJS: as an ES module it has all of its functions on the default export only. */
const { loadPolicy, loadPolicySync }: SdkFunctions = (sdk as { readonly default?: SdkFunctions }).default ?? sdk

export async function instantiate(module: WebAssembly.Module, builtins: SdkBuiltins): Promise<LoadedModule> {
  // Pages may not instantiate large modules in one go. Elsewhere it is better: waiting, the SDK looks at `Response` first, and
  // for that Node loads all of its HTTP client.
  if (typeof document === 'undefined') return instantiateSync(module, builtins)
  // The SDK takes compiled modules as well, although its types say so for the synchronous function only.
  return describe(
    await loadPolicy(module as WebAssembly.Module & Uint8Array<ArrayBuffer>, {} as WebAssembly.MemoryDescriptor, { ...builtins }),
  )
}

export function instantiateSync(module: WebAssembly.Module, builtins: SdkBuiltins): LoadedModule {
  return describe(loadPolicySync(module, {} as WebAssembly.MemoryDescriptor, { ...builtins }))
}

function describe(loaded: sdk.LoadedPolicy): LoadedModule {
  const instance = loaded.wasmInstance as WebAssembly.Instance
  return {
    exports: instance.exports as WebAssembly.Exports & PolicyExports,
    memory: loaded.mem,
    entrypoints: new Map(Object.entries(loaded.entrypoints as Record<string, number>)),
    dataAddress: loaded.dataAddr,
    heapBase: loaded.baseHeapPtr as number,
  }
}
