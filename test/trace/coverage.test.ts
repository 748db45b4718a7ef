/** What evaluations cover: as OPA counts it, but for what its index leaves out. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareTests } from '../../src/rego-test/suite.js'
import { Source } from '../../src/source/source.js'
import { type Coverage, percentOf } from '../../src/trace/coverage.js'
import { opaBinary, runOpa } from '../support/opa.js'

const policy = `package p

default allow := false

allow if {
	input.user == "alice"
	count([y | some y in input.xs; y > 1]) > 0
}

allow if {
	input.user == "bob"
	not deny
	every z in input.xs {
		z > 0
		z < 10
	}
}

deny if input.bad

grade(x) := "high" if {
	x > 10
} else := "low"

names contains v if some v in input.xs

o[k] := v if some k, v in input.o

unused if {
	input.q
	false
}

limit := 3
`

const tests = `package p_test

import data.p

test_alice if p.allow with input as {"user": "alice", "xs": [1, 2]}

test_bob if not p.allow with input as {"user": "bob", "xs": [1, 20]}

test_grade if p.grade(11) == "high"

test_o if p.o.a == 1 with input as {"o": {"a": 1}}
`

async function coverageOf(texts: Readonly<Record<string, string>>): Promise<Coverage> {
  const prepared = await prepareTests(Object.entries(texts).map(([name, text]) => new Source(name, text)))
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.diagnostics))
  return await prepared.suite.cover()
}

function textsOf({ files }: Coverage, file: string, text: string): { readonly covered: readonly string[]; readonly missed: readonly string[] } {
  const lines = text.split('\n')
  const ranges = files.find((one) => one.file === file)?.ranges ?? []
  const read = (wanted: boolean): readonly string[] =>
    ranges
      .filter(({ isCovered }) => isCovered === wanted)
      .map(({ location: { row, col, endRow, endCol } }) => {
        return row === endRow ? (lines[row - 1]?.slice(col - 1, endCol - 1) ?? '') : `${lines[row - 1]?.slice(col - 1) ?? ''}…`
      })
  return { covered: read(true), missed: read(false) }
}

describe('coverage', () => {
  test('tells expressions and heads that tests come to from those they do not', async () => {
    const coverage = await coverageOf({ 'p.rego': policy, 'p_test.rego': tests })
    expect(textsOf(coverage, 'p.rego', policy)).toEqual({
      covered: [
        'default',
        'allow := false',
        'allow',
        'input.user == "alice"',
        'count([y | some y in input.xs; y > 1])',
        'count([y | some y in input.xs; y > 1]) > 0',
        'some y in input.xs',
        'y > 1',
        'input.user == "bob"',
        'not deny',
        'deny',
        'every z in input.xs {…',
        'input.xs',
        'z > 0',
        'z < 10',
        'input.bad',
        'grade(x) := "high"',
        'x > 10',
        'o[k] := v',
        'some k, v in input.o',
      ],
      missed: ['allow', 'deny', 'else := "low"', 'names contains v', 'some v in input.xs', 'unused', 'input.q', 'false', 'limit := 3'],
    })
    const [file] = coverage.files
    expect(file?.lines).toEqual({ covered: 13, all: 20 })
    expect(coverage.expressions.all).toBeGreaterThan(27)
  })

  test('of nothing is complete', () => {
    expect(percentOf({ covered: 0, all: 0 })).toBe(100)
  })
})

interface OpaRange {
  readonly start: { readonly row: number; readonly col: number }
  readonly end: { readonly row: number; readonly col: number }
  readonly kinds?: readonly string[]
}
type OpaCoverage = { readonly files: Readonly<Record<string, { readonly covered?: readonly OpaRange[]; readonly not_covered?: readonly OpaRange[] }>> }

if (opaBinary === undefined) console.warn('skipped: there is no opa to compare with')

describe.skipIf(opaBinary === undefined)('coverage is that of opa test --coverage', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cce-coverage-'))
    writeFileSync(join(folder, 'p.rego'), policy)
    writeFileSync(join(folder, 'p_test.rego'), tests)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /**
   * Compared are the ranges that both have: OPA has parts of expressions besides, which its compiler takes out of them, and
   * leaves out some forms. What OPA's index rules out before it is evaluated (`index_excluded`) is evaluated here, or looked
   * at ahead, and so counts as covered.
   */
  test.each([
    ['a small policy', () => folder, 30],
    ['our policies', () => fileURLToPath(new URL('../../rego', import.meta.url)), 1500],
  ] as const)('of %s', async (_title, where, least) => {
    const root = where()
    const names = readdirSync(root, { recursive: true }).map(String).filter((name) => name.endsWith('.rego'))
    const ours = await coverageOf(Object.fromEntries(names.map((name) => [name, readFileSync(join(root, name), 'utf8')])))
    const opa = JSON.parse(runOpa(['test', root, '--coverage'])) as OpaCoverage
    const differences: string[] = []
    let compared = 0
    for (const { file, ranges } of ours.files) {
      const theirs = opa.files[join(root, file)] ?? {}
      const known = new Map<string, string>()
      for (const one of theirs.covered ?? []) known.set(keyOf(one), 'covered')
      for (const one of theirs.not_covered ?? []) known.set(keyOf(one), one.kinds?.includes('index_excluded') === true ? 'covered' : 'missed')
      for (const { location: { row, col, endRow, endCol }, isCovered } of ranges) {
        const key = `${row}:${col}-${endRow}:${endCol}`
        const their = known.get(key)
        if (their === undefined) continue
        compared++
        if (their !== (isCovered ? 'covered' : 'missed')) differences.push(`${file} ${key}: ${their} there`)
      }
    }
    expect(differences).toEqual([])
    expect(compared).toBeGreaterThan(least)
  }, 60_000)
})

function keyOf({ start, end }: OpaRange): string {
  return `${start.row}:${start.col}-${end.row}:${end.col}`
}
