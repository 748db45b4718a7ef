/**
 * What plans mean: `test/samples/meaning/<case>/` holds modules, a query, documents and the result set, one solution a line,
 * or the code of the error that evaluation ends in. Where an `opa` binary is found, it has to agree.
 */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PlanEvalError } from '../../src/ir/interpreter/error.js'
import { QUERY_PLAN } from '../../src/plan/entrypoint.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { RegoObject, RegoSet, type RegoValue } from '../../src/value/value.js'
import { planOf } from '../support/compile-plan.js'
import { resultsOf } from '../support/evaluate-plan.js'
import { opaBinary, runOpa } from '../support/opa.js'
import { type Sample, samples } from '../support/samples.js'

describe('our plans', () => {
  samples('meaning', async (sample) => {
    sample.matches('results.txt', await evaluate(sample))
  })
})

describe.skipIf(opaBinary === undefined)('OPA (skipped where no `opa` binary is found)', () => {
  samples('meaning', (sample) => {
    expect(askOpa(sample)).toBe(sample.read('results.txt'))
  })
})

test('no solution is given twice', async () => {
  const plan = planOf({ modules: {}, query: 'x = [1, 1, 2][_]' })
  expect((await resultsOf(plan, QUERY_PLAN)).map(writeJson)).toEqual(['{"x":1}', '{"x":2}'])
})

async function evaluate({ read, list }: Sample): Promise<string> {
  const modules = Object.fromEntries(list('.rego').map((file) => [file, read(file) ?? '']))
  const plan = planOf({ modules, query: read('query.txt') ?? '' })
  const input = read('input.json')
  const data = parseJson(read('data.json') ?? '{}')
  try {
    return print(await resultsOf(plan, QUERY_PLAN, { input: input === undefined ? undefined : parseJson(input), data }))
  } catch (error) {
    if (error instanceof PlanEvalError) return `${error.code}\n`
    throw error
  }
}

function askOpa({ folder, read, list }: Sample): string {
  const files = [...list('.rego'), ...list('data.json')].flatMap((file) => ['-d', join(folder, file)])
  const input = read('input.json') === undefined ? [] : ['-i', join(folder, 'input.json')]
  const answer = parseJson(runOpa(['eval', '--format', 'json', ...files, ...input, read('query.txt') ?? '']))
  const errors = at(answer, 'errors')
  if (errors !== undefined) return `${String(at(items(errors)[0], 'code'))}\n`
  return print(items(at(answer, 'result')).map((result) => at(result, 'bindings') ?? null))
}

/** One solution a line, ascending. */
function print(solutions: readonly RegoValue[]): string {
  return RegoSet.of(solutions.map((solution) => parseJson(writeJson(solution))))
    .items.map((solution) => `${writeJson(solution)}\n`)
    .join('')
}

function at(value: RegoValue | undefined, key: string): RegoValue | undefined {
  return value instanceof RegoObject ? value.get(key) : undefined
}

function items(value: RegoValue | undefined): readonly RegoValue[] {
  return Array.isArray(value) ? (value as readonly RegoValue[]) : []
}
