/** Watching changes nothing: neither what tests come to, nor what is compiled for those who do not watch. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compileRego } from '../../src/compile.js'
import { separateTests } from '../../src/rego-test/separate-tests.js'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'
import { compileForTrace } from '../../src/trace/program.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoObject } from '../../src/value/value.js'

const folder = fileURLToPath(new URL('../../rego', import.meta.url))
const modules = Object.fromEntries(
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.rego'))
    .sort()
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
)

test('a module compiled without watching is the same, byte for byte, before and after somebody watches', async () => {
  const compile = (): Uint8Array => compileRego({ modules, entrypoints: ['framework/create_container'] }).wasm
  const before = compile()
  const traced = await compileForTrace({ modules, entrypoints: ['framework/create_container'] })
  expect(traced.ok).toBe(true)
  expect(Buffer.compare(before, compile())).toBe(0)
}, 30_000)

test('tests come to the same under watch as in WebAssembly', async () => {
  const prepared = await prepareTests(Object.entries(modules).map(([name, text]) => new Source(name, text)))
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
  let plans: { readonly name: string; readonly path: readonly string[] }[] = []
  const traced = await compileForTrace(
    { modules, entrypoints: [] },
    {
      modules: (parsed) => {
        const separated = separateTests(parsed)
        plans = separated.tests.map((one) => ({ name: one.test.id, path: one.path }))
        return separated.modules
      },
      namedEntrypoints: () => plans,
    },
  )
  if (!traced.ok) throw new Error(JSON.stringify(traced.diagnostics))
  const watched = plans.map(({ name }) => {
    const results = traced.program.watch(name, { data: RegoObject.of([]) }, { statement: () => undefined })
    return [name, results.map(writeValueText).join()]
  })
  const ran = prepared.suite.tests.map((one) => [one.id, prepared.suite.run(one).outcome === 'pass' ? '{"result": true}' : ''])
  expect(watched).toEqual(ran)
  expect(ran.length).toBeGreaterThan(200)
}, 60_000)
