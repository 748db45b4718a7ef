/**
 * What the official compiler makes of the same policies, where an `opa` binary is found: its modules under the same SDK, and
 * its evaluator's own figures. Every process gets a time limit.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { hostBuiltins } from 'cce-policy'

const PROCESS_MS = 60_000
/** What the official compiler takes for a large policy grows fast. */
const BUILD_MS = 300_000

export interface OpaModule {
  readonly wasm: Uint8Array<ArrayBuffer>
  readonly buildMs: number
}

/** A policy under the SDK. */
export interface SdkPolicy {
  evaluate(input: unknown, entrypoint: string): unknown
  setData(data: object): void
}

/** The path of an `opa` binary: `OPA`, on the path, or where `go install` puts it; undefined if there is none. */
export function findOpa(): string | undefined {
  for (const candidate of [process.env.OPA, 'opa', `${process.env.HOME}/go/bin/opa`]) {
    if (candidate === undefined) continue
    try {
      run(candidate, ['version'], '.')
      return candidate
    } catch {
      continue
    }
  }
  return undefined
}

/** Runs `opa build -t wasm`. */
export function buildWithOpa(
  opa: string,
  modules: Readonly<Record<string, string>>,
  entrypoints: readonly string[],
  flags: readonly string[] = [],
): OpaModule {
  return inFolder(modules, (folder) => {
    const start = performance.now()
    const wanted = entrypoints.flatMap((one) => ['-e', one])
    run(opa, ['build', '-t', 'wasm', ...flags, ...wanted, '-o', 'bundle.tar.gz', ...Object.keys(modules)], folder, BUILD_MS)
    const buildMs = performance.now() - start
    run('tar', ['xzf', 'bundle.tar.gz', '/policy.wasm'], folder)
    return { wasm: new Uint8Array(readFileSync(join(folder, 'policy.wasm'))), buildMs }
  })
}

/** Loads a module as a user of the SDK would; builtins that neither the module nor the SDK has are ours. */
export function loadUnderSdk(module: { readonly wasm: Uint8Array<ArrayBuffer> }): Promise<SdkPolicy> {
  return loadPolicy(module.wasm, { initial: 64 }, hostBuiltins(module.wasm))
}

/** Median microseconds of `opa bench`: the query is prepared, input and data have been read. */
export function benchWithOpa(opa: string, text: string, document: string, input: unknown, data: unknown): number | undefined {
  const files = { 'policy.rego': text, 'input.json': JSON.stringify(input), 'data.json': JSON.stringify(data) }
  return inFolder(files, (folder) => {
    const report = run(opa, ['bench', '-f', 'json', '-d', 'policy.rego', '-d', 'data.json', '-i', 'input.json', document], folder)
    const { Extra } = JSON.parse(report) as { readonly Extra: Readonly<Record<string, number>> }
    const median = Extra['histogram_timer_rego_query_eval_ns_median']
    return median === undefined ? undefined : median / 1000
  })
}

/** Milliseconds that the official compiler's front end takes to parse and to check modules, as it reports them itself. */
export function checkWithOpa(opa: string, modules: Readonly<Record<string, string>>): number {
  return inFolder(modules, (folder) => {
    const files = Object.keys(modules).flatMap((name) => ['-d', name])
    const { metrics } = JSON.parse(run(opa, ['eval', '-f', 'json', '--metrics', ...files, 'true'], folder)) as {
      readonly metrics: Readonly<Record<string, number>>
    }
    return ((metrics['timer_rego_module_parse_ns'] ?? 0) + (metrics['timer_rego_module_compile_ns'] ?? 0)) / 1e6
  })
}

function inFolder<Result>(files: Readonly<Record<string, string>>, act: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'opa-bench-'))
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    return act(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(command: string, args: readonly string[], cwd: string, timeout = PROCESS_MS): string {
  return execFileSync(command, args, { cwd, timeout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
}
