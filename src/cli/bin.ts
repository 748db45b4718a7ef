#!/usr/bin/env node
/** The program `cce`: connects the process to `main`. */
import { main } from './main.js'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
// A reader that closes the pipe early (`cce … | head`) has seen enough.
process.stdout.on('error', () => process.exit(0))

const isTerminal = process.stdout.isTTY === true
process.exitCode = await main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  readStdin,
  cwd: process.cwd(),
  env: process.env,
  color: isTerminal && (process.env['NO_COLOR'] ?? '') === '',
  isTerminal,
  signal: stop.signal,
})

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}
