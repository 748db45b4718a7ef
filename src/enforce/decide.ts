/**
 * One decision from start to end: rule, defaults, reason, grant. Whatever goes wrong on the way is a denial.
 */
import type { DenialCode, DenialReason, Decision, Denied, JsonObject } from './decision.js'
import { deny } from './decision.js'
import { REASON_ENTRYPOINT } from './engine.js'
import { GrantFault, readGrant } from './grant.js'
import { cutMembers, joinMembers } from './json-text.js'
import type { PointRow } from './points.js'
import { ResolveFault, askRule, resolvePoint } from './resolve.js'
import type { Session } from './session.js'

/** Asks the policy. `inputText` is the text of `input`, a JSON object. */
export function decide(session: Session, point: string, row: PointRow | undefined, input: JsonObject, inputText: string): Decision {
  try {
    const { members, allowed } = resolvePoint(session.engine, session.store, point, inputText)
    const document = new ResultDocument(point, joinMembers(members))
    if (allowed) return grantTo(session, point, row, input, document)
    return denied(document, askReason(session, point, inputText))
  } catch (error) {
    if (error instanceof ResolveFault) return deny(point, error.code, error.message)
    return deny(point, 'eval_internal_error', error instanceof Error ? error.message : String(error))
  }
}

/** The result document, read into JavaScript values when somebody looks. */
class ResultDocument {
  #result: JsonObject | undefined

  constructor(
    readonly point: string,
    readonly resultText: string,
  ) {}

  get result(): JsonObject {
    this.#result ??= JSON.parse(this.resultText) as JsonObject
    return this.#result
  }
}

function grantTo(session: Session, point: string, row: PointRow | undefined, input: JsonObject, document: ResultDocument): Decision {
  const containerID = typeof input.containerID === 'string' ? input.containerID : undefined
  try {
    const fields = row?.grant ?? []
    const grant =
      fields.length === 0
        ? {}
        : readGrant(fields, {
            input,
            result: document.result,
            storedStdioAccess: containerID !== undefined && session.stdioAccess.get(containerID) === true,
          })
    if (point === 'create_container' && containerID !== undefined) {
      session.stdioAccess.set(containerID, grant.allowStdioAccess === true)
    }
    return withDocument({ point, allowed: true as const, ...grant }, document)
  } catch (error) {
    if (!(error instanceof GrantFault)) throw error
    return denied(document, { ...deny(point, 'result_document', error.message).reason })
  }
}

function denied(document: ResultDocument, reason: DenialReason): Denied {
  return withDocument({ point: document.point, allowed: false as const, reason }, document)
}

/** Adds the result document; it is read from its text only when asked for. */
function withDocument<Answer extends object>(
  answer: Answer,
  document: ResultDocument,
): Answer & { readonly result: JsonObject; readonly resultText: string } {
  return Object.defineProperties(answer, {
    result: { enumerable: true, get: () => document.result },
    resultText: { enumerable: true, value: document.resultText },
  }) as Answer & { readonly result: JsonObject; readonly resultText: string }
}

/** Queries `data.policy.reason` with the same input and the name of the point as `rule`. */
function askReason(session: Session, point: string, inputText: string): DenialReason {
  const question = joinMembers(new Map([...cutMembers(inputText), ['rule', JSON.stringify(point)]]))
  try {
    const { members, metadata } = askRule(session.engine, session.store, REASON_ENTRYPOINT, question)
    const document = metadata === undefined ? members : new Map([...members, ['metadata', metadata]])
    const text = document.size === 0 ? undefined : joinMembers(document)
    return refusal(point, text, undefined)
  } catch (error) {
    return refusal(point, undefined, error instanceof ResolveFault ? error.code : 'eval_internal_error')
  }
}

function refusal(point: string, text: string | undefined, reasonFailure: DenialCode | undefined): DenialReason {
  const document = text === undefined ? undefined : (JSON.parse(text) as JsonObject)
  const listed = document?.errors
  const errors = Array.isArray(listed) ? listed.filter((one): one is string => typeof one === 'string') : []
  return {
    code: 'denied',
    message: `${point} denied by policy${errors.length === 0 ? '' : `: ${errors.join('; ')}`}`,
    errors,
    document,
    documentText: text,
    reasonFailure,
    policyError: undefined,
  }
}
