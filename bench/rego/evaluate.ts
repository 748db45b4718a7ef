/**
 * Evaluation of our own small policies: our module through `RegoPolicy` and under the plain SDK, the official module under
 * the same SDK, and the official evaluator with a prepared query (which, other than a module, gets input that has been read
 * and does not write its result).
 */
import { isDeepStrictEqual } from 'node:util'
import { compileRego, loadRego } from 'cce-policy'
import { benchWithOpa, buildWithOpa, findOpa, loadUnderSdk } from '../opa-wasm.js'
import { geometricMean, microsecondsOfEach, micro, printRows, ratio } from '../support.js'
import { BENCH_POLICIES, type BenchPolicy } from './policies.js'

export async function benchEvaluation(): Promise<void> {
  const opa = findOpa()
  console.log('Evaluation of small policies (µs of one evaluation)')
  const rows: string[][] = []
  const ratios: number[] = []
  for (const policy of BENCH_POLICIES) {
    const { ours, sdk, official } = await measure(policy, opa)
    const prepared = opa === undefined ? undefined : benchWithOpa(opa, policy.text, documentOf(policy), policy.input, policy.data ?? {})
    if (official !== undefined) ratios.push(official / sdk)
    rows.push([policy.name, micro(ours), micro(sdk), micro(official), micro(prepared), ratio(official, sdk), ratio(prepared, ours)])
  }
  printRows(['policy', 'ours', 'ours, SDK', 'opa wasm, SDK', 'opa', 'opa wasm / ours', 'opa / ours'], rows)
  if (ratios.length > 0) {
    console.log(`opa wasm / ours, both under the SDK: geometric mean ${geometricMean(ratios).toFixed(2)}x, least ${Math.min(...ratios).toFixed(2)}x\n`)
  } else console.log('no `opa` binary: the official evaluators were left out\n')
}

interface Figures {
  readonly ours: number
  readonly sdk: number
  readonly official: number | undefined
}

async function measure({ name, text, entrypoint, input, data = {} }: BenchPolicy, opa: string | undefined): Promise<Figures> {
  const modules = { 'policy.rego': text }
  const compiled = compileRego({ modules, entrypoints: [entrypoint] })
  const policy = await loadRego(compiled)
  policy.setData(data)
  const under = [await loadUnderSdk(compiled), ...(opa === undefined ? [] : [await loadUnderSdk(buildWithOpa(opa, modules, [entrypoint]))])]
  for (const one of under) one.setData(data)
  const answers = under.map((one) => one.evaluate(input, entrypoint))
  const expected = [{ result: policy.evaluate(entrypoint, input) }]
  if (!isDeepStrictEqual(answers[0], expected)) throw new Error(`${name}: our module gives two answers`)
  if (answers.length > 1 && !isDeepStrictEqual(ordered(answers[1]), ordered(expected))) {
    throw new Error(`${name}: ours is ${JSON.stringify(expected)}, the official module's ${JSON.stringify(answers[1])}`)
  }
  const [ours = 0, sdk = 0, official] = microsecondsOfEach([
    () => policy.evaluate(entrypoint, input),
    ...under.map((one) => () => one.evaluate(input, entrypoint)),
  ])
  return { ours, sdk, official }
}

function documentOf({ entrypoint }: BenchPolicy): string {
  return `data.${entrypoint.replaceAll('/', '.')}`
}

/** A result with lists in an order of their own: the official module lists sets by hash. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => JSON.stringify(ordered(one))).sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, member]) => [key, ordered(member)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
