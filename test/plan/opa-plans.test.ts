/** Plans that OPA makes of the same modules mean the same under the interpreter, where an `opa` binary is found. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IrPolicy } from '../../src/ir/plan.js'
import { validatePlan } from '../../src/ir/validate.js'
import { parseJson, writeJson } from '../../src/value/json.js'
import { planOf } from '../support/compile-plan.js'
import { type Documents, resultsOf } from '../support/evaluate-plan.js'
import { opaBinary, readPlanOfBundle, runOpa } from '../support/opa.js'

/** Cases of `meaning` that OPA's plans answer as its evaluator does: no odd keys, no order of rules and base documents. */
const CASES = [
  { name: 'bodies', entrypoint: 't' },
  { name: 'unification', entrypoint: 't' },
  { name: 'rules', entrypoint: 't' },
  { name: 'relations-and-templates', entrypoint: 't' },
  ...[1, 2, 3, 4, 5, 6, 8, 10, 13, 15, 17, 18, 20, 24].map((rule) => ({ name: 'replacements', entrypoint: `w/r${rule}` })),
  { name: 'overlapping-heads', entrypoint: 'o' },
  { name: 'early-exit', entrypoint: 'o/q' },
]

describe.skipIf(opaBinary === undefined)('plans of OPA (skipped where no `opa` binary is found)', () => {
  let scratch = ''
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'plans-'))
  })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))

  test.each(CASES)('$name: $entrypoint', async ({ name, entrypoint }) => {
    const folder = fileURLToPath(new URL(`../samples/meaning/${name}`, import.meta.url))
    const files = readdirSync(folder)
    const sources = files.filter((file) => file.endsWith('.rego'))
    const bundle = join(scratch, `${name}.tar.gz`)
    runOpa(['build', '-t', 'plan', '-e', entrypoint, '-o', bundle, ...sources.map((file) => join(folder, file))])
    const theirs = JSON.parse(readPlanOfBundle(bundle)) as IrPolicy
    expect(validatePlan(theirs)).toEqual([])

    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    const modules = Object.fromEntries(sources.map((file) => [file, read(file)]))
    const ours = planOf({ modules, entrypoints: [entrypoint] })
    const documents: Documents = {
      input: files.includes('input.json') ? parseJson(read('input.json')) : undefined,
      data: parseJson(files.includes('data.json') ? read('data.json') : '{}'),
    }
    const [one, other] = await Promise.all([theirs, ours].map((plan) => resultsOf(plan, entrypoint, documents)))
    expect(one?.map(writeJson)).toEqual(other?.map(writeJson))
    expect(one).toHaveLength(1)
  })
})
