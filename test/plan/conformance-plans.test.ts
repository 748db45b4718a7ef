/** Plans of all public conformance cases are well made, and the same each time. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { validatePlan } from '../../src/ir/validate.js'
import { planCase } from '../conformance/interpreter-engine.js'
import { readCases } from '../conformance/read-cases.js'

const directory = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))

describe.skipIf(!existsSync(directory))('conformance cases (skipped where they do not lie beside the project)', () => {
  const cases = existsSync(directory) ? readCases(directory) : []

  test('have plans without faults', () => {
    const faults = cases.flatMap((one) => {
      const plan = planCase(one)
      return 'plans' in plan ? validatePlan(plan).map(({ where, message }) => `${one.id}: ${where}: ${message}`) : []
    })
    expect(faults).toEqual([])
  })

  test('have the same plan each time', () => {
    for (const one of cases.filter((_, place) => place % 10 === 0))
      expect(JSON.stringify(planCase(one)), one.id).toBe(JSON.stringify(planCase(one)))
  })
})
