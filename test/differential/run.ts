/**
 * `npm run test:differential [-- [--cases <n>] [--seed <n>] [--minutes <n>] [--out <dir>]]`: random cases, answered by OPA,
 * by compiled modules and by the interpreter. Differences are shrunk, printed and, with `--out`, written to files.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { opaBinary } from '../support/opa.js'
import { type DifferentialCase, writeCase } from './case.js'
import { type CompareOptions, type Comparison, compareCase } from './compare.js'
import { arbitraryCase } from './generate/case.js'
import { OpaEngine } from './opa-engine.js'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    minutes: { type: 'string', default: '1000000' },
    out: { type: 'string' },
    ignore: { type: 'string', default: '' },
    findings: { type: 'string', default: '50' },
  },
})

if (opaBinary === undefined) {
  console.log('skipped: there is no `opa` on the search path, in ~/go/bin, or in $OPA')
  process.exit(0)
}

const CHUNK = 200
/** So many smaller cases are tried for each difference. */
const MOST_SHRINKS = 600

const wanted = Number(values.cases)
const end = Date.now() + Number(values.minutes) * 60_000
const options: CompareOptions = { ignoredCodes: new Set(values.ignore.split(',').filter((code) => code !== '')) }
const opa = new OpaEngine(opaBinary)
const totals: Record<string, number> = { answered: 0, refused: 0, ignored: 0, exhausted: 0, values: 0, undefined: 0 }
let done = 0
let found = 0

console.log(`seed ${values.seed}`)
for (let chunk = 0; done < wanted && Date.now() < end && found < Number(values.findings); chunk++) {
  const runs = Math.min(CHUNK, wanted - done)
  const seed = Number(values.seed) + chunk
  const failure = await runChunk(seed, runs)
  if (failure !== undefined) report(seed, failure)
  if (chunk % 5 === 0) console.log(`${done} cases, ${found} differences, ${JSON.stringify(totals)}`)
}
opa.stop()
console.log(`${done} cases, ${found} differences, ${JSON.stringify(totals)}`)
process.exitCode = found === 0 ? 0 : 1

interface Failure {
  readonly case: DifferentialCase
  readonly comparison: Comparison
}

async function runChunk(seed: number, runs: number): Promise<Failure | undefined> {
  let failure: Failure | undefined
  let shrinks = 0
  const property = fc.asyncProperty(arbitraryCase, async (one) => {
    if (failure === undefined) done++
    // A failure of everything brings shrinking to its end in a few steps.
    else if (shrinks++ > MOST_SHRINKS) throw new Error('enough')
    const comparison = await compareCase(one, opa, options)
    if (failure === undefined) totals[comparison.outcome] = (totals[comparison.outcome] ?? 0) + 1
    const kinds = failure?.comparison.differences.map(({ what }) => what)
    if (comparison.differences.some(({ what }) => kinds?.includes(what) ?? true)) {
      failure = { case: one, comparison }
      throw new Error('different')
    }
  })
  await fc.check(property, { seed, numRuns: runs })
  return failure
}

function report(seed: number, { case: one, comparison }: Failure): void {
  found++
  console.log(`\n=== seed ${seed}`)
  console.log(writeCase(one))
  for (const { what, question, wanted: want, found: have } of comparison.differences.slice(0, 4)) {
    console.log(`${what} ${question?.document ?? one.query ?? ''}\n  OPA:  ${want.slice(0, 600)}\n  ours: ${have.slice(0, 600)}`)
  }
  if (values.out === undefined) return
  mkdirSync(values.out, { recursive: true })
  writeFileSync(join(values.out, `${seed}.json`), JSON.stringify({ case: one, differences: comparison.differences }, null, 2))
}
