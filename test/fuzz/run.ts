/**
 * `npm run fuzz [-- [--target <name>] [--minutes <n>] [--seed <n>] [--case <n>] [--out <dir>]]`: mutated inputs into everything
 * that takes input. Failures are made smaller, printed, and saved with `--out`; each kind is told once. `--case` runs one case.
 */
import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { HAS_SHARED } from './corpus.js'
import { kindOf, shrink } from './shrink.js'
import { type Target, makeInput, tryInput } from './target.js'
import { TARGETS } from './targets/index.js'
import type { Report } from './worker.js'

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    case: { type: 'string' },
    out: { type: 'string' },
  },
})

/** Ten cases that take longer than this hang. The machine may be busy: it is generous. */
const PATIENCE_MS = 60_000
const MEMORY_MB = 2048

const chosen = TARGETS.filter(({ name }) => values.target === undefined || name === values.target)
if (chosen.length === 0) {
  console.log(`there is no target \`${values.target}\`: ${TARGETS.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}
console.log(`seed ${values.seed}${HAS_SHARED ? '' : '; ../shared is absent, so mutations begin with the texts of this repository'}`)
const seed = Number(values.seed)
let found = 0
for (const target of chosen) {
  if (values.case === undefined) await fuzz(target, (Number(values.minutes) * 60_000) / chosen.length)
  else {
    const input = makeInput(target, seed, Number(values.case))
    await report(target, Number(values.case), await tryInput(target, input))
  }
}
console.log(`${found} failures`)
process.exit(found === 0 ? 0 : 1)

async function fuzz(target: Target, forMs: number): Promise<void> {
  const end = Date.now() + forMs
  const known = new Set<string>()
  let next = 0
  while (Date.now() < end) {
    const { place, ending, findings } = await runWorker(target, next, end)
    for (const one of findings) {
      const failure = Object.assign(new Error(one.message), { name: one.name, stack: one.stack })
      if (known.has(kindOf(failure))) continue
      known.add(kindOf(failure))
      await report(target, one.place, failure)
    }
    if (ending === 'time is up') {
      next = place
      break
    }
    console.log(`=== ${target.name}: ${ending} within ten cases from ${place} on (seed ${seed})`)
    found++
    next = place + 10
  }
  console.log(`${target.name}: ${next} cases, ${known.size} kinds of failures`)
}

interface WorkerEnd {
  readonly place: number
  readonly ending: string
  readonly findings: readonly Extract<Report, { kind: 'found' }>[]
}

function runWorker(target: Target, start: number, end: number): Promise<WorkerEnd> {
  const worker = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [target.name, String(seed), String(start)], {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${MEMORY_MB}`],
  })
  const findings: Extract<Report, { kind: 'found' }>[] = []
  let place = start
  return new Promise((resolve) => {
    let ending: string | undefined
    let timer = setTimeout(() => undefined, 0)
    const stop = (why: string): void => {
      ending ??= why
      worker.kill('SIGKILL')
    }
    const wait = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => stop('hangs'), PATIENCE_MS)
    }
    wait()
    worker.on('message', (message) => {
      wait()
      const said = message as Report
      if (said.kind === 'begins') place = said.place
      else findings.push(said)
      if (Date.now() > end) stop('time is up')
    })
    worker.on('exit', (code, signal) => {
      clearTimeout(timer)
      resolve({ place, ending: ending ?? `ended with ${code ?? signal}`, findings })
    })
  })
}

async function report(target: Target, place: number, failure: Error | undefined): Promise<void> {
  if (failure === undefined) return
  found++
  const smallest = await shrink(target, makeInput(target, seed, place), failure)
  const shown = typeof smallest === 'string' ? JSON.stringify(smallest) : Buffer.from(smallest).toString('hex')
  console.log(`\n=== ${target.name}, seed ${seed}, case ${place}\n${failure.stack?.split('\n').slice(0, 12).join('\n')}`)
  console.log(`--- ${smallest.length} long: ${shown.length > 1500 ? `${shown.slice(0, 1500)}…` : shown}\n`)
  if (values.out === undefined) return
  mkdirSync(values.out, { recursive: true })
  writeFileSync(join(values.out, `${target.name}-${seed}-${place}.${target.form}`), smallest)
}
