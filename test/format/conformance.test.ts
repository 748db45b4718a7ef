/**
 * Formatting every module of the public cases: as OPA does, stable, and with the same plan before and after.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { type FormatOptions, tryFormatRego } from '../../src/format/format.js'
import { readCases } from '../conformance/read-cases.js'
import { opaBinary } from '../support/opa.js'
import { planWithoutPlaces } from '../support/plan-without-places.js'

const directory = fileURLToPath(new URL('../../../shared/conformance/', import.meta.url))
const isHere = existsSync(directory)
const cases = isHere ? readCases(directory) : []
const known = JSON.parse(readFileSync(new URL('known-differences.json', import.meta.url), 'utf8')) as readonly KnownDifference[]

/** A module that OPA formats in another way, and why we do not follow. */
interface KnownDifference {
  /** Text that only this module has. */
  readonly contains: string
  readonly version: 'v0' | 'v1'
  readonly reason: string
}

function modulesOf(version: 'v0' | 'v1'): readonly string[] {
  return [...new Set(cases.filter((one) => one.version === version).flatMap(({ modules }) => modules))]
}

function format(text: string, options: FormatOptions): string {
  const result = tryFormatRego(text, options)
  return result.ok ? result.text : result.diagnostics.map(({ message }) => message).join('\n')
}

/** Cases with constants in template strings: they become text, so that nothing has to be put together at run time. */
const FOLDED = /^v1\/stringinterpolation\/test-string_interpolation(#[34]|_multi-line#[234])$/

describe.skipIf(!isHere)('the public cases (skipped where ../shared/conformance is not there)', () => {
  test.each(['v0', 'v1'] as const)('modules in %s stay as they are when formatted again', (version) => {
    const unstable = modulesOf(version).filter((text) => {
      const once = format(text, { regoVersion: version })
      return format(once, { regoVersion: version }) !== once
    })
    expect(unstable).toEqual([])
  })

  test('plans are the same before and after, apart from places', () => {
    const seen = new Set<string>()
    const changed: string[] = []
    for (const { id, version, modules, query } of cases) {
      const key = JSON.stringify([version, modules, query])
      if (seen.has(key) || FOLDED.test(id)) continue
      seen.add(key)
      const formatted = modules.map((text) => format(text, { regoVersion: version }))
      if (planWithoutPlaces(modules, version, query) !== planWithoutPlaces(formatted, version, query)) changed.push(id)
    }
    expect(changed).toEqual([])
  }, 120_000)
})

describe.skipIf(!isHere || opaBinary === undefined)('beside opa fmt (skipped where there is no opa, or no cases)', () => {
  const root = mkdtempSync(join(tmpdir(), 'cce-fmt-'))
  afterAll(() => rmSync(root, { recursive: true }))

  /** What `opa fmt` makes of texts; undefined for those that it refuses. */
  function formatByOpa(name: string, texts: readonly string[], flags: readonly string[]): readonly (string | undefined)[] {
    const folder = join(root, name)
    mkdirSync(folder)
    const fileOf = (index: number): string => join(folder, `${index}.rego`)
    texts.forEach((text, index) => writeFileSync(fileOf(index), text))
    for (;;) {
      const { status, stdout, stderr } = spawnSync(opaBinary ?? 'opa', ['fmt', '--write', ...flags, folder], { encoding: 'utf8' })
      if (status === 0) break
      // It stops at the first file that it refuses.
      const refused = readdirSync(folder).filter((file) => `${stdout}${stderr}`.includes(join(folder, file)))
      if (refused.length === 0) throw new Error(stderr)
      for (const file of refused) rmSync(join(folder, file))
    }
    return texts.map((_text, index) => (existsSync(fileOf(index)) ? readFileSync(fileOf(index), 'utf8') : undefined))
  }

  const modes = [
    { name: 'v1', version: 'v1', flags: [], options: { regoVersion: 'v1' } },
    { name: 'v0', version: 'v0', flags: ['--v0-compatible'], options: { regoVersion: 'v0' } },
    { name: 'upgrade', version: 'v0', flags: ['--v0-v1'], options: { upgrade: true } },
    { name: 'dropped imports', version: 'v1', flags: ['--drop-v0-imports'], options: { dropV0Imports: true } },
  ] as const

  test('modules of this project and of others come out as they do there', () => {
    const folders = ['../../rego', '../../examples', '../../../shared/samples'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
    const texts = folders.filter(existsSync).flatMap((folder) => {
      const files = readdirSync(folder, { recursive: true }).map(String).filter((file) => file.endsWith('.rego'))
      return files.map((file) => readFileSync(join(folder, file), 'utf8'))
    })
    const expected = formatByOpa('others', texts, [])
    expect(texts.filter((text, index) => expected[index] !== undefined && format(text, {}) !== expected[index])).toEqual([])
    expect(expected.filter((text) => text !== undefined).length).toBeGreaterThan(50)
  }, 60_000)

  test.each(modes)('$name: every module comes out as it does there, but for those that are listed', (mode) => {
    const { name, version, flags, options } = mode
    const texts = modulesOf(version)
    const expected = formatByOpa(name, texts, flags)
    const differing = texts.filter((text, index) => expected[index] !== undefined && format(text, options) !== expected[index])
    const listed = known.filter((one) => one.version === version && texts.some((text) => text.includes(one.contains)))
    const unlisted = differing.filter((text) => !listed.some(({ contains }) => text.includes(contains)))
    const formatted = expected.filter((text) => text !== undefined).length
    console.info(`${name}: ${formatted - differing.length} of ${formatted} modules equal, ${differing.length} known differences`)
    expect(unlisted).toEqual([])
    expect(listed.filter(({ contains }) => !differing.some((text) => text.includes(contains)))).toEqual([])
  }, 120_000)
})
