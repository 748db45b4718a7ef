/**
 * Stand-ins for the builtins that reach out of an evaluation, as far as the public cases go: they refuse requests that are
 * not valid and answer what needs no network.
 */
import { isIP } from 'node:net'
import { BuiltinError, type HostFunction } from '../../src/builtins/context.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'

const REQUEST_MEMBERS = new Set(['method', 'url', 'body', 'raw_body', 'headers', 'timeout', 'raise_error'])

const httpSend: HostFunction = (_context, request) => {
  const names = request instanceof RegoObject ? request.entries.map(([name]) => name) : []
  const unknown = names.filter((name) => typeof name !== 'string' || !REQUEST_MEMBERS.has(name))
  if (unknown.length > 0) throw typeError(`invalid request parameters(s): ${writeValueText(RegoSet.of(unknown))}`)
  const missing = ['method', 'url'].filter((name) => !names.includes(name))
  if (missing.length > 0) throw typeError(`missing required request parameters(s): ${writeValueText(RegoSet.of(missing))}`)
  throw new BuiltinError('eval_builtin_error', 'there is no network here')
}

const lookupAddress: HostFunction = (_context, name) => {
  if (name === 'localhost') return RegoSet.of(['127.0.0.1'])
  if (typeof name === 'string' && isIP(name) !== 0) return RegoSet.of([name])
  throw new BuiltinError('eval_builtin_error', 'there is no network here')
}

function typeError(message: string): BuiltinError {
  return new BuiltinError('eval_type_error', message)
}

export const HOST_FUNCTIONS: Readonly<Record<string, HostFunction>> = {
  'http.send': httpSend,
  'net.lookup_ip_addr': lookupAddress,
  'opa.runtime': () => RegoObject.of([]),
  // Sleeping is for a test of the clock, which stands still within one evaluation anyway.
  'test.sleep': (): RegoValue => null,
}

/** How `test.sleep` is declared; it is no builtin of the language. */
export const TEST_SLEEP = { args: [{ kind: 'string' }], result: { kind: 'null' } } as const
