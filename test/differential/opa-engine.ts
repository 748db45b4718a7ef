/** The real OPA, through its server. */
import { parseJson, writeJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'
import { type Answer, type Engine, type Question, type Verdict, questionsOf, solutionsText } from './answers.js'
import type { DifferentialCase } from './case.js'
import { OpaServer, type Reply } from './opa-server.js'

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
          // OPA on its own refuses rules where base documents are; as a library it does not.
          if (reply.body.includes('conflicting rule for data path')) return { kind: 'exhausted', message: 'base documents at rules' }
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
  const answer = answerOf(await server.request('POST', `/v1/data/${path}${one.strictBuiltinErrors ? '?strict-builtin-errors=true' : ''}`, `{${inputMember}}`), false)
  // To the server the path is a query with types, which may exclude it; to us it is a document that is not there.
  const isExcluded = answer.kind === 'error' && answer.message.includes('rego_type_error: undefined ref')
  return isExcluded ? { kind: 'exhausted', message: answer.message } : answer
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
  const errors = list(field(reply, 'errors')).filter((error) => text(field(error, 'message')) !== 'error limit reached')
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

function field(value: RegoValue | undefined, name: string): RegoValue | undefined {
  return value instanceof RegoObject ? value.get(name) : undefined
}

function list(value: RegoValue | undefined): readonly RegoValue[] {
  return Array.isArray(value) ? (value as readonly RegoValue[]) : []
}

function text(value: RegoValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '' : writeJson(value)
}
