/** A fixed number of mutated inputs into every target; `npm run fuzz` runs more. */
import { expect, test } from 'vitest'
import { HAS_SHARED } from './corpus.js'
import { makeInput, tryInput } from './target.js'
import { TARGETS } from './targets/index.js'

const SEED = 20_261

test.skipIf(!HAS_SHARED)(HAS_SHARED ? 'the corpus is whole' : 'seeds of ../shared (skipped: it is absent; own texts only)', () => {
  for (const { seeds } of TARGETS) expect(seeds().length).toBeGreaterThan(0)
})

test.each(TARGETS)('$runs cases of $name', async (target) => {
  for (let place = 0; place < target.runs; place++) {
    const failure = await tryInput(target, makeInput(target, SEED, place))
    if (failure !== undefined) throw new Error(`case ${place} of seed ${SEED}: ${failure.message}`, { cause: failure })
  }
})
