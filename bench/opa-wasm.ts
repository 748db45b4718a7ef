/** The same policy as a module that the official compiler wrote, under the same SDK; where an `opa` binary is found. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { hostBuiltins } from 'cce-policy'

export interface OpaModule {
  readonly wasm: Uint8Array<ArrayBuffer>
  readonly buildMs: number
}

/** The path of an `opa` binary: `OPA`, on the path, or where `go install` puts it; undefined if there is none. */
export function findOpa(): string | undefined {
  for (const candidate of [process.env.OPA, 'opa', `${process.env.HOME}/go/bin/opa`]) {
    if (candidate === undefined) continue
    try {
      execFileSync(candidate, ['version'], { stdio: 'pipe' })
      return candidate
    } catch {
      continue
    }
  }
  return undefined
}

/** Runs `opa build -t wasm`. */
export function buildWithOpa(opa: string, modules: Readonly<Record<string, string>>, entrypoints: readonly string[]): OpaModule {
  const directory = mkdtempSync(join(tmpdir(), 'opa-build-'))
  for (const [name, text] of Object.entries(modules)) {
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  const bundle = join(directory, 'bundle.tar.gz')
  const start = performance.now()
  execFileSync(opa, ['build', '-t', 'wasm', ...entrypoints.flatMap((one) => ['-e', one]), '-o', bundle, ...Object.keys(modules)], { cwd: directory, stdio: 'pipe' })
  const buildMs = performance.now() - start
  execFileSync('tar', ['xzf', bundle, '-C', directory, '/policy.wasm'], { stdio: 'pipe' })
  return { wasm: new Uint8Array(readFileSync(join(directory, 'policy.wasm'))), buildMs }
}

/** Loads it as a user of the SDK would; builtins that neither the module nor the SDK has are ours. */
export function loadOpaModule(module: OpaModule): Promise<{ evaluate(input: unknown, entrypoint: string): unknown; setData(data: object): void }> {
  return loadPolicy(module.wasm, { initial: 64 }, hostBuiltins(module.wasm))
}
