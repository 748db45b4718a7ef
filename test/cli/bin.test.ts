/** `cce` as a process: what becomes of its output where nobody takes it. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createFolder } from '../support/run-cli.js'

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

test('tests run in threads', () => {
  const rules = ['test_a if true', 'test_b := x if some x in [1]', 'test_c if true', 'todo_test_d if true']
  const folder = createFolder({ 'a_test.rego': ['package a_test', ...rules].join('\n') })
  const [alone, together] = ['1', '2'].map((threads) => {
    const argv = ['--import', 'tsx', BIN, 'test', folder.path, '--parallel', threads, '--format', 'json']
    return spawnSync(process.execPath, argv, { encoding: 'utf8' }).stdout.replace(/"duration\w*": \d+/g, '')
  })
  folder.remove()
  expect(alone).toContain('test_b')
  expect(together).toBe(alone)
})
