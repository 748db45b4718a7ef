/**
 * Which builtins a module wants from its host, asked of the module itself before it is loaded for good.
 */
import { PolicyMemory } from './policy-memory.js'

/** Enough for the start functions of modules that expect the SDK's five pages. */
const PAGES = 5

/** Names under which the module lists its host builtins. */
export function listedBuiltins(module: WebAssembly.Module): readonly string[] {
  const memory = new WebAssembly.Memory({ initial: PAGES })
  const { exports } = new WebAssembly.Instance(module, { env: { memory, ...refusals(module) } })
  const { builtins, opa_json_dump } = exports as { builtins: () => number; opa_json_dump: (value: number) => number }
  return Object.keys(JSON.parse(new PolicyMemory(memory).read(opa_json_dump(builtins()))) as object)
}

/** Every function that the module imports; initialisation must not call any. */
function refusals(module: WebAssembly.Module): Record<string, () => never> {
  const functions: Record<string, () => never> = {}
  for (const { kind, name } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') continue
    functions[name] = () => {
      throw new Error(`the module calls \`${name}\` before it is loaded`)
    }
  }
  return functions
}
