/**
 * Calls of builtins with arguments that nobody expects: the module and the implementations in TypeScript give the same value,
 * or none, within the budget.
 */
import { BuiltinError, BuiltinLimitError, createBuiltinContext } from '../../../src/builtins/context.js'
import { hostFunction, prepareBuiltins } from '../../../src/builtins/host.js'
import { BUILTINS } from '../../../src/builtins/table.js'
import { tryCompileRego } from '../../../src/compile.js'
import { RegoEvalError } from '../../../src/errors.js'
import { loadRego } from '../../../src/load/load.js'
import type { RegoPolicy } from '../../../src/load/rego-policy.js'
import { ValueSyntaxError } from '../../../src/value/reader.js'
import { parseValueText, writeValueText } from '../../../src/value/text.js'
import { type RegoValue, isArray } from '../../../src/value/value.js'
import { builtinCalls } from '../corpus.js'
import { Finding, type Target } from '../target.js'
import { LOOSE_NUMBER, canonical, depthOf, withoutSurrogates } from './values.js'

const NOW = 1_700_000_000_123_456_789n
const SEED = new Uint8Array(32)
const WORK = 5_000_000
/** Deeper arguments are not read by the module. */
const MAX_DEPTH = 1000

export const BUILTIN_CALLS: Target = {
  name: 'builtins',
  form: 'text',
  seeds: builtinCalls,
  runs: 4000,
  run: async (text) => {
    const call = readCall(text)
    if (call === undefined) return
    const { name, args } = call
    const policy = await policyFor(name, args.length)
    if (policy === undefined) return
    const there = answerOf(policy, `[${args.map(writeValueText).join(', ')}]`)
    const here = answerHere(name, args)
    if (policy.evaluateText('p/steady') !== 'true') throw new Finding('the instance is no longer what it was')
    if (here === EXHAUSTED || there === EXHAUSTED || here === there) return
    throw new Finding(`module ${there.slice(0, 300)}, here ${here.slice(0, 300)}`)
  },
}

const EXHAUSTED = 'exhausted'

function readCall(text: string): { readonly name: string; readonly args: readonly RegoValue[] } | undefined {
  const [, name = '', list = ''] = /^([a-z0-9_.]+)\(([^]*)\)/.exec(text) ?? []
  if (!BUILTINS.has(name) || /^(?:internal\.|http|net\.lookup|opa\.runtime|rego\.metadata|trace|print|eq$|assign|walk$)/.test(name)) return undefined
  try {
    if (LOOSE_NUMBER.test(list)) return undefined
    const args = parseValueText(withoutSurrogates(`[${list}]`))
    return isArray(args) && depthOf(list) < MAX_DEPTH ? { name, args } : undefined
  } catch (error) {
    if (error instanceof ValueSyntaxError) return undefined
    throw error
  }
}

const policies = new Map<string, RegoPolicy | undefined>()

async function policyFor(name: string, arity: number): Promise<RegoPolicy | undefined> {
  const key = `${name}/${arity}`
  if (!policies.has(key)) {
    const args = Array.from({ length: arity }, (_, place) => `input[${place}]`).join(', ')
    const result = tryCompileRego({
      modules: { 'p.rego': `package p\n\nvalue := ${name}(${args})\n\nsteady if count([1, 2]) == 2\n` },
      entrypoints: ['p/value', 'p/steady'],
    })
    const policy = result.ok
      ? await loadRego(result.compiled, { clock: () => NOW, seed: () => SEED, budget: { work: WORK, memoryBytes: 256 << 20 } })
      : undefined
    policies.set(key, policy)
    await prepareBuiltins([name])
  }
  return policies.get(key)
}

function answerOf(policy: RegoPolicy, input: string): string {
  try {
    const result = policy.evaluateValueText('p/value', input).slice('{{"result": '.length, -2)
    return result === '' ? 'undefined' : canonical(result)
  } catch (error) {
    if (!(error instanceof RegoEvalError)) throw error
    if (error.code === 'eval_budget_error') return EXHAUSTED
    throw error
  }
}

function answerHere(name: string, args: readonly RegoValue[]): string {
  let left = WORK
  const context = createBuiltinContext({
    nowNs: NOW,
    seed: SEED,
    spend: (units) => {
      left -= units
      if (left < 0) throw new BuiltinLimitError('too much work')
    },
  })
  try {
    const result = hostFunction(name)?.(context, ...args)
    return result === undefined ? 'undefined' : canonical(writeValueText(result))
  } catch (error) {
    if (error instanceof BuiltinLimitError) return EXHAUSTED
    if (error instanceof BuiltinError) return 'undefined'
    throw error
  }
}
