/** `cce` as a process: what becomes of its output where nobody takes it. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))

/** Runs a command line with a standard output, and gives the exit code and what it says on the other one. */
function runWith(stdout: number | 'closed', argv: readonly string[]): Promise<readonly [code: number | null, err: string]> {
  const child = spawn(process.execPath, ['--import', 'tsx', BIN, ...argv], {
    stdio: ['ignore', stdout === 'closed' ? 'pipe' : stdout, 'pipe'],
  })
  child.stdout?.destroy()
  let err = ''
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve([code, err])))
}

test.skipIf(!existsSync('/dev/full'))('an output that is full is told, and no success', async () => {
  const full = openSync('/dev/full', 'w')
  expect(await runWith(full, ['eval', '1'])).toEqual([3, 'error: the standard output cannot be written: there is no space left\n'])
  closeSync(full)
})

test('a reader that has seen enough is no fault', async () => {
  expect(await runWith('closed', ['eval', 'numbers.range(1, 20000)'])).toEqual([0, ''])
})
