/**
 * Calls of native builtins, written as in Rego: `substring("abc", 1, 2)`. Arguments and result are value text.
 */
import { type Runtime, createRuntime } from './runtime-harness.js'

const runtime = createRuntime(20)

/** The text of the result, or undefined. */
export function callBuiltin(call: string): string | undefined {
  return withCall(runtime, call, (result) => (result === 0 ? undefined : runtime.dumpValue(result)))
}

/** Calls a builtin inside an evaluation with so much work and memory (0: any) to spend. */
export function callWithin(call: string, budget: { readonly work?: bigint; readonly memory?: number }): string | undefined {
  const own = createRuntime(20)
  const heap = own.call('opa_heap_ptr_get')
  own.call('rt_eval_begin', 0, 0, 0, heap, 0)
  own.global('rt_fuel').value = budget.work ?? 1n << 62n
  own.global('rt_memory_limit').value = budget.memory ?? 0
  return withCall(own, call, (result) => (result === 0 ? undefined : own.dumpValue(result)))
}

/** As `callBuiltin`, with fatal errors: the message of the error, if there is one. */
export function complaintOf(call: string): string {
  const own = createRuntime()
  own.global('rt_strict').value = 1
  try {
    return withCall(own, call, (result) => (result === 0 ? 'undefined' : own.dumpValue(result)))
  } catch (error) {
    if (error instanceof Error) return error.message
    throw error
  }
}

function withCall<Result>(own: Runtime, call: string, read: (result: number) => Result): Result {
  const match = /^([a-z0-9_.]+)\((.*)\)$/s.exec(call)
  if (match === null) throw new Error(`not a call: ${call}`)
  const [, name = '', args = ''] = match
  const top = own.call('opa_heap_ptr_get')
  try {
    const list = own.parseValue(`[${args}]`)
    if (list === 0) throw new Error(`malformed arguments: ${args}`)
    const count = Number(own.dumpValue(own.call('rt_length', list)))
    const values = Array.from({ length: count }, (_, place) => own.call('rt_get', list, own.call('rt_number_int', BigInt(place))))
    return read(own.call(`rt_builtin_${name.replaceAll('.', '_')}`, ...values))
  } finally {
    own.call('opa_heap_ptr_set', top)
  }
}
