/**
 * `npm run differential:builtins [-- [--calls <file>] [--runs <n>] [--seed <n>] [--only <prefix>] [--messages]]`: calls of
 * builtins, random ones by their signatures or those of a file, answered by OPA and by compiled modules. Differences are
 * printed; with `--messages` also those between the messages of errors of one code. `--record <file>` keeps OPA's answers. The
 * last line has the totals.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { opaBinary } from '../../support/opa.js'
import { type BuiltinCall, type CallOutcome, showOutcome } from './batch.js'
import { OpaBatches, RefusedBatch, answerOurselves } from './engines.js'
import { randomCalls } from './generate.js'
import { readCalls } from './read-calls.js'

const { values } = parseArgs({
  options: {
    calls: { type: 'string' },
    runs: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    only: { type: 'string', default: '' },
    messages: { type: 'boolean', default: false },
    record: { type: 'string' },
  },
})

if (opaBinary === undefined) {
  console.log('skipped: there is no `opa` on the search path, in ~/go/bin, or in $OPA')
  process.exit(0)
}

const BATCH_SIZE = 250
const opa = new OpaBatches(opaBinary)
const all =
  values.calls === undefined
    ? randomCalls(Number(values.seed), Number(values.runs))
    : readCalls(readFileSync(values.calls, 'utf8'))
const calls = all.filter(({ name }) => name.startsWith(values.only))
const counts = { compared: 0, different: 0, messages: 0, refused: 0 }
const record: string[] = []

if (values.calls === undefined) console.log(`seed ${values.seed}`)
for (let from = 0; from < calls.length; from += BATCH_SIZE) await compare(calls.slice(from, from + BATCH_SIZE))
opa.stop()
if (values.record !== undefined) writeFileSync(values.record, record.join(''))
const { compared, different, messages, refused } = counts
console.log(`${compared} calls compared, ${different} differences, ${messages} other messages, ${refused} refused`)
process.exitCode = different === 0 ? 0 : 1

async function compare(batch: readonly BuiltinCall[]): Promise<void> {
  try {
    const [wanted, found] = [await opa.answer(batch), await answerOurselves(batch)]
    for (const [place, call] of batch.entries()) report(call, wanted[place] as CallOutcome, found[place] as CallOutcome)
  } catch (error) {
    if (!(error instanceof RefusedBatch)) throw error
    // One call spoils the batch: the halves tell which.
    const half = batch.length >> 1
    if (half > 0) for (const part of [batch.slice(0, half), batch.slice(half)]) await compare(part)
    else {
      counts.refused++
      console.log(`${batch.map(textOf).join()}\n  refused: ${cut(error.message.replace(/\s+/g, ' '), 300)}`)
    }
  }
}

function report(call: BuiltinCall, wanted: CallOutcome, found: CallOutcome): void {
  counts.compared++
  record.push(`${textOf(call)}\n  ${showOutcome(wanted)}\n`)
  const [left, right] = [showOutcome(wanted), showOutcome(found)]
  if (left === right) return
  const isMessage = wanted.kind === 'error' && found.kind === 'error' && wanted.code === found.code
  counts[isMessage ? 'messages' : 'different']++
  if (!isMessage || values.messages) console.log(`${textOf(call)}\n  OPA:  ${cut(left)}\n  ours: ${cut(right)}`)
}

function textOf({ name, args }: BuiltinCall): string {
  return `${name}(${args.join(', ')})`
}

function cut(text: string, most = 1500): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
