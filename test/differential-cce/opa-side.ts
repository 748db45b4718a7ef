/** The same modules, state and questions put to the real OPA. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FRAMEWORK_SOURCES } from '../../src/cce/framework-sources.generated.js'
import { guestData } from '../../src/cce/guest-data.js'
import type { FragmentModule } from '../../src/enforce/engine.js'
import { cutMembers } from '../../src/enforce/json-text.js'
import { compareValues } from '../../src/value/compare.js'
import { parseJson } from '../../src/value/json.js'
import { OpaServer } from '../differential/opa-server.js'
import type { Event, Outcome } from './recording.js'

export class OpaSide {
  readonly #placed = new Map<string, string>()
  #metadata = ''

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

  /** What differs from a recorded event; undefined if nothing does. */
  async differenceFrom(event: Event): Promise<string | undefined> {
    const codes = await this.#useFragments(event.fragments)
    if (event.kind === 'compile') {
      return codes.join() === event.codes.join()
        ? undefined
        : `compiling: OPA ${codes.join() || 'accepts'}, ours ${event.codes.join() || 'accepts'}`
    }
    const outcome = await this.#ask(event)
    if (isSame(outcome, event.outcome)) return undefined
    return `${event.entrypoint}: OPA ${JSON.stringify(outcome)}, ours ${JSON.stringify(event.outcome)}`
  }

  async #ask({ entrypoint, input, metadata }: Question): Promise<Outcome> {
    if (metadata !== this.#metadata) await this.#put('/v1/data/metadata', metadata)
    this.#metadata = metadata
    const { status, body } = await this.server.request('POST', `/v1/data/${entrypoint}`, `{"input":${input}}`)
    const reply = cutMembers(body)
    const result = reply.get('result')
    if (status === 200) return result === undefined ? { kind: 'undefined' } : { kind: 'value', text: result }
    const { errors, code } = JSON.parse(body) as { errors?: { code: string }[]; code?: string }
    return { kind: 'error', code: errors?.[0]?.code ?? code ?? String(status) }
  }

  async #useFragments(fragments: readonly FragmentModule[]): Promise<readonly string[]> {
    const wanted = new Map(fragments.map(({ namespace, text }) => [`${namespace}.rego`, text]))
    for (const name of [...this.#placed.keys()])
      if (name !== 'policy.rego' && this.#placed.get(name) !== wanted.get(name)) await this.#remove(name)
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

function isSame(opa: Outcome, ours: Outcome): boolean {
  if (opa.kind === 'value' && ours.kind === 'value')
    return opa.text === ours.text || compareValues(parseJson(opa.text), parseJson(ours.text)) === 0
  if (opa.kind === 'error' && ours.kind === 'error') return opa.code === ours.code
  return opa.kind === ours.kind
}
