/** Every known deviation from OPA is as it is told, and every row of the known defects is proven by one. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { opaBinary } from '../support/opa.js'
import type { Verdict } from './answers.js'
import { compareAll, compareVerdicts } from './compare.js'
import { readDeviations } from './deviation.js'
import { KNOWN_DEFECTS, isExplainedBy } from './known-defects/index.js'
import { OpaEngine } from './opa-engine.js'
import { answerOurselves } from './own-engines.js'

const DEVIATIONS = readDeviations()
const DOCUMENTED = readFileSync(new URL('../../docs/differences.md', import.meta.url), 'utf8').split(/\n(?=[-|#]|$)/)

describe('known deviations', () => {
  test.each(DEVIATIONS)('$name: $reason', async ({ case: one, answer, found, row }) => {
    const { wasm, interpreter } = await answerOurselves(one)
    expect(wasm).toEqual(found)
    const { differences, reasons } = compareAll(one, answer, wasm, interpreter)
    expect(differences.filter(({ what }) => what === 'engines' || what === 'crash')).toEqual([])
    if (row === null) {
      // Nothing that excuses others may excuse it: it is told by its case alone, or is no difference of verdict.
      expect(compareVerdicts(one, answer, wasm, interpreter).differences).toEqual(differences)
      expect(differences.length > 0 || reasons !== undefined).toBe(true)
    } else {
      expect(differences).not.toEqual([])
      expect(differences.filter((difference) => !isExplainedBy(row, one, difference))).toEqual([])
    }
  })

  test.each(DEVIATIONS)('$name is told in docs/differences.md', ({ told }) => {
    expect(DOCUMENTED.filter((line) => line.includes(told)).length).toBe(1)
  })

  test.each(KNOWN_DEFECTS)('prove: $name', ({ name }) => {
    expect(DEVIATIONS.filter(({ row }) => row === name)).not.toEqual([])
  })

  test('are counted', () => {
    const [theirs, ours, neither] = (['OPA', 'ours', 'neither'] as const).map((who) => {
      return DEVIATIONS.filter(({ mistake }) => mistake === who).length
    })
    const rows = new Set(DEVIATIONS.flatMap(({ row }) => row ?? []))
    const mistakes = `${theirs} mistakes of OPA, ${ours} of ours, ${neither} of neither`
    console.log(`${DEVIATIONS.length} known deviations: ${mistakes}; they prove ${rows.size} rows of known defects`)
    expect(rows).toEqual(new Set(KNOWN_DEFECTS.map(({ name }) => name)))
  })
})

const told = opaBinary === undefined ? '' : execFileSync(opaBinary, ['version'], { encoding: 'utf8' })
const version = /^Version: (\S+)/.exec(told)?.[1] ?? 'none'

// Skipped where there is no `opa` on the search path, in ~/go/bin, or in $OPA, or where it is not the release that is told of.
describe.skipIf(!version.startsWith('1.22.'))(`OPA 1.22 (there is ${version})`, () => {
  const opa = new OpaEngine(opaBinary ?? 'opa')
  afterAll(() => opa.stop())

  test.each(DEVIATIONS)('says of $name what is told', { timeout: 60_000 }, async ({ case: one, answer }) => {
    expect(inOrder(await opa.answer(one))).toEqual(inOrder(answer))
  })
})

/** In what order, and how often, OPA says the same of a policy depends on the order of its maps. */
function inOrder(verdict: Verdict): unknown {
  return verdict.kind === 'refused' ? { ...verdict, message: [...new Set(verdict.message.split('; '))].sort() } : verdict
}
