/** The policies of this project are covered by their own tests. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'
import { percentOf } from '../../src/trace/coverage.js'

const folder = fileURLToPath(new URL('../../rego', import.meta.url))

test('at least 95 % of the expressions of the framework are covered by Rego tests, all of which pass', async () => {
  const names = readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.rego')).sort()
  const prepared = await prepareTests(names.map((name) => new Source(name, readFileSync(join(folder, name), 'utf8'))))
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
  const { suite } = prepared
  expect(suite.tests.map((one) => suite.run(one)).filter(({ outcome }) => outcome !== 'pass')).toEqual([])
  expect(suite.tests.length).toBeGreaterThan(200)
  const { expressions, files } = await suite.cover((file) => file.startsWith('framework/') && !file.endsWith('_test.rego'))
  expect(files.length).toBeGreaterThan(25)
  expect(percentOf(expressions)).toBeGreaterThanOrEqual(95)
}, 60_000)
