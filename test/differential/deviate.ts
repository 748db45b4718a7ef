/**
 * `npx tsx test/differential/deviate.ts <name> <OPA|ours|neither> <told> <reason> <file>`: keep what the runner has written
 * with `--out` as a deviation, with what both say to it. Without arguments: write what both say to all deviations again.
 */
import { readFileSync } from 'node:fs'
import { opaBinary } from '../support/opa.js'
import type { DifferentialCase } from './case.js'
import { compareAll } from './compare.js'
import { type DeviationReason, keepDeviation, readDeviations } from './deviation.js'
import { KNOWN_DEFECTS, isExplainedBy } from './known-defects/index.js'
import { OpaEngine } from './opa-engine.js'
import { answerOurselves } from './own-engines.js'

const [name, mistake, told, reason, file] = process.argv.slice(2)
if (opaBinary === undefined) fail('there is no `opa` on the search path, in ~/go/bin, or in $OPA')
const opa = new OpaEngine(opaBinary)
if (name === undefined) {
  for (const { name: kept, case: one, told: line, mistake: whose, reason: why } of readDeviations()) {
    await keep(kept, one, { told: line, mistake: whose, reason: why })
  }
} else {
  if (told === undefined || reason === undefined || file === undefined) {
    fail('usage: deviate.ts <name> <OPA|ours|neither> <told> <reason> <file>')
  }
  if (mistake !== 'OPA' && mistake !== 'ours' && mistake !== 'neither') fail('a mistake is OPA’s, ours or neither’s')
  const { case: one } = JSON.parse(readFileSync(file, 'utf8')) as { readonly case: DifferentialCase }
  await keep(name, one, { told, mistake, reason })
}
opa.stop()

async function keep(as: string, one: DifferentialCase, why: Omit<DeviationReason, 'row'>): Promise<void> {
  const answer = await opa.answer(one)
  const { wasm, interpreter } = await answerOurselves(one)
  const { differences, reasons } = compareAll(one, answer, wasm, interpreter)
  if (differences.length === 0 && reasons === undefined) fail(`${as}: both say the same`)
  const row = KNOWN_DEFECTS.find((defect) => differences.every((difference) => isExplainedBy(defect.name, one, difference)))
  keepDeviation({ name: as, ...why, row: reasons === undefined ? (row?.name ?? null) : null, case: one, answer, found: wasm })
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
