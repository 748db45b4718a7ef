/** What callers of a loaded policy pass, and what they are told where it does not fit. */
import { nearestPath } from '../diagnostics/nearest.js'
import { RegoEvalError, type RegoEvalErrorCode } from '../errors.js'
import { text as isText } from '../options.js'

/** JSON text of a value; undefined stays so. */
export function jsonText(value: unknown, what: string): string | undefined {
  if (value === undefined) return undefined
  const code: RegoEvalErrorCode = 'eval_input_error'
  try {
    const text = JSON.stringify(value) as string | undefined
    if (text !== undefined) return text
  } catch (cause) {
    throw new RegoEvalError(code, `invalid ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
  throw new RegoEvalError(code, `invalid ${what}: a ${typeof value} has no JSON form`)
}

/** The error for a name that no entrypoint has. Paths are often written as in Rego, with dots and below `data`. */
export function noEntrypoint(name: string, known: Iterable<string>): RegoEvalError {
  isText(name, 'entrypoint')
  const nearest = nearestPath(name.replace(/^data[./]/, '').replaceAll('.', '/'), known)
  const advice = nearest === undefined ? '' : `; did you mean \`${nearest}\`?`
  return new RegoEvalError('eval_entrypoint_error', `there is no entrypoint \`${name}\`${advice}`)
}
