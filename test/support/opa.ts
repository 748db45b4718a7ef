/** The real OPA, where there is one: as `$OPA` says, on the search path, or where Go installs programs. */
import { type StdioOptions, execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** The path of an `opa` binary, if any is found. */
export const opaBinary: string | undefined = [
  process.env['OPA'] ?? '',
  ...[...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), 'go', 'bin')].map((folder) => join(folder, 'opa')),
].find((path) => existsSync(path))

/** What a run of `opa` prints, whether or not it succeeds. */
export function runOpa(args: readonly string[]): string {
  return spawnSync(opaBinary ?? 'opa', args, { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout
}

/** The plan of a bundle that `opa build` made. */
export function readPlanOfBundle(bundle: string): string {
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore']
  return execFileSync('tar', ['-xzOf', bundle, '/plan.json'], { encoding: 'utf8', maxBuffer: 1 << 28, stdio })
}
