/**
 * What comes out of a module or the SDK when an evaluation fails, as errors of ours.
 */
import { type EvalLocation, RegoEvalError, type RegoEvalErrorCode } from '../errors.js'

/** Codes by how a message of `opa_abort` begins, the place in front of it not counted. */
const CODES: readonly (readonly [start: string, code: RegoEvalErrorCode])[] = [
  ['var assignment conflict', 'eval_conflict_error'],
  ['object insert conflict', 'eval_conflict_error'],
  ['eval_type_error: ', 'eval_type_error'],
  ['eval_builtin_error: ', 'eval_builtin_error'],
  ['budget exceeded', 'eval_budget_error'],
  ['value nested too deeply', 'eval_budget_error'],
  ['invalid input', 'eval_input_error'],
]

const PLACE = /^(.*?):(\d+):(\d+)(?:: |$)/s

/** A failure on the host's side of a builtin call, on its way through the module. */
export class HostFailure extends Error {
  override readonly name = 'HostFailure'

  readonly place: EvalLocation | undefined

  constructor(
    readonly code: RegoEvalErrorCode,
    message: string,
    details: { readonly place: EvalLocation | undefined; readonly cause?: unknown },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.place = details.place
  }
}

/** The error for whatever an evaluation threw. */
export function toEvalError(thrown: unknown): RegoEvalError {
  if (thrown instanceof RegoEvalError) return thrown
  if (typeof thrown === 'string') return abortError(repairText(thrown))
  if (thrown instanceof HostFailure)
    return new RegoEvalError(thrown.code, thrown.message, { location: thrown.place, cause: thrown.cause })
  if (isStackOverflow(thrown)) return new RegoEvalError('eval_budget_error', 'budget exceeded: call depth', { cause: thrown })
  const message = thrown instanceof Error ? thrown.message : String((thrown as { readonly message?: unknown }).message ?? thrown)
  return new RegoEvalError('eval_internal_error', `internal: ${message}`, { cause: thrown })
}

/** `file:row:col` at the start of a text, and what follows. */
export function splitPlace(text: string): { readonly location: EvalLocation | undefined; readonly rest: string } {
  const match = PLACE.exec(text)
  if (match === null) return { location: undefined, rest: text }
  const [whole, file = '', row, col] = match
  return { location: { file, row: Number(row), col: Number(col) }, rest: text.slice(whole.length) }
}

function abortError(text: string): RegoEvalError {
  const { location, rest } = splitPlace(text)
  const found = CODES.find(([start]) => rest.startsWith(start))
  if (found === undefined) return new RegoEvalError('eval_internal_error', text)
  const [start, code] = found
  return new RegoEvalError(code, start.endsWith(': ') ? rest.slice(start.length) : rest, { location })
}

/** The SDK makes a character of each byte, and of those above 0x7f one from 0xff80 on. */
function repairText(text: string): string {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** V8 and JavaScriptCore throw a RangeError, SpiderMonkey an error of its own kind. */
function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof Error && /call stack|too much recursion/i.test(thrown.message)
}
