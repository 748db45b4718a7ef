/** Every real policy at hand loads; files that hold two policies do not, as in the reference. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RegoCompileError, createEnforcer } from '../../src/index.js'

const directory = new URL('../../../shared/samples', import.meta.url).pathname

describe.skipIf(!existsSync(directory))('real policies (skipped without ../shared/samples)', () => {
  const policies = !existsSync(directory)
    ? []
    : readdirSync(directory, { recursive: true })
        .map(String)
        .filter((name) => statSync(join(directory, name)).isFile())
        .map((name) => ({ name, text: readFileSync(join(directory, name), 'utf8') }))
        .filter(({ text }) => /^package policy\b/.test(text))

  test('there are some', () => {
    expect(policies.length).toBeGreaterThan(100)
  })

  test('each text with one package loads, each with two is refused with a place', async () => {
    const surprises: string[] = []
    for (const { name, text } of policies) {
      const packages = text.match(/^package /gm)?.length
      const fault = await faultOf(text)
      if (packages === 1 ? fault !== undefined : fault !== 'rego_parse_error') surprises.push(`${name}: ${fault ?? 'loads'}`)
    }
    expect(surprises).toEqual([])
  }, 600_000)
})

async function faultOf(text: string): Promise<string | undefined> {
  try {
    ;(await createEnforcer(text)).close()
    return undefined
  } catch (error) {
    if (!(error instanceof RegoCompileError)) throw error
    expect(error.diagnostics[0]?.location).toBeDefined()
    return error.diagnostics[0]?.code
  }
}
