/**
 * `npm run test:model [-- --traces <n> --steps <n> --seed <n>]`: random traces that the model records, replayed through the
 * enforcer. Prints what differs, and how often each point was decided in which way.
 */
import { parseArgs } from 'node:util'
import { replay } from '../vectors/replay.js'
import { readVectorFile } from '../vectors/vector-file.js'
import { recordTrace } from './generate/trace.js'

const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '100' },
    steps: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
})

const totals = { traces: 0, refused: 0, steps: 0, different: 0 }
const counts = new Map<string, number>()
console.log(`seed ${values.seed}`)
for (let trace = 0; trace < Number(values.traces) && totals.different < 20; trace++) {
  const seed = Number(values.seed) + trace
  const recorded = recordTrace(seed, Number(values.steps))
  const outcomes = await replay(readVectorFile(recorded.text))
  // A policy whose types do not fit is refused as a whole; the model does not know types.
  if (outcomes[0]?.place === -1) {
    totals.refused++
    continue
  }
  totals.traces++
  totals.steps += outcomes.length
  for (const [what, times] of recorded.counts) counts.set(what, (counts.get(what) ?? 0) + times)
  const bad = outcomes.find((one) => one.differences.length > 0)
  if (bad === undefined) continue
  totals.different++
  const step = recorded.text.split('\n').filter((line) => line.startsWith('  '))[bad.place]
  console.log(`\n=== seed ${seed}, step ${bad.place} ${bad.point}\n${step}\n${bad.differences.join('\n')}\n`)
}
console.log(
  [...counts]
    .sort()
    .map((count) => count.join(' '))
    .join(', '),
)
console.log(`${totals.traces} traces, ${totals.steps} steps, ${totals.different} different, ${totals.refused} policies refused`)
process.exitCode = totals.different === 0 ? 0 : 1
