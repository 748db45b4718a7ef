/** Compile time, load time and module size, for the demonstration's policy and for growing ones. */
import { readFileSync } from 'node:fs'
import { type CcePolicy, type CompiledRego, ENFORCEMENT_POINTS, compileRego, loadRegoSync, parsePolicy, policyToRego } from 'cce-policy'
import { FRAMEWORK_SOURCES } from '../src/cce/framework-sources.generated.js'
import { bigPolicy } from './big-policy.js'
import { buildWithOpa, findOpa } from './opa-wasm.js'
import { cpuMilliseconds, printRows, ratio } from './support.js'

const ENTRYPOINTS = [...ENFORCEMENT_POINTS.map((point) => `policy/${point}`), 'policy/reason', 'framework/enforcement_point_info']

export async function benchCompile(): Promise<void> {
  const pod = parsePolicy(readFileSync(new URL('../examples/pod/policy.json', import.meta.url), 'utf8'))
  const policies: readonly (readonly [string, CcePolicy, boolean])[] = [
    ['demonstration', pod, true],
    ['10 containers', bigPolicy(10), true],
    ['50 containers', bigPolicy(50), false],
    ['100 containers', bigPolicy(100), false],
    ['200 containers', bigPolicy(200), false],
    ['400 containers', bigPolicy(400), false],
  ]
  console.log('Compiling and loading (8 layers and 14 env rules per container; ms of processor time, warm)')
  const opa = findOpa()
  const rows: string[][] = []
  for (const [name, policy, besideOpa] of policies) {
    const text = policyToRego(policy)
    const modules = { ...FRAMEWORK_SOURCES, 'policy.rego': text }
    const build = (): CompiledRego => compileRego({ modules, entrypoints: ENTRYPOINTS, regoVersion: 'v1' })
    const compiled = build()
    const compile = cpuMilliseconds(build, 7)
    const load = cpuMilliseconds(() => loadRegoSync(distinct(compiled.wasm)), 7)
    const size = compiled.wasm.length
    const official = opa === undefined || !besideOpa ? undefined : buildWithOpa(opa, modules, ENTRYPOINTS)
    rows.push([
      name,
      (text.length / 1024).toFixed(0),
      compile.toFixed(1),
      load.toFixed(1),
      (size / 1024).toFixed(0),
      official === undefined ? '-' : official.buildMs.toFixed(0),
      official === undefined ? '-' : (official.wasm.length / 1024).toFixed(0),
      ratio(official?.wasm.length, size),
    ])
  }
  printRows(['policy', 'text KB', 'compile', 'load', 'module KB', 'opa build', 'opa module KB', 'opa size / ours'], rows)
}

let made = 0

/** The same module with a section of its own at the end: engines keep what they have compiled, by its bytes. */
function distinct(wasm: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(String(made++))
  return Uint8Array.from([...wasm, 0, name.length + 1, name.length, ...name])
}
