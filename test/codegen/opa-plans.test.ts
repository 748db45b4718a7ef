/**
 * Plans that `opa build -t plan` wrote: they compile here, and give what OPA gives. Each sample holds the policy, OPA's plan
 * of it and cases with OPA's answers; the policy itself, compiled by us all the way, has to agree as well.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { compilePlan } from '../../src/compile-plan.js'
import { type CompiledRego, compileRego } from '../../src/compile.js'
import { RegoEvalError } from '../../src/errors.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { validatePlan } from '../../src/ir/validate.js'
import { loadRegoSync } from '../../src/load/load.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { RegoObject, type RegoValue } from '../../src/value/value.js'

const SAMPLES = fileURLToPath(new URL('../samples/opa-plans', import.meta.url))

interface Case {
  readonly entrypoint: string
  readonly input: string | undefined
  readonly want: { readonly result: string | undefined } | { readonly error: string }
}

describe.each(readdirSync(SAMPLES))('%s', (name) => {
  const read = (file: string): string => readFileSync(`${SAMPLES}/${name}/${file}`, 'utf8')
  const plan = JSON.parse(read('plan.json')) as IrPolicy
  const cases = casesOf(parseJson(read('cases.json')))

  test('the plan is valid', () => expect(validatePlan(plan)).toEqual([]))

  test('the plan', () => expectAll(compilePlan(plan), cases))

  test('the policy', () => {
    const modules = Object.fromEntries(
      readdirSync(`${SAMPLES}/${name}`)
        .filter((file) => file.endsWith('.rego'))
        .map((file) => [file, read(file)]),
    )
    expectAll(compileRego({ modules, entrypoints: [...new Set(cases.map(({ entrypoint }) => entrypoint))] }), cases)
  })
})

function expectAll(compiled: CompiledRego, cases: readonly Case[]): void {
  const policy = loadRegoSync(compiled)
  const found = cases.map(({ entrypoint, input }) => {
    try {
      const result = policy.evaluateText(entrypoint, input)
      return { result: result === undefined ? undefined : writeJson(parseJson(result)) }
    } catch (error) {
      if (error instanceof RegoEvalError) return { error: error.code }
      throw error
    }
  })
  expect(found).toEqual(cases.map(({ want }) => want))
}

function casesOf(document: RegoValue): readonly Case[] {
  return (document as readonly RegoValue[]).map((one) => {
    const field = (name: string): RegoValue | undefined => (one instanceof RegoObject ? one.get(name) : undefined)
    const text = (value: RegoValue | undefined): string | undefined => (value === undefined ? undefined : writeJson(value))
    const error = field('error')
    return {
      entrypoint: String(field('entrypoint')),
      input: text(field('input')),
      want: typeof error === 'string' ? { error } : { result: text(field('result')) },
    }
  })
}
