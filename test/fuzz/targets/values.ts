/**
 * JSON and value text into the module and into the readers in TypeScript, which have to agree; bytes that are no UTF-8 into the
 * module's readers alone.
 */
import { compileRego } from '../../../src/compile.js'
import { RegoEvalError } from '../../../src/errors.js'
import { loadRegoSync } from '../../../src/load/load.js'
import type { RegoPolicy } from '../../../src/load/rego-policy.js'
import { isJson, parseJson, writeJson } from '../../../src/value/json.js'
import { ValueSyntaxError } from '../../../src/value/reader.js'
import { parseValueText, writeValueText } from '../../../src/value/text.js'
import { type Runtime, createRuntime } from '../../support/runtime-harness.js'
import { builtinCalls, jsonTexts } from '../corpus.js'
import { Finding, type Target } from '../target.js'

/** What an evaluation says that is asked between all others. */
const STEADY = '{"allowed":[1,2,3],"n":12345678901234567890}'

let policy: RegoPolicy | undefined

function thePolicy(): RegoPolicy {
  policy ??= loadRegoSync(
    compileRego({
      modules: { 'p.rego': `package p\n\nvalue := input\n\nstored := data.x\n\nsteady := ${STEADY}\n` },
      entrypoints: ['p/value', 'p/stored', 'p/steady'],
    }),
    { budget: { work: 10_000_000, memoryBytes: 256 << 20 } },
  )
  return policy
}

export const JSON_TEXT: Target = {
  name: 'json',
  form: 'text',
  seeds: jsonTexts,
  runs: 1000,
  run: (text) => {
    isJson(text)
    const here = read(() => writeJson(parseJson(text)))
    const there = ask((one) => {
      one.setDataText(`{"x": ${text}}`)
      return one.evaluateText('p/stored')
    })
    // In braces a text may be cut off and go on behind them; on its own it must be whole.
    if (!/["}]/.test(text)) agree(here, there, depthOf(text))
    expectSteady()
  },
}

export const VALUE_TEXT: Target = {
  name: 'value-text',
  form: 'text',
  seeds: () => builtinCalls().map((call) => `[${call.slice(call.indexOf('(') + 1, -1)}]`),
  runs: 1000,
  run: (mutated) => {
    const text = withoutSurrogates(mutated)
    const here = read(() => canonical(writeValueText(parseValueText(text))))
    const there = ask((one) => {
      const result = one.evaluateValueText('p/value', text)
      return canonical(result.slice('{{"result": '.length, -2))
    })
    // Numbers as in `.5` and `007` are for the reader here alone: results of OPA have them.
    if (there !== undefined || !LOOSE_NUMBER.test(text)) agree(here, there, depthOf(text))
    expectSteady()
  },
}

/** Half a surrogate pair is a raw byte here and no character there; that is for `json` and `bytes`. */
export function withoutSurrogates(text: string): string {
  return text.replace(/\\u[dD][89a-fA-F]/g, '\\u00').replace(/\p{Surrogate}/gu, '\ufffd')
}

/** One spelling of all that a value text may be spelt as. */
export function canonical(text: string): string {
  return writeValueText(parseValueText(text))
}

export const LOOSE_NUMBER = /(?<![0-9])(?:\.[0-9]|0[0-9]|[0-9]+\.(?![0-9]))/

let runtime: Runtime | undefined

export const BYTES: Target = {
  name: 'bytes',
  form: 'bytes',
  seeds: () => jsonTexts().map((text) => new TextEncoder().encode(text)),
  runs: 300,
  run: (bytes) => {
    runtime ??= createRuntime(100)
    const top = runtime.call('opa_heap_ptr_get')
    try {
      const value = runtime.parseJson(bytes)
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
      const here = read(() => writeJson(parseJson(text)))
      agree(here, value === 0 ? undefined : runtime.dumpJson(value), depthOf(text))
      const address = runtime.place(bytes).address
      runtime.call('opa_value_parse', address, bytes.length)
      if (runtime.dumpJson(runtime.parseJson(STEADY)) !== STEADY) throw new Finding('the runtime is no longer what it was')
    } finally {
      runtime.call('opa_heap_ptr_set', top)
    }
  },
}

/** The readers here go deeper than those of the module, which stop at 1500. */
function agree(here: string | undefined, there: string | undefined, depth: number): void {
  if (here === there || depth > 1400) return
  throw new Finding(`module ${String(there).slice(0, 200)}, here ${String(here).slice(0, 200)}`)
}

function read(parse: () => string): string | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof ValueSyntaxError) return undefined
    throw error
  }
}

function ask(question: (one: RegoPolicy) => string | undefined): string | undefined {
  try {
    return question(thePolicy())
  } catch (error) {
    if (!(error instanceof RegoEvalError)) throw error
    if (error.code === 'eval_input_error' || error.code === 'eval_budget_error') return undefined
    throw error
  }
}

function expectSteady(): void {
  const answer = thePolicy().evaluateText('p/steady', '{}')
  if (answer !== STEADY) throw new Finding(`the instance is no longer what it was: ${answer}`)
}

export function depthOf(text: string): number {
  let depth = 0
  let most = 0
  for (const char of text) {
    if (char === '[' || char === '{' || char === '(') most = Math.max(most, ++depth)
    else if (char === ']' || char === '}' || char === ')') depth--
  }
  return most
}
