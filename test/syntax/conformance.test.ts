/**
 * Every module of the public cases parses, and is the same tree again after printing.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printModule, printQuery } from '../../src/syntax/print.js'
import { readCases } from '../conformance/read-cases.js'
import { withoutSpans } from '../support/compare-syntax.js'
import { parseWellFormed, tryParseQuery } from '../support/parse.js'

const DIRECTORY = join(import.meta.dirname, '../../../shared/conformance')
const isThere = existsSync(DIRECTORY)
const cases = isThere ? readCases(DIRECTORY) : []

describe.skipIf(!isThere)(isThere ? 'public cases' : 'public cases (skipped: ../shared/conformance is absent)', () => {
  test.each(['v0', 'v1'] as const)('modules of %s parse to the same tree again after printing', (version) => {
    const chosen = cases.filter((one) => one.version === version)
    expect(chosen.length).toBeGreaterThan(1000)
    for (const { modules, experimentalKeywords } of chosen) {
      for (const text of modules) {
        const module = parseWellFormed(text, { version, experimentalKeywords })
        const again = parseWellFormed(printModule(module), { version, experimentalKeywords })
        expect(withoutSpans(again)).toEqual(withoutSpans(module))
      }
    }
  })

  test('the version of a module is found out', () => {
    const misread = cases.filter(({ version, modules, experimentalKeywords }) =>
      modules.some((text) => version === 'v1' && parseWellFormed(text, { experimentalKeywords }).version !== 'v1'),
    )
    expect(misread.map(({ id }) => id)).toEqual([])
  })

  test('queries parse to the same tree again after printing', () => {
    for (const { id, query } of cases) {
      const body = tryParseQuery(query)
      if (!('kind' in body)) throw new Error(`${id}: ${body.join(', ')}`)
      expect(withoutSpans(tryParseQuery(printQuery(body)))).toEqual(withoutSpans(body))
    }
  })
})
