/**
 * A vitest of its own in a project of its own, which has the library installed: for tests of what its reporter shows and of
 * what it runs again.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll } from 'vitest'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const opened: (() => void)[] = []
let library: string

/** Tells the outcome of each test, by file and name, whenever a run is over. */
const REPORTER = `
export default class {
  onTestRunEnd(modules) {
    const results = {}
    for (const module of modules) {
      for (const error of module.errors()) results[module.relativeModuleId] = error.message
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        const place = test.location === undefined ? '' : ':' + test.location.line + ':' + test.location.column
        results[module.relativeModuleId + place + ' > ' + test.fullName] = state
      }
    }
    process.stdout.write('RESULTS ' + JSON.stringify(results) + '\\n')
  }
}
`

/** Builds the package, but for types, before the tests of a file; closes after each test what it opened. */
export function withLibrary(): void {
  beforeAll(async () => {
    library = realpathSync(mkdtempSync(join(tmpdir(), 'cce-library-')))
    await build({
      entryPoints: { index: join(root, 'src/index.ts'), vitest: join(root, 'src/vitest/index.ts') },
      outdir: library,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    })
    const exports = { '.': './index.js', './vitest': './vitest.js' }
    writeFileSync(join(library, 'package.json'), JSON.stringify({ name: 'cce-policy', type: 'module', exports }))
    symlinkSync(join(root, 'node_modules'), join(library, 'node_modules'))
  })

  afterEach(() => {
    for (const close of opened.splice(0).reverse()) close()
  })

  afterAll(() => rmSync(library, { recursive: true, force: true }))
}

/** A folder with these files, in which the library and vitest are installed. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cce-vitest-')))
  opened.push(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
  symlinkSync(library, join(folder, 'node_modules/cce-policy'))
  for (const [name, text] of Object.entries({ 'reporter.js': REPORTER, ...files })) write(folder, name, text)
  return folder
}

export function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

export interface Running {
  readonly process: ChildProcess
  /** The next line of the output that `read` makes something of. */
  readonly next: <Found>(read: (line: string) => Found | undefined) => Promise<Found>
  readonly output: () => string
}

export function vitest(folder: string, args: readonly string[]): Running {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined, VITEST: undefined }
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], { cwd: folder, env })
  opened.push(() => child.kill('SIGKILL'))
  const lines: string[] = []
  let rest = ''
  let wake: () => void = () => undefined
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
      wake()
    })
  }
  let isOver = false
  child.on('close', () => {
    isOver = true
    wake()
  })
  let read = 0
  return {
    process: child,
    output: () => lines.join('\n'),
    next: async (find) => {
      for (;;) {
        while (read < lines.length) {
          const found = find(lines[read++] as string)
          if (found !== undefined) return found
        }
        if (isOver) throw new Error(`vitest ended:\n${lines.join('\n')}`)
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}

export type Results = Readonly<Record<string, string>>

export const results = (line: string): Results | undefined =>
  line.startsWith('RESULTS ') ? (JSON.parse(line.slice('RESULTS '.length)) as Results) : undefined

export function over({ process: child }: Running): Promise<number | null> {
  return new Promise((resolve) => void child.on('close', resolve))
}
