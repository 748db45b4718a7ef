/**
 * One decision from start to end: rule, defaults, reason, grant. Whatever goes wrong on the way is a denial.
 */
import { nearestName } from '../diagnostics/nearest.js'
import type { DenialCode, DenialReason, Decision, Denied, JsonObject } from './decision.js'
import { deny } from './decision.js'
import { REASON_ENTRYPOINT } from './engine.js'
import { prepareExplanation } from './explain.js'
import { withExplanation } from './explain/explanation.js'
import { GrantFault, readGrant } from './grant.js'
import { cutMembers, joinMembers } from './json-text.js'
import { messageOf } from './message-of.js'
import { ENFORCEMENT_POINTS, type PointRow } from './points.js'
import { ResolveFault, askRule, resolvePoint } from './resolve.js'
import type { Session } from './session.js'

/** One question. */
export interface Question {
  readonly point: string
  readonly row: PointRow | undefined
  /** A JSON object. */
  readonly input: JsonObject
  /** The same as exact text. */
  readonly inputText: string
  /** Whether the explanation of a denial may show the values of environment variables. */
  readonly showEnvValues: boolean
}

/** Asks the policy. */
export function decide(session: Session, question: Question): Decision {
  const { point, inputText } = question
  try {
    const { members, allowed } = resolvePoint(session.engine, session.store, point, inputText)
    const document = new ResultDocument(point, joinMembers(members))
    if (allowed) return grantTo(session, question, document, () => granted(members))
    return denied(document, askReason(session, question))
  } catch (error) {
    if (error instanceof ResolveFault) return deny(point, error.code, error.message, adviceOn(error, point))
    return deny(point, 'eval_internal_error', messageOf(error))
  }
}

/** Which point may have been meant by one that does not exist. */
function adviceOn({ code }: ResolveFault, point: string): string | undefined {
  if (code !== 'unknown_point') return undefined
  const nearest = nearestName(point, ENFORCEMENT_POINTS)
  return nearest === undefined || nearest === point ? undefined : `did you mean \`${nearest}\`?`
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

/** The members that grants are read from: all but the metadata, which is the bulk of many answers. */
function granted(members: ReadonlyMap<string, string>): JsonObject {
  const rest = new Map(members)
  rest.delete('metadata')
  return JSON.parse(joinMembers(rest)) as JsonObject
}

function grantTo(
  session: Session,
  { point, row, input }: Question,
  document: ResultDocument,
  readMembers: () => JsonObject,
): Decision {
  const containerID = typeof input.containerID === 'string' ? input.containerID : undefined
  try {
    const fields = row?.grant ?? []
    const grant =
      fields.length === 0
        ? {}
        : readGrant(fields, {
            input,
            result: readMembers(),
            storedStdioAccess: containerID !== undefined && session.stdioAccess.get(containerID) === true,
          })
    if (point === 'create_container' && containerID !== undefined) {
      session.stdioAccess.set(containerID, grant.allowStdioAccess === true)
    }
    return withDocument({ point, allowed: true as const, ...grant }, document)
  } catch (error) {
    if (!(error instanceof GrantFault)) throw error
    return denied(document, deny(point, 'result_document', error.message).reason)
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
function askReason(session: Session, question: Question): DenialReason {
  const { point, input, inputText, showEnvValues } = question
  const explained = (reason: ReasonMembers): DenialReason =>
    withExplanation(reason, prepareExplanation(session, point, input, reason.message, showEnvValues))
  const withRule = joinMembers(new Map([...cutMembers(inputText), ['rule', JSON.stringify(point)]]))
  try {
    const { members, metadata } = askRule(session.engine, session.store, REASON_ENTRYPOINT, withRule)
    const document = metadata === undefined ? members : new Map([...members, ['metadata', metadata]])
    const text = document.size === 0 ? undefined : joinMembers(document)
    return explained(refusal(point, text, undefined))
  } catch (error) {
    return explained(refusal(point, undefined, error instanceof ResolveFault ? error.code : 'eval_internal_error'))
  }
}

type ReasonMembers = Omit<DenialReason, 'explanation'>

function refusal(point: string, text: string | undefined, reasonFailure: DenialCode | undefined): ReasonMembers {
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
