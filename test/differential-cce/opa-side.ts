/** The same modules, state and questions put to the real OPA. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FRAMEWORK_SOURCES } from '../../src/cce/framework-sources.generated.js'
import { guestData } from '../../src/cce/guest-data.js'
import type { FragmentModule } from '../../src/enforce/engine.js'
import { cutItems, cutMembers } from '../../src/enforce/json-text.js'
import { compareValues } from '../../src/value/compare.js'
import { parseJson } from '../../src/value/json.js'
import { OpaServer } from '../differential/opa-server.js'
import type { Event, Outcome } from './recording.js'

export class OpaSide {
  readonly #placed = new Map<string, string>()

  private constructor(readonly server: OpaServer) {}

  static async start(binary: string): Promise<OpaSide> {
    const folder = mkdtempSync(join(tmpdir(), 'opa-framework-'))
    try {
      const files = Object.entries(FRAMEWORK_SOURCES).map(([name, text]) => {
        const file = join(folder, name.replaceAll('/', '-'))
        writeFileSync(file, text)
        return file
      })
      return new OpaSide(await OpaServer.start(binary, 'v1', files))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  stop(): void {
    this.server.stop()
  }

  /** Takes up another policy. @returns the classes of errors if it does not compile */
  async usePolicy(text: string, os: 'linux' | 'windows'): Promise<readonly string[]> {
    for (const name of [...this.#placed.keys()]) await this.#remove(name)
    for (const [name, value] of Object.entries(guestData(os))) await this.#put(`/v1/data/${name}`, JSON.stringify(value))
    await this.server.request('DELETE', '/v1/policies/policy.rego')
    return this.#place('policy.rego', text)
  }

  /** What differs from each of the recorded events, in their order; undefined where nothing does. */
  async differencesFrom(events: readonly Event[]): Promise<readonly (string | undefined)[]> {
    const found: (string | undefined)[] = []
    for (let at = 0; at < events.length; ) {
      const event = events[at] as Event
      const codes = await this.#useFragments(event.fragments)
      if (event.kind === 'compile') {
        const isSame = codes.join() === event.codes.join()
        found.push(isSame ? undefined : `compiling: OPA ${codes.join() || 'accepts'}, ours ${event.codes.join() || 'accepts'}`)
        at++
        continue
      }
      const batch = batchAt(events, at)
      for (const [place, outcome] of (await this.#askAll(batch)).entries()) {
        const { entrypoint, outcome: ours } = batch[place] as Question
        found.push(isSame(outcome, ours) ? undefined : `${entrypoint}: OPA ${JSON.stringify(outcome)}, ours ${JSON.stringify(ours)}`)
      }
      at += batch.length
    }
    return found
  }

  /** All in one query; if one of them fails, each by itself. */
  async #askAll(questions: readonly Question[]): Promise<readonly Outcome[]> {
    const query = questions.map(({ entrypoint, input, metadata }, place) => {
      const document = `data.${entrypoint.replaceAll('/', '.')}`
      return `r${place} = [x | x = ${document} with input as ${input} with data.metadata as ${metadata}]`
    })
    const { status, body } = await this.server.request('POST', '/v1/query', `{"query":${JSON.stringify(query.join('\n'))}}`)
    if (status === 200) {
      const solution = solutionOf(body)
      const texts = questions.map((_question, place) => cutItems(solution.get(`r${place}`) ?? '[]')[0])
      return texts.map((text) => (text === undefined ? { kind: 'undefined' } : { kind: 'value', text }))
    }
    const outcomes: Outcome[] = []
    for (const question of questions) outcomes.push(await this.#ask(question))
    return outcomes
  }

  async #ask({ entrypoint, input, metadata }: Question): Promise<Outcome> {
    await this.#put('/v1/data/metadata', metadata)
    const { status, body } = await this.server.request('POST', `/v1/data/${entrypoint}`, `{"input":${input}}`)
    const reply = cutMembers(body)
    const result = reply.get('result')
    if (status === 200) return result === undefined ? { kind: 'undefined' } : { kind: 'value', text: result }
    const { errors, code } = JSON.parse(body) as { errors?: { code: string }[]; code?: string }
    return { kind: 'error', code: errors?.[0]?.code ?? code ?? String(status) }
  }

  async #useFragments(fragments: readonly FragmentModule[]): Promise<readonly string[]> {
    const wanted = new Map(fragments.map(({ namespace, text }) => [`${namespace}.rego`, text]))
    for (const name of [...this.#placed.keys()]) if (name !== 'policy.rego' && this.#placed.get(name) !== wanted.get(name)) await this.#remove(name)
    for (const [name, text] of wanted) {
      if (this.#placed.get(name) === text) continue
      const codes = await this.#place(name, text)
      if (codes.length > 0) return codes
    }
    return []
  }

  async #place(name: string, text: string): Promise<readonly string[]> {
    const { status, body } = await this.server.request('PUT', `/v1/policies/${name}`, text)
    if (status === 200) {
      this.#placed.set(name, text)
      return []
    }
    const { errors = [] } = JSON.parse(body) as { errors?: { code: string }[] }
    return [...new Set(errors.map(({ code }) => code))].sort()
  }

  async #remove(name: string): Promise<void> {
    await this.server.request('DELETE', `/v1/policies/${name}`)
    this.#placed.delete(name)
  }

  async #put(path: string, text: string): Promise<void> {
    const { status, body } = await this.server.request('PUT', path, text)
    if (status >= 300) throw new Error(`OPA answers ${status} to ${path}: ${body}`)
  }
}

type Question = Extract<Event, { kind: 'question' }>

/** Questions in a row under the same fragments, not too many. */
function batchAt(events: readonly Event[], start: number): readonly Question[] {
  const batch: Question[] = []
  const { fragments } = events[start] as Event
  for (let at = start; at < events.length && batch.length < BATCH; at++) {
    const event = events[at] as Event
    if (event.kind !== 'question' || event.fragments !== fragments) break
    batch.push(event)
  }
  return batch
}

const BATCH = 40

/** The one solution of a query: texts by variable. */
function solutionOf(body: string): ReadonlyMap<string, string> {
  const [solution = '{}'] = cutItems(cutMembers(body).get('result') ?? '[]')
  return cutMembers(solution)
}

function isSame(opa: Outcome, ours: Outcome): boolean {
  if (opa.kind === 'value' && ours.kind === 'value') return opa.text === ours.text || compareValues(parseJson(opa.text), parseJson(ours.text)) === 0
  if (opa.kind === 'error' && ours.kind === 'error') return opa.code === ours.code
  return opa.kind === ours.kind
}
