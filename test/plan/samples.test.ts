/** Every construct of the language as a plan: `test/samples/plan/<case>/`. The entrypoint is `test/p` unless a file says. */
import { expect } from 'vitest'
import { printPlan } from '../../src/ir/print.js'
import { validatePlan } from '../../src/ir/validate.js'
import { planOf } from '../support/compile-plan.js'
import { samples } from '../support/samples.js'

samples('plan', ({ read, list, matches }) => {
  const modules = Object.fromEntries(list('.rego').map((file) => [file, read(file) ?? '']))
  const entrypoints = read('entrypoints.txt')?.trim().split('\n') ?? ['test/p']
  const plan = planOf({ modules, entrypoints })
  expect(validatePlan(plan)).toEqual([])
  matches('plan.txt', printPlan(plan))
})
