/** The program itself, as a process: streams, pipes, interrupts and exit codes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { createFolder } from '../support/run-cli.js'

const program = fileURLToPath(new URL('../../src/cli/bin.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = createFolder({ 'a.rego': 'package a\n\np := 1\n', 'wrong.rego': 'package a\n\np := x\n' })
afterAll(folder.remove)

function start(argv: readonly string[]): ChildProcess & { readonly said: () => { out: string; err: string } } {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...argv.map((word) => word.replace('@', folder.path))], {
    cwd: root,
  })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
  return Object.assign(child, { said: () => ({ out, err }) })
}

async function run(
  argv: readonly string[],
  stdin = '',
): Promise<{ code: number | null; signal: string | null; out: string; err: string }> {
  const child = start(argv)
  child.stdin?.end(stdin)
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return { code, signal, ...child.said() }
}

describe('the process', () => {
  test.each([
    [['check', '@/a.rego'], 0],
    [['check', '@/wrong.rego'], 1],
    [['check', '--nope'], 2],
    [['check', '@/nope.rego'], 3],
  ])('%j ends with its exit code', async (argv, code) => {
    expect((await run(argv)).code).toBe(code)
  })

  test('reads the standard input and writes large results whole', async () => {
    const input = JSON.stringify(Array.from({ length: 50_000 }, (_, at) => `row ${at}`))
    const { code, out } = await run(['eval', '-I', '-f', 'raw', 'input'], input)
    expect([code, out]).toEqual([0, `${input}\n`])
  })

  test('a reader that has seen enough is no error', async () => {
    const child = start(['eval', '-f', 'values', 'x := numbers.range(1, 20000)[_]'])
    child.stdout?.once('data', () => child.stdout?.destroy())
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect([code, signal, child.said().err]).toEqual([0, null, ''])
  })

  test('an interrupt ends it while it evaluates', async () => {
    const child = start(['eval', 'count([1 | numbers.range(1, 10000000)[_] >= numbers.range(1, 10000000)[_]])'])
    setTimeout(() => child.kill('SIGINT'), 3000)
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
    expect([code, signal]).toEqual([null, 'SIGINT'])
  })
})
