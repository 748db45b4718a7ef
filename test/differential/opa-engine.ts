/**
 * The real OPA: through its server, or, where the server refuses base documents below the paths of rules, through
 * `opa eval`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseJson, writeJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { type Answer, type Engine, type Question, type Verdict, questionsOf, solutionsText } from './answers.js'
import type { DifferentialCase } from './case.js'
import { OpaServer, type Reply } from './opa-server.js'

const PROCESS_MS = 30_000

export class OpaEngine implements Engine {
  readonly #servers = new Map<'v0' | 'v1', OpaServer>()

  constructor(readonly binary: string) {}

  async answer(one: DifferentialCase): Promise<Verdict> {
    try {
      return await this.#answerByServer(await this.#server(one.version), one)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      this.stop()
      return { kind: 'exhausted', message: error.message }
    }
  }

  stop(): void {
    for (const server of this.#servers.values()) server.stop()
    this.#servers.clear()
  }

  async #server(version: 'v0' | 'v1'): Promise<OpaServer> {
    const server = this.#servers.get(version) ?? (await OpaServer.start(this.binary, version))
    this.#servers.set(version, server)
    return server
  }

  async #answerByServer(server: OpaServer, one: DifferentialCase): Promise<Verdict> {
    const placed: string[] = []
    try {
      await expectSuccess(server.request('PUT', '/v1/data', one.data))
      for (const [place, text] of one.modules.entries()) {
        const name = `/v1/policies/m${place}`
        const reply = await server.request('PUT', name, text)
        if (reply.status !== 200) {
          if (reply.body.includes('conflicting rule for data path')) return evaluateByProcess(this.binary, one)
          return refusalOf(parseJson(reply.body))
        }
        placed.unshift(name)
      }
      const answers: Answer[] = []
      for (const question of questionsOf(one)) answers.push(await ask(server, one, question))
      return { kind: 'answers', answers }
    } finally {
      for (const name of placed) await server.request('DELETE', name)
    }
  }
}

async function expectSuccess(reply: Promise<Reply>): Promise<void> {
  const { status, body } = await reply
  if (status >= 300) throw new Error(`OPA answers ${status}: ${body}`)
}

async function ask(server: OpaServer, one: DifferentialCase, { document, input }: Question): Promise<Answer> {
  const inputMember = input === null ? '' : `"input":${input}`
  if (document === undefined) {
    const query = `"query":${JSON.stringify(one.query)}`
    return answerOf(await server.request('POST', '/v1/query', `{${[query, inputMember].filter((part) => part !== '').join(',')}}`), true)
  }
  const path = document.split('.').slice(1).join('/')
  return answerOf(await server.request('POST', `/v1/data/${path}${one.strictBuiltinErrors ? '?strict-builtin-errors=true' : ''}`, `{${inputMember}}`), false)
}

function answerOf({ status, body }: Reply, isQuery: boolean): Answer {
  const reply = parseJson(body)
  if (status === 400) return refusalOf(reply)
  if (status !== 200) return errorOf(reply)
  const result = field(reply, 'result')
  if (isQuery) return { kind: 'value', text: solutionsText(list(result)) }
  return result === undefined ? { kind: 'undefined' } : { kind: 'value', text: writeJson(result) }
}

function refusalOf(reply: RegoValue): Extract<Verdict, { kind: 'refused' }> {
  const errors = list(field(reply, 'errors'))
  return {
    kind: 'refused',
    codes: [...new Set(errors.map((error) => text(field(error, 'code'))))].sort(),
    message: errors.map((error) => `${text(field(field(error, 'location'), 'row'))}: ${text(field(error, 'message'))}`).join('; ') || text(field(reply, 'message')),
  }
}

function errorOf(reply: RegoValue): Answer {
  const [first] = list(field(reply, 'errors'))
  return { kind: 'error', code: text(field(first, 'code')), message: text(field(first, 'message')) || text(field(reply, 'message')) }
}

/** One process for each question. */
function evaluateByProcess(binary: string, one: DifferentialCase): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'opa-case-'))
  try {
    writeFileSync(join(folder, 'data.json'), one.data)
    for (const [place, module] of one.modules.entries()) writeFileSync(join(folder, `m${place}.rego`), module)
    const answers: Answer[] = []
    for (const question of questionsOf(one)) {
      const answer = evaluateOne(binary, folder, one, question)
      if (answer.kind === 'refused' && question.document !== undefined) return answer
      answers.push(answer)
    }
    return { kind: 'answers', answers }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function evaluateOne(binary: string, folder: string, one: DifferentialCase, { document, input }: Question): Answer {
  const flags = ['eval', '--format', 'json', '--data', join(folder, 'data.json')]
  for (const place of one.modules.keys()) flags.push('--data', join(folder, `m${place}.rego`))
  if (one.version === 'v0') flags.push('--v0-compatible')
  if (one.strictBuiltinErrors && document !== undefined) flags.push('--strict-builtin-errors')
  if (input !== null) flags.push('--stdin-input')
  const query = document === undefined ? (one.query ?? '') : `result = ${document}`
  const { stdout } = spawnSync(binary, [...flags, query], { input: input ?? '', encoding: 'utf8', timeout: PROCESS_MS, maxBuffer: 1 << 28 })
  if (stdout === '') return { kind: 'exhausted', message: '`opa eval` says nothing' }
  const reply = parseJson(stdout)
  const codes = list(field(reply, 'errors')).map((error) => text(field(error, 'code')))
  if (codes.some((code) => code.startsWith('rego_'))) return refusalOf(reply)
  if (codes.length > 0) return errorOf(reply)
  const solutions = list(field(reply, 'result')).map((solution) => field(solution, 'bindings') ?? RegoObject.of([]))
  if (document === undefined) return { kind: 'value', text: solutionsText(solutions) }
  const result = field(solutions[0], 'result')
  return result === undefined ? { kind: 'undefined' } : { kind: 'value', text: writeJson(result) }
}

function field(value: RegoValue | undefined, name: string): RegoValue | undefined {
  return value instanceof RegoObject ? value.get(name) : undefined
}

function list(value: RegoValue | undefined): readonly RegoValue[] {
  return Array.isArray(value) ? (value as readonly RegoValue[]) : []
}

function text(value: RegoValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : writeJson(value)
}
