/** Plans with something changed in them: they are refused, or become modules that are valid and do not break out of their box. */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { test } from 'vitest'
import { compilePlan } from '../../src/compile-plan.js'
import { RegoCompileError, RegoEvalError } from '../../src/errors.js'
import type { IrPolicy } from '../../src/ir/plan.js'
import { loadRegoSync } from '../../src/load/load.js'

const SAMPLES = fileURLToPath(new URL('../samples/opa-plans', import.meta.url))
const TEXTS = readdirSync(SAMPLES).map((name) => readFileSync(`${SAMPLES}/${name}/plan.json`, 'utf8'))

interface Site {
  readonly holder: Record<string, unknown>
  readonly key: string
}

/** Every number, text and list inside plans and functions, in order. */
function sitesOf(document: unknown): readonly Site[] {
  const sites: Site[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const holder = value as Record<string, unknown>
    for (const key of Object.keys(holder)) {
      sites.push({ holder, key })
      visit(holder[key])
    }
  }
  const { plans, funcs } = document as IrPolicy
  visit(plans)
  visit(funcs)
  return sites
}

/** What a value may become: another of its kind, taken from elsewhere in the plan or made up. */
function mutate(site: Site, other: Site, how: number): void {
  const value = site.holder[site.key]
  const there = other.holder[other.key]
  if (typeof value === typeof there && Array.isArray(value) === Array.isArray(there)) {
    site.holder[site.key] = structuredClone(there)
  } else if (typeof value === 'number') site.holder[site.key] = [0, 1, 2, value + 1, 1_000_000, -1, 0.5][how % 7]
  else if (Array.isArray(value)) site.holder[site.key] = how % 2 === 0 ? [] : value.slice().reverse()
  else if (typeof value === 'string') site.holder[site.key] = ['', 'NopStmt', 'count', 'local', '__proto__'][how % 5]
}

const mutation = fc.record({ site: fc.nat(), other: fc.nat(), how: fc.nat() })

test('mutated plans', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(mutation, { minLength: 1, maxLength: 6 }), (which, mutations) => {
      const plan = JSON.parse(TEXTS[which % TEXTS.length] as string) as IrPolicy
      for (const { site, other, how } of mutations) {
        const sites = sitesOf(plan)
        mutate(sites[site % sites.length] as Site, sites[other % sites.length] as Site, how)
      }
      let compiled
      try {
        compiled = compilePlan(plan)
      } catch (error) {
        if (error instanceof RegoCompileError) return
        throw error
      }
      const policy = loadRegoSync(compiled, {
        budget: { work: 100_000, memoryBytes: 64 << 20 },
        builtins: Object.fromEntries(compiled.builtins.map((name) => [name.replace('@text', ''), () => 1])),
      })
      for (const entrypoint of policy.entrypoints) {
        try {
          policy.evaluateText(entrypoint, '{"x": 1, "a": [1, "b"], "m": {"k": 2}, "k": "q", "command": []}')
        } catch (error) {
          if (!(error instanceof RegoEvalError)) throw error
        }
      }
    }),
    { numRuns: Number(process.env['MUTATIONS'] ?? 150) },
  )
})
