/** WebAssembly modules that are none, or none of ours: refused with a typed error. */
import { readFileSync } from 'node:fs'
import { compileRego } from '../../../src/compile.js'
import { readModule } from '../../../src/encoding/read-module.js'
import { WasmFormatError } from '../../../src/encoding/reader.js'
import { writeModule } from '../../../src/encoding/write-module.js'
import { RegoEvalError, RegoLoadError } from '../../../src/errors.js'
import { hostBuiltins, loadRegoSync } from '../../../src/load/load.js'
import type { Target } from '../target.js'

const POLICY = 'package p\n\nallow if regex.match(input.pattern, "abc")\n\nxs contains x if some x in input.xs\n'

let seeds: readonly Uint8Array<ArrayBuffer>[] | undefined

function modules(): readonly Uint8Array<ArrayBuffer>[] {
  seeds ??= [
    compileRego({ modules: { 'p.rego': POLICY }, entrypoints: ['p/allow', 'p/xs'] }).wasm,
    Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    new Uint8Array(readFileSync(new URL('../../../wasm/build/runtime.wasm', import.meta.url))),
  ]
  return seeds
}

export const MODULES: Target = {
  name: 'modules',
  form: 'bytes',
  seeds: modules,
  runs: 150,
  run: (bytes) => {
    try {
      writeModule(readModule(bytes))
    } catch (error) {
      if (!(error instanceof WasmFormatError)) throw error
    }
    // Foreign code may run forever, and that is no fault of ours: only modules with known code are loaded.
    if (hasKnownCode(bytes)) load(bytes)
  },
}

function load(bytes: Uint8Array<ArrayBuffer>): void {
  try {
    hostBuiltins(bytes)
  } catch (error) {
    if (!(error instanceof RegoLoadError)) throw error
  }
  try {
    const policy = loadRegoSync(bytes, { budget: { work: 100_000, memoryBytes: 64 << 20 } })
    for (const entrypoint of policy.entrypoints) policy.evaluate(entrypoint, { pattern: 'a', xs: [1] })
  } catch (error) {
    if (!(error instanceof RegoLoadError || error instanceof RegoEvalError)) throw error
  }
}

function hasKnownCode(bytes: Uint8Array<ArrayBuffer>): boolean {
  if (!WebAssembly.validate(bytes)) return true
  const code = codeOf(bytes)
  return modules().some((known) => codeOf(known) === code)
}

function codeOf(bytes: Uint8Array): string | undefined {
  try {
    const { code, data, start, imports, functions, elements } = readModule(bytes)
    return [code, data.map((one) => one.bytes), start, imports.length, functions, JSON.stringify(elements)].join('|')
  } catch {
    return undefined
  }
}
