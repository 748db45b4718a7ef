import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { interpreterEngine } from './interpreter-engine.js'
import { type ConformanceEngine, judge } from './judge.js'
import { knownIssue } from './known-issues.js'
import { type ConformanceCase, readCases } from './read-cases.js'
import { wasmEngine } from './wasm-engine.js'

const directory = new URL('../../../shared/conformance', import.meta.url).pathname

describe.skipIf(!existsSync(directory))('the public conformance cases (skipped without ../shared/conformance)', () => {
  const cases = existsSync(directory) ? readCases(directory).filter((one) => knownIssue(one) === undefined) : []
  const categories = [...new Set(cases.map((one) => `${one.version}/${one.category}`))]

  describe.each([wasmEngine, interpreterEngine])('$name', (engine) => {
    test.each(categories)('%s', async (category) => {
      const failures: Record<string, string> = {}
      for (const one of cases.filter((candidate) => `${candidate.version}/${candidate.category}` === category)) {
        const reason = await failureOf(engine, one)
        if (reason !== undefined) failures[one.id] = reason
      }
      expect(failures).toEqual({})
    })
  })
})

async function failureOf(engine: ConformanceEngine, one: ConformanceCase): Promise<string | undefined> {
  const verdict = judge(one, await engine.run(one))
  return verdict.verdict === 'passed' ? undefined : `${verdict.verdict}: ${verdict.reason}`
}
