/** A process of its own for one target: it may hang, or run out of memory, and is then begun anew by `run.ts`. */
import { TARGETS } from './targets/index.js'
import { makeInput, tryInput } from './target.js'

/** What a worker says: which case it begins, and what it found. */
export type Report =
  | { readonly kind: 'begins'; readonly place: number }
  | { readonly kind: 'found'; readonly place: number; readonly name: string; readonly message: string; readonly stack: string }

const [, , name, seed = '0', start = '0'] = process.argv
const target = TARGETS.find((one) => one.name === name)
if (target === undefined || process.send === undefined) throw new Error('to be started by run.ts')

const send = process.send.bind(process)
let failures = 0
for (let place = Number(start); ; place++) {
  const input = makeInput(target, Number(seed), place)
  if (place % 10 === 0 || place === Number(start)) send({ kind: 'begins', place } satisfies Report)
  const failure = await tryInput(target, input)
  if (failure !== undefined && failures++ < 1000)
    send({ kind: 'found', place, name: failure.name, message: failure.message, stack: failure.stack ?? '' } satisfies Report)
  // The messages have to get out, and a request to end has to get in.
  if (place % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
}
