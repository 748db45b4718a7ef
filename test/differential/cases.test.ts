/** Every difference from OPA that was found and settled stays settled. */
import { afterAll, describe, expect, test } from 'vitest'
import { opaBinary } from '../support/opa.js'
import { compareVerdicts } from './compare.js'
import { readKeptCases } from './kept-case.js'
import { OpaEngine } from './opa-engine.js'
import { answerOurselves } from './own-engines.js'

const CASES = readKeptCases()

describe('kept cases', () => {
  test.each(CASES)('$name: $note', async ({ case: one, answer }) => {
    const { wasm, interpreter } = await answerOurselves(one)
    const { differences, reasons } = compareVerdicts(one, answer, wasm, interpreter)
    expect({ differences, reasons }).toEqual({ differences: [], reasons: undefined })
  })

  test('are there', () => {
    expect(CASES.length).toBeGreaterThan(0)
  })
})

// Skipped where there is no `opa` on the search path, in ~/go/bin, or in $OPA.
describe.skipIf(opaBinary === undefined)('OPA', () => {
  const opa = new OpaEngine(opaBinary ?? 'opa')
  afterAll(() => opa.stop())

  test('still gives the answers that are kept', { timeout: 60_000 }, async () => {
    for (const { name, case: one, answer } of CASES) expect({ name, answer: await opa.answer(one) }).toEqual({ name, answer })
  })
})
