/** The engines that answer batches of calls: the server of OPA, and compiled modules. */
import { tryCompileRego } from '../../../src/compile.js'
import { RegoEvalError } from '../../../src/errors.js'
import { loadRego } from '../../../src/load/load.js'
import { parseJson } from '../../../src/value/json.js'
import { RegoObject, type RegoValue, isArray } from '../../../src/value/value.js'
import { OpaServer } from '../opa-server.js'
import { BATCH, type BuiltinCall, type CallOutcome, batchModule, ruleOf } from './batch.js'

const WORK = 50_000_000
const MEMORY = 256 * 2 ** 20

/** A batch that an engine does not take. */
export class RefusedBatch extends Error {
  override readonly name = 'RefusedBatch'
}

/** OPA's server; one that does not answer, or is gone, is replaced. */
export class OpaBatches {
  #server: OpaServer | undefined

  constructor(readonly binary: string) {}

  async answer(calls: readonly BuiltinCall[]): Promise<readonly CallOutcome[]> {
    const outcomes: CallOutcome[] = []
    for (const place of calls.keys()) {
      try {
        const server = this.#server ?? (await this.#start(calls))
        if (place === 0) await load(server, calls)
        const reply = await server.request('POST', `/v1/data/${BATCH}/${ruleOf(place)}?strict-builtin-errors=true`, '{}')
        outcomes.push(outcomeOf(parseJson(reply.body)))
      } catch (error) {
        if (error instanceof RefusedBatch) throw error
        this.stop()
        outcomes.push({ kind: 'error', code: 'no answer', message: String(error) })
      }
    }
    return outcomes
  }

  stop(): void {
    this.#server?.stop()
    this.#server = undefined
  }

  async #start(calls: readonly BuiltinCall[]): Promise<OpaServer> {
    this.#server = await OpaServer.start(this.binary, 'v0')
    await load(this.#server, calls)
    return this.#server
  }
}

async function load(server: OpaServer, calls: readonly BuiltinCall[]): Promise<void> {
  const { status, body } = await server.request('PUT', '/v1/policies/batch', batchModule(calls))
  if (status !== 200) throw new RefusedBatch(body)
}

function outcomeOf(reply: RegoValue): CallOutcome {
  const result = field(reply, 'result')
  if (typeof result === 'string') return { kind: 'results', text: result }
  const errors = field(reply, 'errors')
  const first = errors !== undefined && isArray(errors) ? errors[0] : reply
  return { kind: 'error', code: String(field(first, 'code')), message: String(field(first, 'message')) }
}

function field(value: RegoValue | undefined, name: string): RegoValue | undefined {
  return value instanceof RegoObject ? value.get(name) : undefined
}

export async function answerOurselves(calls: readonly BuiltinCall[]): Promise<readonly CallOutcome[]> {
  const result = tryCompileRego({
    modules: { batch: batchModule(calls) },
    entrypoints: calls.map((_, place) => `${BATCH}/${ruleOf(place)}`),
    regoVersion: 'v0',
    strictBuiltinErrors: true,
  })
  if (!result.ok) throw new RefusedBatch(result.diagnostics.map(({ message }) => message).join('\n'))
  const policy = await loadRego(result.compiled, { budget: { work: WORK, memoryBytes: MEMORY } })
  return calls.map((_, place) => {
    try {
      return { kind: 'results', text: String(policy.evaluate(`${BATCH}/${ruleOf(place)}`, undefined)) }
    } catch (error) {
      if (error instanceof RegoEvalError) return { kind: 'error', code: error.code, message: error.message }
      throw error
    }
  })
}
