/**
 * Calls of builtins as one policy: a rule for each call, whose value is the text of the set of what the call gives. Text
 * tells sets from arrays and shows every digit; the set is empty where the call is undefined.
 */

/** The package of a batch. */
export const BATCH = 'batch'

/** The name of the rule of the nth call. */
export function ruleOf(place: number): string {
  return `p${place}`
}

/**
 * The module for calls, in v0, which has the deprecated builtins. Operands go through `object.get`, so that only the
 * evaluation can know their types; a function would do that, too, but remembers `1` as the result for `1.0`.
 */
export function batchModule(calls: readonly BuiltinCall[]): string {
  const rules = calls.map(({ name, args }, place) => {
    const call = `${name}(${args.map((arg) => `object.get({}, 0, ${arg})`).join(', ')})`
    return `${ruleOf(place)} = sprintf("%v", [{x | ${call} = x}])`
  })
  return [`package ${BATCH}`, ...rules, ''].join('\n')
}

/** A builtin and its operands, which are terms of the language without variables. */
export interface BuiltinCall {
  readonly name: string
  readonly args: readonly string[]
}

/** What came of a call: the text of its results, or an error where errors of builtins are fatal. */
export type CallOutcome =
  | { readonly kind: 'results'; readonly text: string }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }

export function showOutcome(outcome: CallOutcome): string {
  return outcome.kind === 'results' ? outcome.text : `${outcome.code}: ${outcome.message}`
}
