import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegoCompileError } from '../../src/errors.js'
import { type FormatOptions, formatRego, tryFormatRego } from '../../src/format/format.js'
import { equalSignatures, signModule } from '../../src/format/signature.js'
import type { RegoVersion } from '../../src/syntax/ast.js'
import { printModule } from '../../src/syntax/print.js'
import { arbitraryModule } from '../support/arbitrary-module.js'
import { parseWellFormed } from '../support/parse.js'

function signatureOf(text: string, version: RegoVersion = 'v1'): ReturnType<typeof signModule> {
  return signModule(parseWellFormed(text, { version, experimentalKeywords: true }))
}

describe('what OPA gets wrong is done right', () => {
  const literals: readonly (readonly [written: string, formatted: string])[] = [
    ['x - (y - z)', 'x - (y - z)'],
    ['(x + y) * z', '(x + y) * z'],
    ['(x == y) == (z == w)', 'x == y == (z == w)'],
    ['x in (y in z)', 'x in (y in z)'],
    ['(x in y) == true', '(x in y) == true'],
    ['1, (2 in [2]) in z', '1, (2 in [2]) in z'],
    ['x := eq(y, 1)', 'x := eq(y, 1)'],
    ['plus(1, 2, x)', 'plus(1, 2, x)'],
    ['x := [(-y) | y := 1]', 'x := [(0 - y) | y := 1]'],
    ['x := {(y in z) | some y in z}', 'x := {(y in z) | some y in z}'],
    ['some x in [\n1 # why\n]', 'some x in [\n1 # why\n]'],
    ['x with input as 1\n# why\nwith data.a as 2', 'x with input as 1\n\t\t# why\n\t\twith data.a as 2'],
  ]

  test.each(literals)('%j keeps its meaning and its comments', (written, formatted) => {
    expect(formatRego(`package a\np if {\ny\n${written}\n}\n`)).toBe(`package a\n\np if {\n\ty\n\t${formatted}\n}\n`)
  })

  test('a comment behind a template string stays behind it', () => {
    expect(formatRego('package a\np := $"{x}" # why')).toBe('package a\n\np := $"{x}" # why\n')
  })
})

describe('comments', () => {
  const text =
    'package a import data.b p contains x if { x := [y | y := {"a": f(1, -2), "b": [3, 4]}; y.a > 1 ] with input as 1 } ' +
    'q(z) := 1 if { z } else := 2 if not z'
  const places = [...text.matchAll(/ /g)].map(({ index }) => index)

  test.each(places)('in place of the space at %i: none is lost, and the meaning stays', (at) => {
    for (const comment of [' # c\n', '\n# c\n', '\n\n# c\n\n# d\n\n']) {
      const commented = `${text.slice(0, at)}${comment}${text.slice(at + 1)}`
      const before = parseOrUndefined(commented)
      if (before === undefined) continue
      const result = tryFormatRego(commented)
      if (!result.ok) {
        expect(result.diagnostics.map(({ rule }) => rule)).toEqual(['cannot-format'])
        continue
      }
      expect(equalSignatures(signatureOf(result.text), before)).toBe(true)
      expect(formatRego(result.text)).toBe(result.text)
    }
  })

  function parseOrUndefined(commented: string): ReturnType<typeof signModule> | undefined {
    try {
      return signatureOf(commented)
    } catch {
      return undefined
    }
  }
})

test.each(['v0', 'v1'] as const)('any module in %s keeps its meaning, and stays as it is when formatted again', (version) => {
  fc.assert(
    fc.property(arbitraryModule({ version }), (module) => {
      const text = printModule(module)
      const options: FormatOptions = { regoVersion: version }
      const formatted = formatRego(text, options)
      expect(equalSignatures(signatureOf(formatted, version), signatureOf(text, version))).toBe(true)
      expect(formatRego(formatted, options)).toBe(formatted)
    }),
    { numRuns: 300 },
  )
})

describe('texts that are not formatted', () => {
  test('a syntax error is told with its place', () => {
    const result = tryFormatRego('package a\np := ', { name: 'x.rego' })
    expect(result.ok ? [] : result.diagnostics.map(({ rule, location }) => [rule, location?.file, location?.row])).toEqual([
      ['unexpected-token', 'x.rego', 2],
    ])
    expect(() => formatRego('package a\np := ')).toThrow(RegoCompileError)
  })

  test('a text in the other version is a syntax error', () => {
    expect(tryFormatRego('package a\np { x }').ok).toBe(false)
    expect(tryFormatRego('package a\np { x }', { regoVersion: 'v0' }).ok).toBe(true)
    expect(tryFormatRego('package a\np if x', { regoVersion: 'v0' }).ok).toBe(false)
  })

  test('v0 that has no form in v1 is not upgraded', () => {
    const result = tryFormatRego('package a\np { if := 1; if == 1 }', { upgrade: true })
    expect(result.ok ? [] : result.diagnostics.map(({ rule }) => rule)).toEqual(['cannot-format'])
  })
})

describe('hostile texts', () => {
  test.each([
    ['arrays', '['.repeat(400) + ']'.repeat(400)],
    ['comprehensions', '[1 | '.repeat(200) + 'x' + ']'.repeat(200)],
    ['calls', 'f('.repeat(400) + ')'.repeat(400)],
    ['operators', Array.from({ length: 400 }, () => '1').join(' + ')],
    ['parentheses', '('.repeat(400) + '1' + ')'.repeat(400)],
  ])('deep %s are formatted', (_what, term) => {
    const formatted = formatRego(`package a\np := ${term}`)
    expect(formatRego(formatted)).toBe(formatted)
  })

  test('time grows with the text', () => {
    const rule = 'p contains x if {\n x := "}" # c\n # d\n y := {"a": 1,\n "b": [1, 2]}\n}\n'
    const timeOf = (count: number): number => {
      const text = `package a\n${rule.repeat(count)}`
      const start = process.cpuUsage()
      formatRego(text)
      const { user } = process.cpuUsage(start)
      return user
    }
    timeOf(500)
    expect(timeOf(4000)).toBeLessThan(40 * timeOf(500))
  })

  test.each(['package a\r\n\r\np := 1\r\n', '\ufeffpackage a\np := 1', 'package a\np := 1 # trailing  \t\n'])('%j', (text) => {
    const formatted = formatRego(text)
    expect(formatted).not.toMatch(/[\r\ufeff]|[ \t]\n/)
    expect(formatRego(formatted)).toBe(formatted)
  })
})
