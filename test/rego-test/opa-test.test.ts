/** Our verdicts are those of `opa test`: on samples of every form of test, on the policies of this project, on conformance cases. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SubtestResult } from '../../src/rego-test/result.js'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'
import type { RegoVersion } from '../../src/syntax/ast.js'
import { parseJson } from '../../src/value/json.js'
import { writeValueText } from '../../src/value/text.js'
import { RegoObject } from '../../src/value/value.js'
import { type ConformanceCase, readCases } from '../conformance/read-cases.js'
import { opaBinary, runOpa } from '../support/opa.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const samples = fileURLToPath(new URL('samples', import.meta.url))

interface OpaResult {
  readonly location: { readonly file: string; readonly row: number; readonly col: number }
  readonly package: string
  readonly fail?: boolean
  readonly skip?: boolean
  readonly error?: unknown
  readonly sub_results?: Readonly<Record<string, OpaRow>>
}

interface OpaRow {
  readonly fail?: boolean
  readonly sub_results?: Readonly<Record<string, OpaRow>>
}

/** By place, because OPA numbers tests of one name across files in no fixed order. */
type Verdicts = Readonly<Record<string, unknown>>

function verdictsOfOpa(folder: string, version: RegoVersion): Verdicts {
  const flags = version === 'v0' ? ['--v0-compatible'] : []
  const results = JSON.parse(runOpa(['test', folder, '--format', 'json', ...flags])) as readonly OpaResult[]
  return sorted(
    results.map(({ location: { file, row, col }, package: name, fail, skip, error, sub_results }) => {
      const outcome = skip === true ? 'skip' : error !== undefined ? 'error' : fail === true ? 'fail' : 'pass'
      return [`${file.slice(folder.length + 1)}:${row}:${col} ${name}`, [outcome, opaRows(sub_results)]]
    }),
  )
}

function opaRows(rows: OpaResult['sub_results']): unknown {
  return sorted(Object.entries(rows ?? {}).map(([name, row]) => [name, [row.fail === true ? 'fail' : 'pass', opaRows(row.sub_results)]]))
}

async function ourVerdicts(folder: string, version: RegoVersion): Promise<Verdicts> {
  const names = readdirSync(folder, { recursive: true }).map(String)
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const sources = names.filter((name) => name.endsWith('.rego')).map((name) => new Source(name, read(name)))
  const dataText = names.includes('data.json') ? read('data.json') : '{}'
  const data = { dataText, data: parseJson(dataText) as RegoObject }
  const prepared = await prepareTests(sources, data, { compile: { regoVersion: version } })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
  const { suite } = prepared
  return sorted(
    suite.tests.map((one) => {
      const { outcome, subtests } = suite.run(one)
      const { file, row, col } = one.location
      return [`${file}:${row}:${col} ${one.package}`, [outcome, ourRows(subtests)]]
    }),
  )
}

function ourRows(rows: readonly SubtestResult[]): unknown {
  return sorted(rows.map(({ name, outcome, subtests }) => [name, [outcome, ourRows(subtests)]]))
}

function sorted(entries: readonly (readonly [string, unknown])[]): Verdicts {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
}

if (opaBinary === undefined) console.warn('skipped: there is no opa to compare with')

describe.skipIf(opaBinary === undefined)('verdicts are those of opa test', () => {
  test.each([
    ['samples', join(samples, 'v1'), 'v1', 90],
    ['samples in Rego v0', join(samples, 'v0'), 'v0', 11],
    ['our policies', join(root, 'rego'), 'v1', 200],
  ] as const)('on %s', async (_title, folder, version, least) => {
    const expected = verdictsOfOpa(folder, version)
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(least)
    expect(await ourVerdicts(folder, version)).toEqual(expected)
  }, 60_000)
})

const conformance = fileURLToPath(new URL('../../../shared/conformance', import.meta.url))
const hasCases = existsSync(conformance)
if (!hasCases) console.warn('skipped: there is no ../shared/conformance to make tests of')

describe.skipIf(opaBinary === undefined || !hasCases)('verdicts on conformance cases made into tests', () => {
  let folder = ''
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'cce-opa-test-'))))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('are those of opa test', async () => {
    let count = 0
    for (const [at, one] of readCases(conformance).entries()) {
      const modules = asTest(one, `case_${at}`)
      if (modules === undefined || !(await prepareTests(modules)).ok) continue
      for (const { name, text } of modules) writeFileSync(join(folder, name), text)
      count++
    }
    expect(count).toBeGreaterThan(300)
    const expected = verdictsOfOpa(folder, 'v1')
    expect(Object.keys(expected).length).toBeGreaterThan(count)
    expect(await ourVerdicts(folder, 'v1')).toEqual(expected)
  }, 120_000)
})

/** A case of v1 that needs no data: its query is a test, and so is its rule `p`, as a whole and by rows. */
function asTest(one: ConformanceCase, name: string): readonly Source[] | undefined {
  const isPlain = one.version === 'v1' && one.wantErrorCode === undefined && one.wantError === undefined && !one.experimentalKeywords
  if (!isPlain || one.modules.length === 0 || !(one.data instanceof RegoObject) || one.data.size > 0) return undefined
  if (one.modules.some((text) => /http\.send|opa\.runtime|net\.|rand\.|time\.now|uuid|trace\(/.test(text))) return undefined
  const packages = one.modules.map((text) => /^\s*package\s+([a-z_]+)/m.exec(text)?.[1])
  if (packages.includes(undefined)) return undefined
  const moved = (text: string): string =>
    packages.reduce<string>((all, first) => all.replace(new RegExp(`\\bdata\\.${first}\\b`, 'g'), `data.${name}.${first}`), text)
  const sources = one.modules.map((text, at) => {
    const own = moved(text).replace(/^(\s*package\s+)/m, `$1${name}.`)
    return new Source(`${name}_${at}.rego`, `${own}\n\ntest_p if p\n\ntest_p_rows[x] if p[x]\n`)
  })
  const input = one.input === undefined ? '' : ` with input as ${writeValueText(one.input)}`
  const body = moved(one.query).split(';').map((part) => `  ${part.trim()}${input}`).join('\n')
  return [...sources, new Source(`${name}_test.rego`, `package ${name}.made_test\n\ntest_query if {\n${body}\n}\n`)]
}
