/** Random calls of builtins by their signatures. */
import fc from 'fast-check'
import { BUILTINS } from '../../../src/builtins/table.js'
import type { BuiltinRow } from '../../../src/builtins/signature.js'
import { RegoObject, RegoSet, type RegoValue, isArray } from '../../../src/value/value.js'
import { arbitraryOperands } from '../../support/arbitrary-operands.js'
import type { BuiltinCall } from './batch.js'

/**
 * Left out: what reaches out of an evaluation or says something about it, what depends on the clock or on chance, and what
 * only the compiler calls.
 */
const LEFT_OUT = [
  /^(?:http\.send|net\.lookup_ip_addr|opa\.runtime|rego\.metadata\..*|trace|print)$/,
  /^(?:time\.now_ns|rand\..*|uuid\.rfc4122|assign|eq|internal\..*)$/,
]

/** So many calls of each builtin. */
export function randomCalls(seed: number, runs: number): readonly BuiltinCall[] {
  const rows = [...BUILTINS.values()].filter(({ name }) => !LEFT_OUT.some((pattern) => pattern.test(name)))
  return rows.flatMap((row, place) => callsOf(row, seed + place, runs))
}

function callsOf({ name, args }: BuiltinRow, seed: number, runs: number): readonly BuiltinCall[] {
  if (args.length === 0) return []
  const operands = fc.sample(arbitraryOperands(name, args), { seed, numRuns: runs })
  return operands.map((values) => ({ name, args: values.map(termText) }))
}

/** A value as a term of the language, in which strings are those of JSON. */
function termText(value: RegoValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(termText).join(', ')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.items.map(termText).join(', ')}}`
  if (value instanceof RegoObject) return `{${value.entries.map((entry) => entry.map(termText).join(': ')).join(', ')}}`
  return value.text
}
