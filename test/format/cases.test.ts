/**
 * Golden pairs: `cases/<name>/input.rego` becomes `expected.rego`, which is what `opa fmt` makes of it. The first word of
 * the name says how it is formatted.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type FormatOptions, formatRego } from '../../src/format/format.js'
import { opaBinary } from '../support/opa.js'

interface Mode {
  readonly options: FormatOptions
  /** What `opa fmt` is told the first time, and when it formats its own output. */
  readonly flags: readonly string[]
  readonly flagsAgain: readonly string[]
}

const MODES: Readonly<Record<string, Mode>> = {
  v0: { options: { regoVersion: 'v0' }, flags: ['--v0-compatible'], flagsAgain: ['--v0-compatible'] },
  upgrade: { options: { upgrade: true }, flags: ['--v0-v1'], flagsAgain: [] },
  drop: { options: { dropV0Imports: true }, flags: ['--drop-v0-imports'], flagsAgain: ['--drop-v0-imports'] },
}
const V1: Mode = { options: {}, flags: [], flagsAgain: [] }

const root = new URL('cases/', import.meta.url)
const names = readdirSync(root).sort()

function openCase(name: string): { readonly input: string; readonly expected: string; readonly mode: Mode } {
  const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, root), 'utf8')
  return { input: read('input.rego'), expected: read('expected.rego'), mode: MODES[name.split('-')[0] as string] ?? V1 }
}

test.each(names)('%s', (name) => {
  const { input, expected, mode } = openCase(name)
  const formatted = formatRego(input, mode.options)
  expect(formatted).toBe(expected)
  const again: FormatOptions = mode.options.upgrade === true ? {} : mode.options
  expect(formatRego(formatted, again)).toBe(formatted)
})

describe.skipIf(opaBinary === undefined)('what is expected is what opa fmt makes (skipped where there is no opa)', () => {
  test.each(names)('%s', (name) => {
    const { input, expected, mode } = openCase(name)
    const folder = mkdtempSync(join(tmpdir(), 'cce-fmt-'))
    try {
      const file = join(folder, 'policy.rego')
      writeFileSync(file, input)
      // Until nothing changes: some of its texts it changes once more.
      for (let text = ''; text !== readFileSync(file, 'utf8'); ) {
        const flags = text === '' ? mode.flags : mode.flagsAgain
        text = readFileSync(file, 'utf8')
        const { status, stderr } = spawnSync(opaBinary ?? 'opa', ['fmt', '--write', ...flags, file], { encoding: 'utf8' })
        expect(stderr).toBe('')
        expect(status).toBe(0)
      }
      expect(readFileSync(file, 'utf8')).toBe(expected)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
