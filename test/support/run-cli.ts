/** Runs commands as a shell would, in a folder of their own, and keeps what they say. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExitCode } from '../../src/cli/exit-code.js'
import type { CliIo } from '../../src/cli/io.js'
import { main } from '../../src/cli/main.js'

export interface CliRun {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

export interface CliWorld {
  readonly cwd?: string
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
  readonly color?: boolean
  readonly isTerminal?: boolean
}

/** Run a command line, given in words. */
export async function runCli(argv: readonly string[], world: CliWorld = {}): Promise<CliRun> {
  let out = ''
  let err = ''
  const io: CliIo = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    readStdin: async () => Buffer.from(world.stdin ?? ''),
    cwd: world.cwd ?? process.cwd(),
    env: world.env ?? {},
    color: world.color ?? false,
    isTerminal: world.isTerminal ?? false,
    signal: new AbortController().signal,
  }
  const code = await main(argv, io)
  return { code, out, err }
}

/** The words of a line as a shell splits it: blanks, and quotes of both kinds. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/(?:[^\s'"]|'[^']*'|"[^"]*")+/g)].map(([word]) => word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'))
}

/** A folder with files, by their paths in it. */
export interface TemporaryFolder {
  readonly path: string
  readonly write: (name: string, contents: string | Uint8Array) => void
  readonly remove: () => void
}

export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'cce-cli-'))
  const write: TemporaryFolder['write'] = (name, contents) => {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), contents)
  }
  for (const [name, contents] of Object.entries(files)) write(name, contents)
  return { path, write, remove: () => rmSync(path, { recursive: true, force: true }) }
}
