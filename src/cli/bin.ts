#!/usr/bin/env node
/** The program `cce`: connects the process to `main`. */
import { setFlagsFromString } from 'node:v8'
import { EXIT } from './exit-code.js'
import { systemMessage } from './file-problem.js'
import { main } from './main.js'

/**
 * A command is over before V8's optimizing compiler has earned what it takes: it is to wait for what runs really often. What
 * the flag is called, by the major version of V8; an unknown one would be complained about.
 */
const PATIENCE: Readonly<Record<string, string>> = {
  11: '--interrupt-budget=2000000',
  12: '--invocation-count-for-turbofan=20000',
  13: '--invocation-count-for-turbofan=20000',
}
const patience = PATIENCE[parseInt(process.versions.v8, 10)]
if (patience !== undefined) setFlagsFromString(patience)

const { stdin, stdout, stderr, env } = process
const isTerminal = stdout.isTTY === true
const forced = env['FORCE_COLOR'] ?? ''

let interruption: AbortSignal | undefined

/** Whoever asks for the signal ends in good order; as long as nobody does, an interrupt ends the program at once. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  return stop.signal
}

/** Whether something could not be written that somebody is waiting for. */
let isCut = false

/** A reader that closes the pipe early (`cce … | head`) has seen enough: the rest is not written. All else is told. */
function writerOf(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true
  stream.on('error', (error) => {
    isOpen = false
    if (isCut || stream === stderr || ('code' in error && error.code === 'EPIPE')) return
    isCut = true
    stderr.write(`error: the standard output cannot be written: ${systemMessage(error)}\n`)
    process.exitCode = EXIT.input
  })
  return (text) => {
    if (isOpen) stream.write(text)
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

const exitCode = await main(process.argv.slice(2), {
  out: writerOf(stdout),
  err: writerOf(stderr),
  readStdin,
  cwd: process.cwd(),
  env,
  color: (env['NO_COLOR'] ?? '') === '' && (forced === '' ? isTerminal && env['TERM'] !== 'dumb' : forced !== '0'),
  isTerminal: isTerminal && stderr.isTTY === true,
  get signal() {
    return (interruption ??= interrupted())
  },
})
process.exitCode = isCut ? EXIT.input : exitCode
