/** Plan documents: refused, or compiled into modules that load, keep to their budget and give the same answer twice. */
import { tryCompilePlan } from '../../../src/compile-plan.js'
import { RegoEvalError } from '../../../src/errors.js'
import type { IrPolicy } from '../../../src/ir/plan.js'
import { validatePlan } from '../../../src/ir/validate.js'
import { loadRegoSync } from '../../../src/load/load.js'
import { planTexts } from '../corpus.js'
import { Finding, type Target } from '../target.js'

const INPUT = '{"x": 1, "a": [1, "b"], "m": {"k": 2}, "k": "q", "command": []}'

export const PLAN: Target = {
  name: 'plan',
  form: 'json',
  seeds: planTexts,
  runs: 150,
  run: (text) => {
    const plan = parsed(text)
    if (plan === undefined) return
    const faults = validatePlan(plan.value)
    const result = tryCompilePlan(plan.value as IrPolicy)
    if (!result.ok) {
      if (result.diagnostics.length === 0) throw new Finding('refused, and nothing is wrong')
      return
    }
    if (faults.length > 0) throw new Finding('compiled in spite of its faults')
    const policy = loadRegoSync(result.compiled, {
      budget: { work: 100_000, memoryBytes: 64 << 20 },
      builtins: Object.fromEntries(result.compiled.builtins.map((name) => [name.replace('@text', ''), () => 1])),
    })
    for (const entrypoint of policy.entrypoints) {
      const [first, second] = [1, 2].map(() => {
        try {
          return policy.evaluateAllText(entrypoint, INPUT)
        } catch (error) {
          if (!(error instanceof RegoEvalError)) throw error
          return error.code
        }
      })
      if (first !== second) throw new Finding(`the second answer differs: ${first} then ${second}`)
    }
  },
}

/** The value, boxed; undefined if the text is no JSON. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
