/** Every public case is right: it is checked without an error, and the program keeps the promises of core Rego. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HOST_BUILTINS } from '../../src/check/options.js'
import { nil, row, string } from '../../src/builtins/signature.js'
import { checkProgram } from '../support/check.js'

const CASES = new URL('../../../shared/conformance/', import.meta.url)

/** Called by one case, which brings its own. */
const SLEEP = row('test.sleep', 'custom', [string], nil, '0.0.0')

interface Case {
  readonly id: string
  readonly modules: readonly string[]
  readonly query: string
}

const versions = existsSync(CASES) ? (['v0', 'v1'] as const) : []
describe.skipIf(versions.length === 0)('public cases (skipped where the cases are not beside the project)', () => {
  for (const version of versions) {
    test.each(readdirSync(new URL(version, CASES)))(`${version} %s`, (file) => {
      const { cases } = JSON.parse(readFileSync(new URL(`${version}/${file}`, CASES), 'utf8')) as { cases: readonly Case[] }
      for (const { id, modules, query } of cases) {
        const options = { version, query, hostBuiltins: HOST_BUILTINS, customBuiltins: new Map([[SLEEP.name, SLEEP]]) }
        expect(() => checkProgram(modules, options), id).not.toThrow()
      }
    })
  }
})
