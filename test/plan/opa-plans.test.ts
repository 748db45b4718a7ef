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
  ...['r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r8', 'r10', 'r13', 'r15', 'r17', 'r18', 'r20', 'r24'].map((rule) => ({ name: 'replacements', entrypoint: `w/${rule}` })),
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

    const read = (file: string): string | undefined => (files.includes(file) ? readFileSync(join(folder, file), 'utf8') : undefined)
    const ours = planOf({ modules: Object.fromEntries(sources.map((file) => [file, read(file) ?? ''])), entrypoints: [entrypoint] })
    const input = read('input.json')
    const documents: Documents = {
      input: input === undefined ? undefined : parseJson(input),
      data: parseJson(read('data.json') ?? '{}'),
    }
    const [one, other] = await Promise.all([theirs, ours].map((plan) => resultsOf(plan, entrypoint, documents)))
    expect(one?.map(writeJson)).toEqual(other?.map(writeJson))
    expect(one).toHaveLength(1)
  })
})
