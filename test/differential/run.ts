/**
 * `npm run test:differential [-- [--cases <n>] [--seed <n>] [--minutes <n>] [--out <dir>]]`: random cases, answered by OPA,
 * by compiled modules and by the interpreter. Case n comes from the seed plus n alone, so that `--seed <n> --cases 1` repeats
 * it. Of each sort of difference the first is shrunk and printed; all are counted and, with `--out`, written to files. Cases
 * that both refuse for different reasons are no differences: they are counted by sort, and written too.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { opaBinary } from '../support/opa.js'
import { type DifferentialCase, writeCase } from './case.js'
import { type Comparison, compareCase } from './compare.js'
import { arbitraryCase } from './generate/case.js'
import { OpaEngine } from './opa-engine.js'
import { outlineReasons, signatureOf } from './signature.js'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    minutes: { type: 'string', default: '1000000' },
    out: { type: 'string' },
    shrinks: { type: 'string', default: '300' },
  },
})

if (opaBinary === undefined) {
  console.log('skipped: there is no `opa` on the search path, in ~/go/bin, or in $OPA')
  process.exit(0)
}

interface Failure {
  readonly case: DifferentialCase
  readonly comparison: Comparison
}

const PROGRESS_EVERY = 1000

const wanted = Number(values.cases)
const firstSeed = Number(values.seed)
/** So many smaller cases are tried for each sort of difference. */
const mostShrinks = Number(values.shrinks)
const end = Date.now() + Number(values.minutes) * 60_000
const opa = new OpaEngine(opaBinary)
const outcomes: Record<string, number> = {}
/** Seeds by sorts: of differences, and of different reasons. */
const sorts = new Map<string, number[]>()
const sortsOfReasons = new Map<string, number[]>()
let done = 0
let different = 0

console.log(`seed ${firstSeed}`)
while (done < wanted && Date.now() < end) {
  const seed = firstSeed + done++
  const [one] = fc.sample(arbitraryCase, { seed, numRuns: 1 }) as [DifferentialCase]
  let comparison = await compareCase(one, opa)
  if (comparison.differences.length > 0) {
    // Now and then a server remembers types of the policies that it had before.
    opa.stop()
    comparison = await compareCase(one, opa)
  }
  outcomes[comparison.outcome] = (outcomes[comparison.outcome] ?? 0) + 1
  if (comparison.differences.length > 0) {
    different++
    const sort = signatureOf(comparison)
    if (!sorts.has(sort)) report(seed, sort, await shrink(seed, sort, { case: one, comparison }))
    else keep(seed, sort, { case: one, comparison })
    count(sorts, sort, seed)
  } else if (comparison.reasons !== undefined) {
    const sort = outlineReasons(comparison.reasons)
    keep(seed, sort, { case: one, comparison })
    count(sortsOfReasons, sort, seed)
  }
  if (done % PROGRESS_EVERY === 0) console.log(summary())
}
opa.stop()
console.log(`\n${summary()}`)
printSorts(sorts)
if (sortsOfReasons.size > 0) console.log('\nrefused by both, for different reasons:')
printSorts(sortsOfReasons)
process.exitCode = different === 0 ? 0 : 1

function summary(): string {
  const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`)
  return `${done} cases: ${counts.join(', ')}; ${different} with differences, of ${sorts.size} sorts`
}

function count(into: Map<string, number[]>, sort: string, seed: number): void {
  into.set(sort, [...(into.get(sort) ?? []), seed])
}

function printSorts(all: ReadonlyMap<string, readonly number[]>): void {
  for (const [sort, seeds] of [...all].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${seeds.length} x ${sort}\n    seeds ${seeds.slice(0, 5).join(', ')}`)
  }
}

/** The smallest case with the same sort of difference. */
async function shrink(seed: number, sort: string, whole: Failure): Promise<Failure> {
  let smallest = whole
  let tried = 0
  const property = fc.asyncProperty(arbitraryCase, async (one) => {
    // A failure of everything brings shrinking to its end in a few steps.
    if (tried++ > mostShrinks) throw new Error('enough')
    const comparison = await compareCase(one, opa)
    if (signatureOf(comparison) !== sort) return
    smallest = { case: one, comparison }
    throw new Error('different')
  })
  if (mostShrinks > 0) await fc.check(property, { seed, numRuns: 1 })
  return smallest
}

function report(seed: number, sort: string, failure: Failure): void {
  console.log(`\n=== seed ${seed}\n${writeCase(failure.case)}`)
  for (const { what, question, wanted: want, found } of failure.comparison.differences.slice(0, 4)) {
    console.log(`${what} ${question?.document ?? failure.case.query ?? ''}\n  OPA:  ${want.slice(0, 600)}\n  ours: ${found.slice(0, 600)}`)
  }
  keep(seed, sort, failure)
}

function keep(seed: number, sort: string, { case: one, comparison: { differences, reasons } }: Failure): void {
  if (values.out === undefined) return
  mkdirSync(values.out, { recursive: true })
  writeFileSync(join(values.out, `${seed}.json`), JSON.stringify({ sort, case: one, differences, reasons }, null, 2))
}
