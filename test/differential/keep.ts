/**
 * `npx tsx test/differential/keep.ts <name> <note> <file>`: keep what the runner has written with `--out` as a case, with the
 * answer that OPA gives to it.
 */
import { readFileSync } from 'node:fs'
import { opaBinary } from '../support/opa.js'
import type { DifferentialCase } from './case.js'
import { keepCase } from './kept-case.js'
import { OpaEngine } from './opa-engine.js'

const [name, note, file] = process.argv.slice(2)
if (name === undefined || note === undefined || file === undefined || opaBinary === undefined) {
  console.error('usage: keep.ts <name> <note> <file>, with `opa` on the search path, in ~/go/bin, or in $OPA')
  process.exit(2)
}
const { case: one } = JSON.parse(readFileSync(file, 'utf8')) as { readonly case: DifferentialCase }
const opa = new OpaEngine(opaBinary)
keepCase({ name, note, case: one, answer: await opa.answer(one) })
opa.stop()
