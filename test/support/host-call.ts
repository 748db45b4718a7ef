/**
 * Calls of builtins in TypeScript, written as in Rego: `substring("abc", 1, 2)`. Arguments and outcomes are value text; the
 * other outcomes are `undefined`, `type error` and `builtin error`.
 */
import { type BuiltinContext, BuiltinError, createBuiltinContext } from '../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../src/builtins/host.js'
import { parseValueText, writeValueText } from '../../src/value/text.js'
import { type RegoValue, isArray } from '../../src/value/value.js'

/** The same time and the same seed for every call. */
export const FIXED_CONTEXT: BuiltinContext = createBuiltinContext({ nowNs: 1_700_000_000_123_456_789n, seed: new Uint8Array(32) })

export async function callHost(call: string, context = FIXED_CONTEXT): Promise<string> {
  const match = /^([a-z0-9_.]+)\((.*)\)$/s.exec(call)
  if (match === null) throw new Error(`not a call: ${call}`)
  const [, name = '', text = ''] = match
  const args = parseValueText(`[${text}]`)
  if (!isArray(args)) throw new Error(`malformed arguments: ${text}`)
  try {
    const result = await hostResult(name, args, context)
    return result === undefined ? 'undefined' : writeValueText(result)
  } catch (error) {
    if (error instanceof BuiltinError) return error.code === 'eval_type_error' ? 'type error' : 'builtin error'
    throw error
  }
}

/** Calls a builtin with values. */
export async function hostResult(
  name: string,
  args: readonly RegoValue[],
  context = FIXED_CONTEXT,
): Promise<RegoValue | undefined> {
  await prepareBuiltins([name])
  const implementation = hostFunction(name)
  if (implementation === undefined) throw new Error(`no implementation: ${name}`)
  return implementation(context, ...args)
}
